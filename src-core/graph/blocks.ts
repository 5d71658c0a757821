/**
 * Expands blocks into a flat graph. A repeated block becomes that many copies in sequence, each with its own weights:
 * the
 * output of one feeds the first input of the next, all other inputs go to every copy.
 */
import { ProblemError, type Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { BLOCK_OUTPUT, blockInputs, isBlock, isBlockPort, isBoundary, type BlockNode } from './kinds'
import { MAX_BLOCK_DEPTH, MAX_EDGES, MAX_NODES, type GraphEdge, type GraphNode, type NetworkGraph } from './project'

/** The id of a node inside copy `copy` of a block in the expanded graph: `block1.0.conv1`. */
export function innerId(block: string, copy: number, id: string): string {
  return `${block}.${copy}.${id}`
}

/** Location in the project of a node of the expanded graph. */
export interface NodeLocation {
  /** Ids of the blocks around it, outermost first. */
  readonly scope: readonly string[]
  /** Copy index for each of these blocks, from 0. */
  readonly copies: readonly number[]
  readonly id: string
}

/** Parses an expanded id: `block1.0.conv1` is node `conv1` in copy 0 of `block1`. */
export function locateNode(expandedId: string): NodeLocation {
  const parts = expandedId.split('.')
  const scope = parts.slice(0, -1).filter((_, index) => index % 2 === 0)
  const copies = parts.slice(0, -1).filter((_, index) => index % 2 === 1)
  return { scope, copies: copies.map(Number), id: parts.at(-1)! }
}

/**
 * The graph with every block replaced by its layers, whose ids become `block1.0.conv1`. Layers of a frozen block are
 * frozen. A graph without blocks is returned unchanged. Dangling edges (an unconnected input or output of a block)
 * are left out.
 * @throws ProblemError `graph-too-large`; a parsed and edited project never is.
 */
export function expandBlocks(graph: NetworkGraph): NetworkGraph {
  const problems = expansionProblems(graph)
  if (problems.length > 0) throw new ProblemError(problems)
  return expandLevel(graph)
}

function expandLevel(graph: NetworkGraph): NetworkGraph {
  const blocks = graph.nodes.filter(isBlock).map((block) => ({ ...block, graph: expandLevel(block.graph) }))
  return inlineBlocks(graph, blocks, (block, copy, node) => ({
    ...node,
    id: innerId(block.id, copy, node.id),
    trainable: block.trainable && node.trainable,
    position: [block.position[0] + node.position[0], block.position[1] + node.position[1]],
  }))
}

/**
 * Replaces `blocks` with copies of their inner nodes created by `place`, which assigns each its id in the result and is
 * called once per copy and node.
 */
export function inlineBlocks(
  graph: NetworkGraph,
  blocks: readonly BlockNode[],
  place: (block: BlockNode, copy: number, node: GraphNode) => GraphNode,
): NetworkGraph {
  if (blocks.length === 0) return graph
  const plans = new Map(blocks.map((block) => [block.id, planBlock(block, place)]))
  const feeds = new Map(
    graph.edges.filter((edge) => plans.has(edge.to)).map((edge) => [`${edge.to}.${edge.port}`, edge.from]),
  )
  const edges: GraphEdge[] = []
  const connect = (from: string | undefined, to: string, port: string): void => {
    if (from !== undefined) edges.push({ from, to, port })
  }
  for (const { from, to, port } of graph.edges) {
    if (!plans.has(to)) connect(resolveSource({ id: from }, plans, feeds), to, port)
  }
  for (const plan of plans.values()) {
    for (const [copy, nodes] of plan.copies.entries()) {
      for (const { from, to, port } of plan.graph.edges) {
        const target = nodes.get(to)
        if (target) connect(resolveSource({ plan, copy, id: from }, plans, feeds), target.id, port)
      }
    }
  }
  const nodes = graph.nodes.flatMap((node) => {
    const plan = isBlock(node) ? plans.get(node.id) : undefined
    return plan === undefined ? [node] : plan.copies.flatMap((copy) => [...copy.values()])
  })
  return { nodes, edges }
}

interface BlockPlan {
  readonly id: string
  readonly graph: NetworkGraph
  readonly inputs: readonly string[]
  /** Inner id of the node whose output is the block's. */
  readonly output: string | undefined
  /** For each copy, the placed nodes by inner id. */
  readonly copies: readonly ReadonlyMap<string, GraphNode>[]
}

function planBlock(block: BlockNode, place: (block: BlockNode, copy: number, node: GraphNode) => GraphNode): BlockPlan {
  const inner = block.graph.nodes.filter((node) => !isBoundary(node))
  const end = block.graph.nodes.find((node) => node.kind === BLOCK_OUTPUT)
  return {
    id: block.id,
    graph: block.graph,
    inputs: blockInputs(block.graph),
    output: block.graph.edges.find((edge) => edge.to === end?.id)?.from,
    copies: Array.from(
      { length: block.repeat ?? 1 },
      (_, copy) => new Map(inner.map((node) => [node.id, place(block, copy, node)])),
    ),
  }
}

/** An output: of a node of the graph, or of a node in one copy of a block. */
interface Source {
  readonly plan?: BlockPlan
  readonly copy?: number
  readonly id: string
}

/** The id, in the result, of the node whose output arrives here, across any number of block boundaries. */
function resolveSource(
  source: Source,
  plans: ReadonlyMap<string, BlockPlan>,
  feeds: ReadonlyMap<string, string>,
): string | undefined {
  const visited = new Set<string>()
  let { plan, copy = 0, id } = source
  for (;;) {
    const place = plan === undefined ? id : innerId(plan.id, copy, id)
    // Blocks that only pass their input through can form a cycle; no output arrives from there.
    if (visited.has(place)) return undefined
    visited.add(place)
    let next: string | undefined
    if (plan === undefined) {
      plan = plans.get(id)
      if (plan === undefined) return id
      copy = plan.copies.length - 1
      next = plan.output
    } else {
      const port = plan.inputs.indexOf(id)
      if (port === -1) return plan.copies[copy]?.get(id)?.id
      if (port === 0 && copy > 0) {
        copy--
        next = plan.output
      } else {
        next = feeds.get(`${plan.id}.${id}`)
        plan = undefined
      }
    }
    if (next === undefined) return undefined
    id = next
  }
}

interface Size {
  nodes: number
  edges: number
}

/** A problem if expanding the blocks of `graph` would exceed the limit of layers, edges or levels. */
export function expansionProblems(graph: NetworkGraph): Problem[] {
  const deepest = findTooDeep(graph, [])
  if (deepest !== undefined) {
    return [makeProblem('graph-too-large', 'depth', { most: MAX_BLOCK_DEPTH }, { node: deepest })]
  }
  const { nodes, edges } = expandedSize(graph)
  if (nodes <= MAX_NODES && edges <= MAX_EDGES) return []
  return [makeProblem('graph-too-large', 'size', { mostNodes: MAX_NODES, mostEdges: MAX_EDGES, nodes, edges })]
}

/** Number of layers of the expanded graph, and an upper bound for its edges; `graph` must not be nested too deeply. */
function expandedSize(graph: NetworkGraph): Size {
  const size = { nodes: 0, edges: graph.edges.length }
  for (const node of graph.nodes) {
    const inner = isBlock(node) ? expandedSize(node.graph) : { nodes: isBlockPort(node) ? 0 : 1, edges: 0 }
    // An empty block counts too: each of its copies takes time.
    size.nodes += isBlock(node) ? Math.max(1, inner.nodes) * (node.repeat ?? 1) : inner.nodes
    size.edges += inner.edges * (node.repeat ?? 1)
  }
  return size
}

/** The id of a block below the maximum depth, in expanded form. */
function findTooDeep(graph: NetworkGraph, path: readonly string[]): string | undefined {
  for (const node of graph.nodes) {
    if (!isBlock(node)) continue
    if (path.length >= MAX_BLOCK_DEPTH) return [...path, node.id].join('.0.')
    const found = findTooDeep(node.graph, [...path, node.id])
    if (found !== undefined) return found
  }
  return undefined
}
