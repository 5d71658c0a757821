/**
 * Checks of the graph alone: ids, edges, ports, cycles, connections. All problems are returned, by
 * severity. What layers mean (kinds, parameters, shapes) is checked elsewhere.
 */
import type { Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'
import { expansionProblems, innerId } from './blocks'
import {
  BLOCK,
  BLOCK_OUTPUT,
  blockInputs,
  INPUT,
  isBlock,
  isBlockPort,
  isBoundary,
  isSink,
  isSource,
  OUTPUT,
} from './kinds'
import { findCycles, linksOf, reachable } from './order'
import { acceptsPort, formatEdge, inputPorts, type Ports } from './ports'
import type { GraphEdge, GraphNode, NetworkGraph } from './project'

/** One network or the inside of one block, with the state shared by the checks. */
interface Level {
  readonly graph: NetworkGraph
  readonly ports: Ports
  /** `''`, or the ids of the blocks around it in the form of expanded ids: `block1.0.`. */
  readonly prefix: string
  readonly byId: ReadonlyMap<string, GraphNode>
  /** Edges whose two ends exist. */
  readonly edges: readonly GraphEdge[]
  /** Nodes without edges. */
  readonly lonely: ReadonlySet<string>
}

/**
 * All structural problems of `graph` and of every block in it. Nodes inside blocks are named as in the expanded
 * graph (`block1.0.conv1`), once for all copies.
 */
export function checkStructure(graph: NetworkGraph, ports: Ports): Problem[] {
  if (graph.nodes.length === 0) {
    return [makeProblem('graph-empty', 'any')]
  }
  const tooLarge = expansionProblems(graph)
  return tooLarge.length > 0 ? tooLarge : checkLevel(graph, ports, '')
}

function checkLevel(graph: NetworkGraph, ports: Ports, prefix: string): Problem[] {
  const { byId } = linksOf(graph)
  const edges = graph.edges.filter((edge) => byId.has(edge.from) && byId.has(edge.to))
  const touched = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
  const lonely = new Set([...byId.keys()].filter((id) => !touched.has(id)))
  const level: Level = { graph, ports, prefix, byId, edges, lonely }
  return [
    ...checkIds(level),
    ...(prefix === '' ? checkOuterRim(level) : checkInnerRim(level)),
    ...checkEdges(level),
    ...checkInputs(level),
    ...checkCycles(level),
    ...checkUse(level),
    ...graph.nodes.flatMap((node) => checkBlock(level, node)),
  ]
}

function checkIds({ graph, prefix }: Level): Problem[] {
  const counts = new Map<string, number>()
  for (const node of graph.nodes) counts.set(node.id, (counts.get(node.id) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => makeProblem('graph-duplicate-id', 'any', { id, count }, { node: prefix + id }))
}

/** The outermost network has one Input and one Output. */
function checkOuterRim({ graph }: Level): Problem[] {
  const inputs = graph.nodes.filter((node) => node.kind === INPUT)
  const outputs = graph.nodes.filter((node) => node.kind === OUTPUT)
  const stray = graph.nodes.filter(isBlockPort)
  return [
    ...(inputs.length > 0 ? [] : [makeProblem('graph-no-input', 'any')]),
    ...(outputs.length > 0 ? [] : [makeProblem('graph-no-output', 'any')]),
    ...inputs
      .slice(1)
      .map((node) => makeProblem('graph-several-inputs', 'any', { count: inputs.length }, { node: node.id })),
    ...outputs
      .slice(1)
      .map((node) => makeProblem('graph-several-outputs', 'any', { count: outputs.length }, { node: node.id })),
    ...stray.map(({ id, kind }) => makeProblem('block-form', 'stray-port', { kind }, { node: id })),
  ]
}

/** The inside of a block has one `block-output` and neither Input nor Output. */
function checkInnerRim({ graph, prefix }: Level): Problem[] {
  const outputs = graph.nodes.filter((node) => node.kind === BLOCK_OUTPUT)
  const block = prefix.replace(/\.\d+\.$/, '')
  const problems = graph.nodes
    .filter((node) => node.kind === INPUT || node.kind === OUTPUT)
    .map(({ id, kind }) => makeProblem('block-form', 'end-inside', { kind }, { node: prefix + id }))
  const count = outputs.length
  if (count === 1) return problems
  return [
    ...problems,
    makeProblem('block-form', count === 0 ? 'no-output' : 'several-outputs', { count }, { node: block }),
  ]
}

/** Both ends of every edge exist and can be connected. */
function checkEdges({ graph, ports, prefix, byId }: Level): Problem[] {
  const problems: Problem[] = []
  for (const edge of graph.edges) {
    const where = {
      edge: formatEdge({ ...edge, from: prefix + edge.from, to: prefix + edge.to }),
      data: { from: edge.from, to: edge.to, port: edge.port },
    }
    const ofTarget = { ...where, node: prefix + edge.to }
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (from === undefined) problems.push(makeProblem('graph-edge-unknown', 'no-start', { from: edge.from }, where))
    else if (isSink(from)) {
      const values = { from: from.id, received: from.kind }
      problems.push(makeProblem('graph-edge-unknown', 'start-sink', values, where))
    }
    if (to === undefined) problems.push(makeProblem('graph-edge-unknown', 'no-end', { to: edge.to }, where))
    else if (isSource(to)) {
      const values = { to: to.id, received: to.kind }
      problems.push(makeProblem('graph-edge-unknown', 'end-source', values, ofTarget))
    } else {
      const list = inputPorts(to, ports)
      if (list === undefined || acceptsPort(list, edge.port)) continue
      const known = list.required.join(', ') + (list.variadic ? ', …' : '')
      const values = { to: to.id, port: edge.port, ports: known || 'no inputs' }
      problems.push(makeProblem('graph-edge-unknown', 'no-port', values, ofTarget))
    }
  }
  return problems
}

/** Every input port of every node has one edge. */
function checkInputs({ graph, ports, prefix, edges, lonely }: Level): Problem[] {
  const sourcesByPort = new Map<string, string[]>()
  const keyOf = (node: string, port: string): string => `${node}.${port}`
  for (const { from, to, port } of edges) {
    const key = keyOf(to, port)
    sourcesByPort.set(key, [...(sourcesByPort.get(key) ?? []), from])
  }
  const problems: Problem[] = []
  for (const node of graph.nodes) {
    if (lonely.has(node.id) && !isBoundary(node) && graph.nodes.length > 1) {
      problems.push(makeProblem('node-disconnected', 'any', {}, { node: prefix + node.id }))
      continue
    }
    for (const port of inputPorts(node, ports)?.required ?? []) {
      if (!sourcesByPort.has(keyOf(node.id, port))) problems.push(missingInput(node, port, prefix))
    }
  }
  for (const [key, sources] of sourcesByPort) {
    if (sources.length > 1) problems.push(extraInput(key, sources, prefix))
  }
  return problems
}

function missingInput(node: GraphNode, port: string, prefix: string): Problem {
  const place = { node: prefix + node.id }
  return port === 'x'
    ? makeProblem('node-missing-input', 'only', {}, { ...place, data: { port } })
    : makeProblem('node-missing-input', 'port', { port }, place)
}

function extraInput(key: string, sources: readonly string[], prefix: string): Problem {
  const [id = '', port = ''] = key.split('.')
  const values = { port, count: sources.length, received: sources.join(', ') }
  return makeProblem('node-extra-input', 'any', values, { node: prefix + id })
}

function checkCycles({ graph, prefix }: Level): Problem[] {
  return findCycles(graph).map((members) => {
    const values = { members: members.join(' '), received: [...members, members[0]].join(' → ') }
    return makeProblem('graph-cycle', 'found', values, { node: prefix + members[0] })
  })
}

/** A node's result must reach the output; otherwise the node is not part of the trained network. */
function checkUse({ graph, prefix, byId, lonely }: Level): Problem[] {
  const ends = graph.nodes.filter(prefix === '' ? (node) => node.kind === OUTPUT : (node) => node.kind === BLOCK_OUTPUT)
  if (ends.length === 0) return []
  const used = reachable(
    ends.map((node) => node.id),
    linksOf(graph).sources,
  )
  return [...byId.values()]
    .filter((node) => !used.has(node.id) && !isSink(node) && (!lonely.has(node.id) || isBoundary(node)))
    .map((node) => {
      return makeProblem('node-unused', 'any', { end: ends[0]!.id }, { node: prefix + node.id, severity: 'warning' })
    })
}

function checkBlock({ ports, prefix }: Level, node: GraphNode): Problem[] {
  if (node.kind !== BLOCK) return []
  const place = { node: prefix + node.id }
  if (!isBlock(node)) return [makeProblem('block-form', 'no-layers', {}, place)]
  const inner = checkLevel(node.graph, ports, `${innerId(prefix + node.id, 0, '')}`)
  if ((node.repeat ?? 1) === 1 || blockInputs(node.graph).length > 0) return inner
  const noInput = { repeat: node.repeat ?? 1 }
  return [makeProblem('block-form', 'no-input', noInput, { ...place, param: 'repeat' }), ...inner]
}
