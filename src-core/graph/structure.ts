/**
 * Checks of the graph alone: ids, edges, ports, cycles, what is connected to what. All problems are returned, in the order
 * of their seriousness. What layers mean (kinds, parameters, shapes) is checked elsewhere.
 */
import type { Problem } from '../problems/problem'
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

/** One network or the inside of one block, with what the checks share. */
interface Level {
  readonly graph: NetworkGraph
  readonly ports: Ports
  /** `''`, or the ids of the blocks around it in the form of expanded ids: `block1.0.`. */
  readonly prefix: string
  readonly byId: ReadonlyMap<string, GraphNode>
  /** Edges whose two ends exist. */
  readonly edges: readonly GraphEdge[]
  /** Nodes that no edge touches. */
  readonly lonely: ReadonlySet<string>
}

/**
 * All problems of the structure of `graph` and of every block in it. Nodes inside blocks are named like in the expanded
 * graph (`block1.0.conv1`), once for all copies.
 */
export function checkStructure(graph: NetworkGraph, ports: Ports): Problem[] {
  if (graph.nodes.length === 0) {
    return [error('graph-empty', {}, 'The network has no layers.', { fix: 'Add an Input layer and build from there.' })]
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
    .map(([id, count]) =>
      error('graph-duplicate-id', { node: prefix + id }, `${count} layers have the name ${id}.`, {
        expected: 'a name for each layer of its own',
        received: `${id}, ${count} times`,
        fix: `Rename all but one of them.`,
        data: { id, count },
      }),
    )
}

/** The outermost network has one Input and one Output. */
function checkOuterRim({ graph }: Level): Problem[] {
  const inputs = graph.nodes.filter((node) => node.kind === INPUT)
  const outputs = graph.nodes.filter((node) => node.kind === OUTPUT)
  const stray = graph.nodes.filter(isBlockPort)
  return [
    ...(inputs.length > 0 ? [] : [missingEnd('graph-no-input', 'Input', 'the first layer')]),
    ...(outputs.length > 0 ? [] : [missingEnd('graph-no-output', 'Output', 'the last layer')]),
    ...inputs.slice(1).map((node) => extraEnd('graph-several-inputs', 'Input', node.id, inputs.length)),
    ...outputs.slice(1).map((node) => extraEnd('graph-several-outputs', 'Output', node.id, outputs.length)),
    ...stray.map((node) =>
      error('block-form', { node: node.id }, `${node.id} is a port of a block but is not inside one.`, {
        expected: `${node.kind} inside a block`,
        received: `${node.kind} in the outermost network`,
        fix: `Remove ${node.id}.`,
        data: { case: 'stray-port' },
      }),
    ),
  ]
}

function missingEnd(code: 'graph-no-input' | 'graph-no-output', kind: string, neighbour: string): Problem {
  return error(code, {}, `The network has no ${kind} layer.`, {
    expected: `one ${kind} layer`,
    received: 'none',
    fix: `Add an ${kind} layer and connect it to ${neighbour}.`,
  })
}

function extraEnd(code: 'graph-several-inputs' | 'graph-several-outputs', kind: string, node: string, count: number) {
  return error(code, { node }, `${node} is one ${kind} layer too many.`, {
    expected: `one ${kind} layer`,
    received: String(count),
    fix: `Remove ${node}, or join the branches before a single ${kind} layer.`,
    data: { count },
  })
}

/** The inside of a block has one `block-output` and neither Input nor Output. */
function checkInnerRim({ graph, prefix }: Level): Problem[] {
  const outputs = graph.nodes.filter((node) => node.kind === BLOCK_OUTPUT)
  const block = prefix.replace(/\.\d+\.$/, '')
  const problems = graph.nodes
    .filter((node) => node.kind === INPUT || node.kind === OUTPUT)
    .map((node) =>
      error('block-form', { node: prefix + node.id }, `${node.id} is inside a block.`, {
        expected: `${node.kind} in the outermost network`,
        received: `${node.kind} inside a block`,
        fix: `Remove ${node.id}; a block has its own inputs and output.`,
        data: { case: 'end-inside' },
      }),
    )
  if (outputs.length === 1) return problems
  const message = outputs.length === 0 ? `${block} has no output.` : `${block} has ${outputs.length} outputs.`
  return [
    ...problems,
    error('block-form', { node: block }, message, {
      expected: 'one block output',
      received: String(outputs.length),
      fix: outputs.length === 0 ? `Add a block output inside ${block}.` : `Keep one block output inside ${block}.`,
      data: { case: outputs.length === 0 ? 'no-output' : 'several-outputs', count: outputs.length },
    }),
  ]
}

/** Both ends of every edge exist and can be connected. */
function checkEdges({ graph, ports, prefix, byId }: Level): Problem[] {
  const problems: Problem[] = []
  for (const edge of graph.edges) {
    const report = (kind: string, message: string, expected: string, received: string, node?: string): void => {
      const place = { edge: formatEdge({ ...edge, from: prefix + edge.from, to: prefix + edge.to }) }
      const fix = 'Remove this edge, or connect it to a layer and port that exist.'
      const details = { expected, received, fix, data: { case: kind, from: edge.from, to: edge.to, port: edge.port } }
      problems.push(error('graph-edge-unknown', node === undefined ? place : { ...place, node }, message, details))
    }
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (from === undefined)
      report('no-start', `An edge starts at ${edge.from}, which does not exist.`, 'a layer', edge.from)
    else if (isSink(from))
      report('start-sink', `An edge starts at ${from.id}, which has no output.`, 'a layer with an output', from.kind)
    if (to === undefined) report('no-end', `An edge ends at ${edge.to}, which does not exist.`, 'a layer', edge.to)
    else if (isSource(to)) {
      const message = `An edge ends at ${to.id}, which has no inputs.`
      report('end-source', message, 'a layer with inputs', to.kind, prefix + to.id)
    } else {
      const list = inputPorts(to, ports)
      if (list === undefined || acceptsPort(list, edge.port)) continue
      const expected = list.required.join(', ') + (list.variadic ? ', …' : '')
      report('no-port', `${to.id} has no input ${edge.port}.`, expected || 'no inputs', edge.port, prefix + to.id)
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
      problems.push(disconnected(node, prefix))
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

function disconnected(node: GraphNode, prefix: string): Problem {
  return error('node-disconnected', { node: prefix + node.id }, `${node.id} is connected to nothing.`, {
    expected: 'at least one edge',
    received: 'none',
    fix: `Connect ${node.id}, or remove it.`,
  })
}

function missingInput(node: GraphNode, port: string, prefix: string): Problem {
  const name = port === 'x' ? `The input of ${node.id}` : `Input ${port} of ${node.id}`
  return error('node-missing-input', { node: prefix + node.id }, `${name} is not connected.`, {
    expected: `one edge to ${node.id}.${port}`,
    received: 'none',
    fix: `Connect the output of another layer to ${node.id}.`,
    data: { case: port === 'x' ? 'only' : 'port', port },
  })
}

function extraInput(key: string, sources: readonly string[], prefix: string): Problem {
  const [id = '', port = ''] = key.split('.')
  return error('node-extra-input', { node: prefix + id }, `${sources.length} edges end at input ${port} of ${id}.`, {
    expected: 'one edge',
    received: sources.join(', '),
    fix: `Keep one of them, or join them with Add or Concat first.`,
    data: { port, count: sources.length },
  })
}

function checkCycles({ graph, prefix }: Level): Problem[] {
  return findCycles(graph).map((members) => {
    const path = [...members, members[0]].join(' → ')
    return error('graph-cycle', { node: prefix + members[0] }, `The layers ${members.join(', ')} form a cycle.`, {
      expected: 'edges that lead only from the Input towards the Output',
      received: path,
      fix: `Remove one of the edges ${path}.`,
      data: { case: 'found', members: members.join(' ') },
    })
  })
}

/** What a node computes reaches the output; otherwise it is left out of the network that is trained. */
function checkUse({ graph, prefix, byId, lonely }: Level): Problem[] {
  const ends = graph.nodes.filter(prefix === '' ? (node) => node.kind === OUTPUT : (node) => node.kind === BLOCK_OUTPUT)
  if (ends.length === 0) return []
  const used = reachable(
    ends.map((node) => node.id),
    linksOf(graph).sources,
  )
  return [...byId.values()]
    .filter((node) => !used.has(node.id) && !isSink(node) && (!lonely.has(node.id) || isBoundary(node)))
    .map((node) => ({
      ...error('node-unused', { node: prefix + node.id }, `What ${node.id} computes reaches no output.`, {
        expected: `a path from ${node.id} to ${ends[0]!.id}`,
        received: 'none',
        fix: `Connect ${node.id} towards ${ends[0]!.id}, or remove it.`,
        data: { end: ends[0]!.id },
      }),
      severity: 'warning',
    }))
}

function checkBlock({ ports, prefix }: Level, node: GraphNode): Problem[] {
  if (node.kind !== BLOCK) return []
  const place = { node: prefix + node.id }
  if (!isBlock(node)) {
    const details = { fix: `Remove ${node.id}.`, data: { case: 'no-layers' } }
    return [error('block-form', place, `${node.id} is a block without layers.`, details)]
  }
  const inner = checkLevel(node.graph, ports, `${innerId(prefix + node.id, 0, '')}`)
  if ((node.repeat ?? 1) === 1 || blockInputs(node.graph).length > 0) return inner
  const noInput = error('block-form', { ...place, param: 'repeat' }, `${node.id} is repeated but has no input.`, {
    expected: 'an input that takes the output of the copy before',
    received: `repeat ${node.repeat}, no inputs`,
    fix: `Add a block input inside ${node.id}, or set its repeat count to 1.`,
    data: { case: 'no-input', repeat: node.repeat ?? 1 },
  })
  return [noInput, ...inner]
}

function error(
  code: Problem['code'],
  place: Problem['place'],
  message: string,
  details: Pick<Problem, 'expected' | 'received' | 'fix' | 'data'>,
): Problem {
  return { code, severity: 'error', place, message, ...details }
}
