/** Fixes for connections: missing, duplicate, unknown and circular edges, unconnected and unused layers. */
import { text } from '../../base/text'
import { namesLike } from '../../base/namesLike'
import { portsOf } from '../../compiler/analyze'
import { locateNode } from '../../graph/blocks'
import type { Command } from '../../graph/commands'
import { isBoundary } from '../../graph/kinds'
import { linksOf, reachable } from '../../graph/order'
import { inputPorts, preferredPort } from '../../graph/ports'
import type { GraphEdge, GraphNode } from '../../graph/project'
import { oneEdit, removing } from './edits'
import { edgesFrom, edgesInto, type Fix, type FixContext, type FixRule } from './fix'
import { edgesNear, looseEndsNear, sourcesNear } from './nearest'

/** Maximum number of alternatives tried per connection. */
const MOST_NEAR = 6

const portText = (node: string, port: string): string => (port === 'x' ? node : `${node}.${port}`)

function connecting(
  { scope }: FixContext,
  from: string,
  to: string,
  port: string,
  before: readonly Command[] = [],
): Fix {
  const at = portText(to, port)
  return {
    label: text(`Connect ${from} to ${at}`, `将 ${from} 连接到 ${at}`),
    command: oneEdit('connect', [...before, { type: 'edge.connect', scope, from, to, port }]),
  }
}

/** Connections from the nearest layers to `port` of `node`. */
function connectNearest(context: FixContext, node: GraphNode, port: string, before: readonly Command[] = []): Fix[] {
  return sourcesNear(context.graph, node)
    .slice(0, MOST_NEAR)
    .map((source) => connecting(context, source.id, node.id, port, before))
}

export const missingInput: FixRule = (context) => {
  const { node, problem } = context
  const port = problem.data?.port
  if (!node || typeof port !== 'string') return []
  return [connectNearest(context, node, port), ...(isBoundary(node) ? [] : [removing(context, node.id)])]
}

export const extraInput: FixRule = (context) => {
  const { graph, node, problem, scope } = context
  const port = problem.data?.port
  if (!node || typeof port !== 'string') return []
  const edges = edgesInto(graph, node.id).filter((edge) => edge.port === port)
  const sources = [...new Set(edges.map(({ from }) => from))]
  const cut: Command = { type: 'edge.disconnect', scope, edges }
  const keep = sources.map((from): Fix => {
    const again: Command = { type: 'edge.connect', scope, from, to: node.id, port }
    return { label: text(`Keep only ${from}`, `只保留 ${from}`), command: oneEdit('connect', [cut, again]) }
  })
  if (inputPorts(node, portsOf)?.variadic !== true || sources.length < 2) return keep
  const [first, ...others] = sources
  const spread: Command[] = [
    cut,
    { type: 'edge.connect', scope, from: first!, to: node.id, port },
    ...others.map((from): Command => ({ type: 'edge.connect', scope, from, to: node.id })),
  ]
  return [
    {
      label: text(`Connect each to its own input of ${node.id}`, `分别连接到 ${node.id} 的不同输入`),
      command: oneEdit('connect', spread),
    },
    ...keep,
  ]
}

export const unknownEdge: FixRule = (context) => {
  const { graph, problem, scope } = context
  const { from, to, port } = problem.data ?? {}
  if (typeof from !== 'string' || typeof to !== 'string' || typeof port !== 'string') return []
  const edge: GraphEdge = { from, to, port }
  const cut: Command = { type: 'edge.disconnect', scope, edges: [edge] }
  const target = graph.nodes.find(({ id }) => id === to)
  const names = graph.nodes.map(({ id }) => id)
  const meant: Fix[] = []
  if (target && names.includes(from)) {
    const free = preferredPort(graph, target, portsOf)
    if (!edgesInto(graph, to).some((other) => other.port === free))
      meant.push(connecting(context, from, to, free, [cut]))
  } else if (target) {
    meant.push(...namesLike(from, names).map((source) => connecting(context, source, to, port, [cut])))
    meant.push(...connectNearest(context, target, port, [cut]))
  } else if (names.includes(from)) {
    meant.push(...namesLike(to, names).map((end) => connecting(context, from, end, port, [cut])))
  }
  return [meant, { label: text('Remove this edge', '移除这条边'), command: cut }]
}

export const cycle: FixRule = (context) => {
  const { graph, problem, scope } = context
  const members = typeof problem.data?.members === 'string' ? problem.data.members.split(' ') : []
  const heights = new Map(graph.nodes.map(({ id, position }) => [id, position[1]]))
  const rise = ({ from, to }: GraphEdge): number => (heights.get(from) ?? 0) - (heights.get(to) ?? 0)
  // The upward edge is the one that closes the cycle.
  const edges = members
    .flatMap((from, index) => {
      const to = members[(index + 1) % members.length]
      return graph.edges.filter((edge) => edge.from === from && edge.to === to)
    })
    .sort((a, b) => rise(b) - rise(a))
  const cuts = edges.map((edge): Fix => {
    const name = `${edge.from} → ${portText(edge.to, edge.port)}`
    return {
      label: text(`Remove the edge ${name}`, `移除边 ${name}`),
      command: { type: 'edge.disconnect', scope, edges: [edge] },
    }
  })
  const rewired = edges.flatMap((edge) => {
    const target = graph.nodes.find(({ id }) => id === edge.to)
    if (!target) return []
    const opened = { ...graph, edges: graph.edges.filter((other) => other !== edge) }
    const cut: Command = { type: 'edge.disconnect', scope, edges: [edge] }
    return sourcesNear(opened, target)
      .slice(0, MOST_NEAR / 2)
      .map((source) => connecting(context, source.id, edge.to, edge.port, [cut]))
  })
  return [cuts, rewired]
}

export const disconnectedNode: FixRule = (context) => {
  const { graph, node, scope } = context
  if (!node) return []
  const required = inputPorts(node, portsOf)?.required ?? []
  const [only] = required
  // A layer beside a loose end was most likely meant to follow it.
  const beside = only === undefined || required.length > 1 ? [] : looseEndsNear(graph, node)
  const connections = beside.map((end) => connecting(context, end.id, node.id, only!))
  const insertions = edgesNear(graph, node)
    .slice(0, required.length === 1 ? MOST_NEAR : 0)
    .map((edge): Fix => {
      return {
        label: text(
          `Insert ${node.id} between ${edge.from} and ${edge.to}`,
          `将 ${node.id} 插入 ${edge.from} 与 ${edge.to} 之间`,
        ),
        command: oneEdit('connect', [
          { type: 'edge.disconnect', scope, edges: [edge] },
          { type: 'edge.connect', scope, from: edge.from, to: node.id, port: required[0]! },
          { type: 'edge.connect', scope, from: node.id, to: edge.to, port: edge.port },
        ]),
      }
    })
  return [connections, insertions, removing(context, node.id)]
}

export const unusedNode: FixRule = (context) => {
  const { node, scope } = context
  if (!node) return []
  const connections = openInputs(context).map(({ id, port }) => connecting(context, node.id, id, port))
  const branch = unusedBranch(context, node)
  const all: Fix[] =
    branch.length < 2
      ? []
      : [
          {
            label: text(`Remove the branch ${branch.join(', ')}`, `移除分支 ${branch.join('、')}`),
            command: { type: 'node.remove', scope, ids: branch },
          },
        ]
  return [connections, ...all, ...(isBoundary(node) || branch.length > 1 ? [] : [removing(context, node.id)])]
}

/** Unconnected inputs on the level of the problem. */
function openInputs({ report, scope }: FixContext): { readonly id: string; readonly port: string }[] {
  return report.problems.flatMap(({ code, place, data }) => {
    if (code !== 'node-missing-input' || place.node === undefined || typeof data?.port !== 'string') return []
    const found = locateNode(place.node)
    return found.scope.join('.') === scope.join('.') ? [{ id: found.id, port: data.port }] : []
  })
}

/** The layers connected to `node` that reach no output. */
function unusedBranch({ graph, report, scope }: FixContext, node: GraphNode): string[] {
  const unused = new Set(
    report.problems.flatMap(({ code, place }) => {
      if (code !== 'node-unused' || place.node === undefined) return []
      const found = locateNode(place.node)
      return found.scope.join('.') === scope.join('.') ? [found.id] : []
    }),
  )
  const inner = graph.nodes.filter((other) => unused.has(other.id) && !isBoundary(other))
  const edges = inner.flatMap(({ id }) => edgesFrom(graph, id)).filter(({ to }) => unused.has(to))
  const { sources, targets } = linksOf({ nodes: inner, edges })
  const together = new Map(inner.map(({ id }) => [id, [...(sources.get(id) ?? []), ...(targets.get(id) ?? [])]]))
  const reached = reachable([node.id], together)
  return inner.map(({ id }) => id).filter((id) => reached.has(id))
}
