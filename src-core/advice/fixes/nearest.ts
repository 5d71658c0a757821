/** Proximity search: outputs that could feed an input, edges a layer could go into. */
import { isSink, isSource } from '../../graph/kinds'
import { linksOf, reachable } from '../../graph/order'
import type { GraphEdge, GraphNode, NetworkGraph } from '../../graph/project'
import { edgesFrom } from './fix'

const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)

/** Going up costs more than going sideways: networks read from top to bottom. */
const UPWARD = 4

/**
 * Layers whose output could feed `node` without a cycle, nearest first. Unused outputs come before all others:
 * they were most likely meant.
 */
export function sourcesNear(graph: NetworkGraph, node: GraphNode): GraphNode[] {
  const downstream = reachable([node.id], linksOf(graph).targets)
  const feeding = new Set(graph.edges.filter(({ to }) => to === node.id).map(({ from }) => from))
  const cost = (other: GraphNode): number => {
    const below = Math.max(0, other.position[1] - node.position[1])
    const read = edgesFrom(graph, other.id).length > 0 ? 1e6 : 0
    return distance(other.position, node.position) + UPWARD * below + read + (feeding.has(other.id) ? 2e6 : 0)
  }
  return graph.nodes
    .filter((other) => other !== node && !isSink(other) && !downstream.has(other.id))
    .map((other) => ({ other, cost: cost(other) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ other }) => other)
}

/** Up to this distance, two layers are side by side: about two rows, or one column. */
const BESIDE = 320
/** A layer at least this much lower than another one comes after it. */
const LEVEL = 44

/**
 * Layers beside or above `node` with an unused output, nearest first; layers below it are not meant to come before it.
 */
export function looseEndsNear(graph: NetworkGraph, node: GraphNode): GraphNode[] {
  return sourcesNear(graph, node).filter(
    (other) =>
      edgesFrom(graph, other.id).length === 0 &&
      other.position[1] - node.position[1] < LEVEL &&
      distance(other.position, node.position) <= BESIDE,
  )
}

/** Edges that `node` could go into, nearest first. */
export function edgesNear(graph: NetworkGraph, node: GraphNode): GraphEdge[] {
  const byId = new Map(graph.nodes.map((other) => [other.id, other]))
  return graph.edges
    .flatMap((edge) => {
      const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
      if (!from || !to || isSink(from) || isSource(to)) return []
      const middle = [(from.position[0] + to.position[0]) / 2, (from.position[1] + to.position[1]) / 2]
      return [{ edge, cost: distance(middle, node.position) }]
    })
    .sort((a, b) => a.cost - b.cost)
    .map(({ edge }) => edge)
}
