/** Turns selected layers into a block and a block back into layers. */
import { portName } from '../layers/layer'
import { fail } from '../problems/problem'
import { inlineBlocks } from './blocks'
import { freeName, freshId, idsOf, requireFreeId } from './freshId'
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, isBoundary, type BlockNode } from './kinds'
import { findPath, linksOf, reachable, topologicalOrder } from './order'
import { comparePorts, inputPorts, SINGLE_PORT, type Ports } from './ports'
import type { GraphEdge, GraphNode, NetworkGraph } from './project'
import { getBlock, getNode } from './scope'

/** Canvas space for a layer, for placing layers created by an edit. */
export const ROW_HEIGHT = 88
export const COLUMN_WIDTH = 240

export type Position = readonly [number, number]

/** Result of an edit that creates nodes: the graph and the ids of the new nodes, to be selected. */
export interface GraphWithNew {
  readonly graph: NetworkGraph
  readonly ids: readonly string[]
}

/**
 * Replaces the layers `ids` with one block that contains them. Every outside source becomes one input of the block
 * (`x`, or `a`,
 * `b`, … if there are several; the first, which repeats are chained through, is the one read earliest), and so does
 * every unconnected input if `ports` lists it. Inside, positions are relative to the corner of the selection.
 * @throws ProblemError `block-boundary` where the layers do not have exactly one output, where a path leaves them and
 * comes
 * back, or where the Input or the Output is among them; `node-missing`; `node-id`.
 */
export function groupNodes(graph: NetworkGraph, ids: readonly string[], ports: Ports, name?: string): GraphWithNew {
  const selected = selectNodes(graph, ids)
  const inside = new Set(selected.map((node) => node.id))
  refuseDetour(graph, inside)
  const output = findOutput(graph, inside)

  const inner: NetworkGraph = {
    nodes: selected,
    edges: graph.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)),
  }
  const inputs = findInputs(graph, inner, ports)
  const taken = new Set(inside)
  const names = inputs.map((_, index) => {
    const input = freeName(inputs.length === 1 ? SINGLE_PORT : portName(index), taken)
    taken.add(input)
    return input
  })
  const outside = new Set([...idsOf(graph)].filter((id) => !inside.has(id)))
  if (name !== undefined) requireFreeId(name, outside)
  const block: BlockNode = {
    ...plainNode(name ?? freshId(BLOCK, outside), BLOCK, cornerOf(selected)),
    repeat: 1,
    graph: closeBlock(inner, inputs, names, output),
  }
  return { graph: putBlock(graph, block, inside, inputs, names), ids: [block.id] }
}

/**
 * Replaces block `id` with its layers; a repeated block becomes all its copies, one row below the other, so that the
 * network stays the same. Inner names are kept if free.
 * @throws ProblemError `node-missing`
 */
export function ungroupBlock(graph: NetworkGraph, id: string): GraphWithNew {
  const block = getBlock(graph, id)
  const taken = idsOf(graph)
  taken.delete(id)
  const ids: string[] = []
  const height = heightOf(block.graph.nodes.filter((node) => !isBoundary(node)))
  const flat = inlineBlocks(graph, [block], (_, copy, node) => {
    const name = freeName(node.id, taken)
    taken.add(name)
    ids.push(name)
    const [x, y] = node.position
    return {
      ...node,
      id: name,
      trainable: block.trainable && node.trainable,
      position: [block.position[0] + x, block.position[1] + y + copy * height],
    }
  })
  return { graph: flat, ids }
}

/** A new empty block that passes its input through. */
export function emptyBlockGraph(): NetworkGraph {
  return {
    nodes: [plainNode(SINGLE_PORT, BLOCK_INPUT, [0, 0]), plainNode('out', BLOCK_OUTPUT, [0, 2 * ROW_HEIGHT])],
    edges: [{ from: SINGLE_PORT, to: 'out', port: SINGLE_PORT }],
  }
}

/** A node with only its name, kind and position set. */
export function plainNode(id: string, kind: string, position: Position): GraphNode {
  return { id, kind, params: {}, trainable: true, initializers: {}, position: [...position] }
}

/** Upper left corner of the bounding rectangle of the positions of `nodes`; [0, 0] if there are none. */
export function cornerOf(nodes: readonly GraphNode[]): Position {
  if (nodes.length === 0) return [0, 0]
  return [leastOf(nodes, 0), leastOf(nodes, 1)]
}

function leastOf(nodes: readonly GraphNode[], axis: 0 | 1): number {
  return nodes.reduce((least, node) => Math.min(least, node.position[axis]), Infinity)
}

function heightOf(nodes: readonly GraphNode[]): number {
  return ROW_HEIGHT + nodes.reduce((most, node) => Math.max(most, node.position[1]), 0) - cornerOf(nodes)[1]
}

function selectNodes(graph: NetworkGraph, ids: readonly string[]): GraphNode[] {
  const wanted = new Set(ids)
  for (const id of wanted) getNode(graph, id)
  const selected = graph.nodes.filter((node) => wanted.has(node.id))
  const rim = selected.find(isBoundary)
  if (selected.length === 0) fail('block-boundary', 'none')
  if (rim !== undefined) fail('block-boundary', 'rim', { id: rim.id }, { node: rim.id })
  return selected
}

/** The node whose output leaves the selection, or, if there is none, the one whose output is unused inside. */
function findOutput(graph: NetworkGraph, inside: ReadonlySet<string>): string {
  const from = (leaving: boolean): Set<string> =>
    new Set(graph.edges.filter((e) => inside.has(e.from) && inside.has(e.to) !== leaving).map((e) => e.from))
  const leaving = [...from(true)]
  const read = from(false)
  const ends = leaving.length > 0 ? leaving : [...inside].filter((id) => !read.has(id))
  const [output] = ends
  if (output === undefined || ends.length > 1) {
    const values = { count: ends.length, received: ends.join(', ') || 'none' }
    return fail('block-boundary', 'outputs', values, ends.length > 1 ? { node: ends[1]! } : {})
  }
  return output
}

/** A path that leaves the block and returns would make the block read its own output. */
function refuseDetour(graph: NetworkGraph, inside: ReadonlySet<string>): void {
  const { sources, targets } = linksOf(graph)
  const outside = (links: typeof targets): typeof targets => new Map([...links].filter(([id]) => !inside.has(id)))
  const around = (links: typeof targets): Set<string> =>
    reachable(
      [...inside].flatMap((id) => links.get(id) ?? []).filter((id) => !inside.has(id)),
      outside(links),
    )
  const before = around(sources)
  const between = [...around(targets)].filter((id) => before.has(id) && !inside.has(id))
  const [first] = between
  if (first === undefined) return
  const start = sources.get(first)!.find((id) => inside.has(id))!
  const path = findPath(
    [first],
    [...inside].find((id) => findPath([first], id, outside(targets)))!,
    outside(targets),
  )!
  const end = path.at(-1)!
  const values = { start, end, members: between.join(' '), received: [start, ...path].join(' → ') }
  fail('block-boundary', 'detour', values, { node: first })
}

/** An input of the future block: a source outside, or undefined for an unconnected inner port. */
interface BlockInput {
  readonly source: string | undefined
  readonly feeds: { readonly to: string; readonly port: string }[]
}

function findInputs(graph: NetworkGraph, inner: NetworkGraph, ports: Ports): BlockInput[] {
  const known = idsOf(graph)
  const inside = idsOf(inner)
  const edgesInto = new Map<string, GraphEdge[]>(inner.nodes.map((node) => [node.id, []]))
  for (const edge of graph.edges) if (known.has(edge.from)) edgesInto.get(edge.to)?.push(edge)
  const inputs = new Map<string, BlockInput>()
  const free: BlockInput[] = []
  for (const node of new Set([...topologicalOrder(inner), ...inner.nodes])) {
    const incoming = edgesInto.get(node.id) ?? []
    for (const { from, port } of incoming.toSorted((a, b) => comparePorts(a.port, b.port))) {
      if (inside.has(from)) continue
      const input = inputs.get(from) ?? { source: from, feeds: [] }
      inputs.set(from, input)
      input.feeds.push({ to: node.id, port })
    }
    for (const port of inputPorts(node, ports)?.required ?? []) {
      const isFree = incoming.every((edge) => edge.port !== port)
      if (isFree) free.push({ source: undefined, feeds: [{ to: node.id, port }] })
    }
  }
  return [...inputs.values(), ...free]
}

/** The inner graph with its boundary nodes, laid out from the corner of its layers. */
function closeBlock(
  inner: NetworkGraph,
  inputs: readonly BlockInput[],
  names: readonly string[],
  output: string,
): NetworkGraph {
  const [left, top] = cornerOf(inner.nodes)
  const end = freeName('out', new Set([...idsOf(inner), ...names]))
  const layers = inner.nodes.map((node): GraphNode => {
    return { ...node, position: [node.position[0] - left, node.position[1] - top] }
  })
  return {
    nodes: [
      ...names.map((name, index) => plainNode(name, BLOCK_INPUT, [index * COLUMN_WIDTH, -ROW_HEIGHT])),
      ...layers,
      plainNode(end, BLOCK_OUTPUT, [0, heightOf(layers)]),
    ],
    edges: [
      ...inputs.flatMap(({ feeds }, index) => feeds.map((feed) => ({ from: names[index]!, ...feed }))),
      ...inner.edges,
      { from: output, to: end, port: SINGLE_PORT },
    ],
  }
}

/** The outer graph with the block at the position of its first layer. */
function putBlock(
  graph: NetworkGraph,
  block: BlockNode,
  inside: ReadonlySet<string>,
  inputs: readonly BlockInput[],
  names: readonly string[],
): NetworkGraph {
  const first = graph.nodes.findIndex((node) => inside.has(node.id))
  const nodes = graph.nodes.flatMap((node, index) => (index === first ? [block] : inside.has(node.id) ? [] : [node]))
  const fed = new Set<string>()
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    if (!inside.has(edge.to)) return [inside.has(edge.from) ? { ...edge, from: block.id } : edge]
    const input = inputs.findIndex(({ source }) => source === edge.from)
    if (input === -1 || fed.has(edge.from)) return []
    fed.add(edge.from)
    return [{ from: edge.from, to: block.id, port: names[input]! }]
  })
  return { nodes, edges }
}
