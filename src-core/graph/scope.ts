/** Access to networks inside blocks: finding the one an edit refers to, and putting the edited one back. */
import { fail } from '../problems/problem'
import { isBlock, type BlockNode } from './kinds'
import type { GraphNode, NetworkGraph } from './project'

/** Ids of the blocks to enter, outermost first; empty for the outermost network. */
export type Scope = readonly string[]

/** The network inside the blocks of `scope`, or undefined if one of them does not exist. */
export function graphAt(graph: NetworkGraph, scope: Scope): NetworkGraph | undefined {
  let inner: NetworkGraph | undefined = graph
  for (const id of scope) {
    const block: GraphNode | undefined = inner?.nodes.find((node) => node.id === id)
    inner = block && isBlock(block) ? block.graph : undefined
  }
  return inner
}

/**
 * The whole graph with the network at `scope` replaced by `edit` of it. Everything outside the path is shared; an edit
 * that
 * changes nothing returns `graph` itself.
 * @throws ProblemError `node-missing` where a block of the scope does not exist.
 */
export function editGraphAt(
  graph: NetworkGraph,
  scope: Scope,
  edit: (graph: NetworkGraph) => NetworkGraph,
): NetworkGraph {
  const [id, ...rest] = scope
  if (id === undefined) return edit(graph)
  const block = getBlock(graph, id)
  const inner = editGraphAt(block.graph, rest, edit)
  return inner === block.graph ? graph : replaceNode(graph, { ...block, graph: inner })
}

/**
 * The node `id` of `graph`.
 * @throws ProblemError `node-missing`
 */
export function getNode(graph: NetworkGraph, id: string): GraphNode {
  return graph.nodes.find((node) => node.id === id) ?? fail('node-missing', 'layer', { id }, { node: id })
}

/**
 * The block `id` of `graph`.
 * @throws ProblemError `node-missing`
 */
export function getBlock(graph: NetworkGraph, id: string): BlockNode {
  const node = getNode(graph, id)
  return isBlock(node) ? node : fail('node-missing', 'block', { id, received: node.kind }, { node: id })
}

/** `graph` with `node` in place of the node with the same id. */
export function replaceNode(graph: NetworkGraph, node: GraphNode): NetworkGraph {
  return { ...graph, nodes: graph.nodes.map((other) => (other.id === node.id ? node : other)) }
}
