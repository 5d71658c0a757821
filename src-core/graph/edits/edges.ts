/** Edits of edges. */
import { fail, ProblemError, type Problem } from '../../problems/problem'
import { makeProblem } from '../../problems/wording'
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
 * Why `edge` cannot be drawn in `graph`, or undefined if it can: an end that does not exist or has no such port, or a
 * cycle. The current connection of the port does not matter, since the edge would replace it.
 */
export function connectionProblem(graph: NetworkGraph, edge: GraphEdge, ports: Ports): Problem | undefined {
  const from = graph.nodes.find((node) => node.id === edge.from)
  const to = graph.nodes.find((node) => node.id === edge.to)
  const where = {
    node: edge.to,
    edge: formatEdge(edge),
    data: { from: edge.from, to: edge.to, port: edge.port },
  }
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? edge.from : edge.to
    return makeProblem('graph-edge-refused', 'no-layer', { missing }, where)
  }
  if (isSink(from))
    return makeProblem('graph-edge-refused', 'start-sink', { from: from.id, received: from.kind }, where)
  if (isSource(to)) return makeProblem('graph-edge-refused', 'end-source', { to: to.id, received: to.kind }, where)
  const list = inputPorts(to, ports)
  if (list !== undefined && !acceptsPort(list, edge.port)) {
    const values = { to: to.id, port: edge.port, ports: list.required.join(', ') || 'no inputs' }
    return makeProblem('graph-edge-refused', 'no-port', values, where)
  }
  const remaining = { ...graph, edges: graph.edges.filter((other) => other.to !== edge.to || other.port !== edge.port) }
  const path = findPath([to.id], from.id, linksOf(remaining).targets)
  if (path === undefined) return undefined
  const received = [from.id, ...path].join(' → ')
  const data = { id: to.id, members: path.join(' ') }
  return from === to
    ? makeProblem('graph-cycle', 'itself', { id: to.id, received }, { ...where, data })
    : makeProblem('graph-cycle', 'would', { members: data.members, received }, { ...where, data })
}

/** Rejects an edit of a nonexistent edge. */
export function missingEdge(edge: GraphEdge): never {
  const data = { from: edge.from, to: edge.to, port: edge.port }
  return fail('graph-edge-unknown', 'no-edge', {}, { edge: formatEdge(edge), data })
}
