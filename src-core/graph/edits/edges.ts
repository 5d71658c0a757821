/** Edits of edges. */
import { fail, ProblemError, type Problem } from '../../problems/problem'
import type { Connect, Disconnect } from '../commands'
import { isSink, isSource } from '../kinds'
import { findPath, linksOf } from '../order'
import { acceptsPort, formatEdge, inputPorts, preferredPort, sameEdge, type Ports } from '../ports'
import type { GraphEdge, NetworkGraph } from '../project'
import { getNode } from '../scope'

export function connect(graph: NetworkGraph, command: Connect, ports: Ports): NetworkGraph {
  const target = getNode(graph, command.to)
  const edge = { from: command.from, to: command.to, port: command.port ?? preferredPort(graph, target, ports) }
  if (graph.edges.some((other) => sameEdge(other, edge))) return graph
  const problem = connectionProblem(graph, edge, ports)
  if (problem !== undefined) throw new ProblemError([problem])
  const replaced = graph.edges.findIndex((other) => other.to === edge.to && other.port === edge.port)
  if (replaced === -1) return { ...graph, edges: [...graph.edges, edge] }
  const others = graph.edges.filter((other) => other.to !== edge.to || other.port !== edge.port)
  return { ...graph, edges: others.toSpliced(replaced, 0, edge) }
}

export function disconnect(graph: NetworkGraph, { edges }: Disconnect): NetworkGraph {
  for (const edge of edges) if (!graph.edges.some((other) => sameEdge(other, edge))) missingEdge(edge)
  if (edges.length === 0) return graph
  return { ...graph, edges: graph.edges.filter((other) => !edges.some((edge) => sameEdge(edge, other))) }
}

/**
 * Why `edge` cannot be drawn in `graph`, or undefined where it can: an end that does not exist or has no such port, or a
 * cycle. What is connected to the port now does not matter, since the edge would replace it.
 */
export function connectionProblem(graph: NetworkGraph, edge: GraphEdge, ports: Ports): Problem | undefined {
  const from = graph.nodes.find((node) => node.id === edge.from)
  const to = graph.nodes.find((node) => node.id === edge.to)
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? edge.from : edge.to
    const reason = { case: 'no-layer', missing }
    return refusal(edge, `There is no layer ${missing}.`, 'two layers', missing, 'Choose a layer that exists.', reason)
  }
  if (isSink(from)) {
    const reason = { case: 'start-sink' }
    return refusal(
      edge,
      `${from.id} has no output.`,
      'a layer with an output',
      from.kind,
      'Start at another layer.',
      reason,
    )
  }
  if (isSource(to)) {
    const reason = { case: 'end-source' }
    return refusal(edge, `${to.id} has no inputs.`, 'a layer with inputs', to.kind, 'End at another layer.', reason)
  }
  const list = inputPorts(to, ports)
  if (list !== undefined && !acceptsPort(list, edge.port)) {
    const expected = list.required.join(', ') || 'no inputs'
    const reason = { case: 'no-port', ports: expected }
    return refusal(
      edge,
      `${to.id} has no input ${edge.port}.`,
      expected,
      edge.port,
      'Choose one of its inputs.',
      reason,
    )
  }
  const remaining = { ...graph, edges: graph.edges.filter((other) => other.to !== edge.to || other.port !== edge.port) }
  const path = findPath([to.id], from.id, linksOf(remaining).targets)
  if (path === undefined) return undefined
  return {
    ...refusal(
      edge,
      from === to ? `${to.id} would read its own output.` : `The layers ${path.join(', ')} would form a cycle.`,
      'edges that lead only from the Input towards the Output',
      [from.id, ...path].join(' → '),
      'Connect to a layer further on.',
      {},
    ),
    code: 'graph-cycle',
    data: { case: from === to ? 'itself' : 'would', id: to.id, members: path.join(' ') },
  }
}

/** Refuses an edit of an edge that is not there. */
export function missingEdge(edge: GraphEdge): never {
  return fail({
    code: 'graph-edge-unknown',
    place: { edge: formatEdge(edge) },
    message: `There is no edge ${formatEdge(edge)}.`,
    expected: 'an edge of the network',
    received: formatEdge(edge),
    fix: 'Choose an edge that is in the network.',
    data: { case: 'no-edge', from: edge.from, to: edge.to, port: edge.port },
  })
}

function refusal(
  edge: GraphEdge,
  message: string,
  expected: string,
  received: string,
  fix: string,
  reason: NonNullable<Problem['data']>,
): Problem {
  const place = { node: edge.to, edge: formatEdge(edge) }
  const data = { from: edge.from, to: edge.to, port: edge.port, ...reason }
  return { code: 'graph-edge-refused', severity: 'error', place, message, expected, received, fix, data }
}
