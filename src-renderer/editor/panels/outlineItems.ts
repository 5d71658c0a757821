/** The network as a tree: layers in order of computation, blocks containing theirs. */
import { portsOf } from '#core/compiler/analyze'
import type { Command } from '#core/graph/commands'
import { isBlock, isBoundary } from '#core/graph/kinds'
import { topologicalOrder } from '#core/graph/order'
import { comparePorts, inputPorts } from '#core/graph/ports'
import type { GraphEdge, GraphNode, NetworkGraph } from '#core/graph/project'
import type { Scope } from '#core/graph/scope'

export interface OutlineItem {
  /** Path of names: `block1/conv1`. */
  readonly key: string
  readonly scope: Scope
  readonly node: GraphNode
  /** 1 for the outermost network. */
  readonly level: number
  /** 1-based position among its siblings, and their number. */
  readonly position: number
  readonly siblings: number
  /** Null for items without children. */
  readonly expanded: boolean | null
  /** Incoming edges, in port order. */
  readonly reads: readonly GraphEdge[]
}

export const itemKey = (scope: Scope, id: string): string => [...scope, id].join('/')

/** The visible items, depth first. */
export function outlineItems(graph: NetworkGraph, open: ReadonlySet<string>, scope: Scope = []): OutlineItem[] {
  const order = inOrder(graph)
  return order.flatMap((node, index) => {
    const key = itemKey(scope, node.id)
    const holds = isBlock(node)
    const item: OutlineItem = {
      key,
      scope,
      node,
      level: scope.length + 1,
      position: index + 1,
      siblings: order.length,
      expanded: holds ? open.has(key) : null,
      reads: graph.edges.filter(({ to }) => to === node.id).sort((a, b) => comparePorts(a.port, b.port)),
    }
    const inside = holds && item.expanded === true ? outlineItems(node.graph, open, [...scope, node.id]) : []
    return [item, ...inside]
  })
}

/** Layers in order of computation, then those on cycles in project order. */
function inOrder(graph: NetworkGraph): GraphNode[] {
  const order = topologicalOrder(graph)
  const placed = new Set(order)
  return [...order, ...graph.nodes.filter((node) => !placed.has(node))]
}

/**
 * Swaps a layer with the one it reads (`up`) or that reads it (`down`), if both have one input and the path between
 * them has no branch; undefined otherwise. `a → node → b` becomes `node → a → b` or `a → b → node`.
 */
export function reorderCommand(
  graph: NetworkGraph,
  scope: Scope,
  id: string,
  direction: 'up' | 'down',
): Command | undefined {
  if (direction === 'down') {
    const next = onlyReader(graph, id)
    return next === undefined ? undefined : reorderCommand(graph, scope, next.to, 'up')
  }
  const node = graph.nodes.find((candidate) => candidate.id === id)
  const into = onlyInput(graph, id)
  const before = graph.nodes.find((candidate) => candidate.id === into?.from)
  const intoBefore = before && onlyInput(graph, before.id)
  const hasBranch = before !== undefined && onlyReader(graph, before.id) === undefined
  if (!node || !into || !before || !intoBefore || hasBranch || isBoundary(node) || isBoundary(before)) return undefined
  const leaving = graph.edges.filter(({ from }) => from === id)
  const connect = (from: string, to: string, port: string): Command => ({ type: 'edge.connect', scope, from, to, port })
  return {
    type: 'batch',
    label: 'node.reorder',
    commands: [
      { type: 'edge.disconnect', scope, edges: [intoBefore, into, ...leaving] },
      connect(intoBefore.from, id, into.port),
      connect(id, before.id, intoBefore.port),
      ...leaving.map(({ to, port }) => connect(before.id, to, port)),
      { type: 'node.move', scope, positions: { [id]: before.position, [before.id]: node.position } },
    ],
  }
}

function onlyInput(graph: NetworkGraph, id: string): GraphEdge | undefined {
  const node = graph.nodes.find((candidate) => candidate.id === id)
  const [edge, ...others] = graph.edges.filter(({ to }) => to === id)
  const ports = node && inputPorts(node, portsOf)
  return others.length === 0 && ports?.required.length === 1 && !ports.variadic ? edge : undefined
}

function onlyReader(graph: NetworkGraph, id: string): GraphEdge | undefined {
  const [edge, ...others] = graph.edges.filter(({ from }) => from === id)
  return others.length === 0 ? edge : undefined
}
