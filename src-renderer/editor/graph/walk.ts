/** Arrow key navigation between cards: along edges up and down, to the nearest neighbor left and right. */
import { INPUT } from '#core/graph/kinds'
import type { GraphNode, NetworkGraph } from '#core/graph/project'
import { CARD_WIDTH, type Point } from './geometry'
import { arriving } from './placing'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The node an arrow key leads to from node `from`, or undefined if there is none; without `from`, the first node. */
export function nextNode(graph: NetworkGraph, from: string | undefined, direction: Direction): string | undefined {
  const node = graph.nodes.find((candidate) => candidate.id === from)
  if (node === undefined) return firstNode(graph)
  if (direction === 'down')
    return graph.edges.find((edge) => edge.from === node.id)?.to ?? nearest(graph, node, direction)
  if (direction === 'up') return arriving(graph, node.id)[0]?.from ?? nearest(graph, node, direction)
  return nearest(graph, node, direction)
}

/** The Input, or the topmost node. */
function firstNode(graph: NetworkGraph): string | undefined {
  const highest = graph.nodes.toSorted((a, b) => a.position[1] - b.position[1] || a.position[0] - b.position[0])
  return (graph.nodes.find((node) => node.kind === INPUT) ?? highest[0])?.id
}

/** The closest node whose card is in this direction; sideways distance counts double. */
function nearest(graph: NetworkGraph, from: GraphNode, direction: Direction): string | undefined {
  const isLevel = direction === 'left' || direction === 'right'
  const sign = direction === 'right' || direction === 'down' ? 1 : -1
  let best: string | undefined
  let least = Infinity
  for (const node of graph.nodes) {
    const dx = node.position[0] - from.position[0]
    const dy = node.position[1] - from.position[1]
    const ahead = sign * (isLevel ? dx : dy)
    if (node.id === from.id || ahead < (isLevel ? CARD_WIDTH / 2 : 8)) continue
    const cost = ahead + 2 * Math.abs(isLevel ? dy : dx)
    if (cost < least) [best, least] = [node.id, cost]
  }
  return best
}

/** The candidate an arrow key leads to from `from`, where any position is possible, as for the end of a connection. */
export function nextPoint<Candidate extends Point>(
  candidates: readonly Candidate[],
  from: Candidate,
  direction: Direction,
): Candidate {
  const ordered = candidates.toSorted((a, b) => a.y - b.y || a.x - b.x)
  const step = direction === 'down' || direction === 'right' ? 1 : -1
  const index = ordered.indexOf(from)
  return ordered.at((index + step + ordered.length) % ordered.length) ?? from
}
