/** The few node kinds the project itself knows; all other kinds belong to the layer catalog. */
import { input } from '../layers/kinds/input'
import { output } from '../layers/kinds/output'
import type { GraphNode, NetworkGraph } from './project'

/** Where the data enters the network. */
export const INPUT = input.kind
/** The network's answer. */
export const OUTPUT = output.kind
/** A named sub-graph with a repeat count. */
export const BLOCK = 'block'
/** Inside a block: one input port of the block, named by the id of this node. */
export const BLOCK_INPUT = 'block-input'
/** Inside a block: its single output. */
export const BLOCK_OUTPUT = 'block-output'

/** A block with its sub-graph, as every block of a valid project is. */
export type BlockNode = GraphNode & { graph: NetworkGraph }

export function isBlock(node: GraphNode): node is BlockNode {
  return node.kind === BLOCK && node.graph !== undefined
}

/** Nodes without input ports. */
export function isSource(node: GraphNode): boolean {
  return node.kind === INPUT || node.kind === BLOCK_INPUT
}

/** Nodes without an output. */
export function isSink(node: GraphNode): boolean {
  return node.kind === OUTPUT || node.kind === BLOCK_OUTPUT
}

/** Nodes at the boundary of a network or a block, which cannot move to another level. */
export function isBoundary(node: GraphNode): boolean {
  return isSource(node) || isSink(node)
}

/** Nodes that represent the inputs and the output of a block on its inside; the expanded graph has none. */
export function isBlockPort(node: GraphNode): boolean {
  return node.kind === BLOCK_INPUT || node.kind === BLOCK_OUTPUT
}

/** Input ports of a block in order: the ids of its `block-input` nodes. */
export function blockInputs(graph: NetworkGraph): string[] {
  return graph.nodes.filter((node) => node.kind === BLOCK_INPUT).map((node) => node.id)
}
