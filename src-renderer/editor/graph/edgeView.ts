/** How a canvas edge is drawn: valid, with an assumed shape, or rejected with the reason. */
import type { GraphEdge, NetworkGraph } from '#core/graph/project'
import { formatEdge } from '#core/graph/ports'
import type { Scope } from '#core/graph/scope'
import type { Problem } from '#core/problems/problem'
import type { CardView } from './cardView'
import { expandedId } from '../../stores/nodeReport'

export interface EdgeView {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly port: string
  readonly state: 'sound' | 'assumed' | 'refused'
  /** Shape of its data; only rejected edges show it, the others show it at the output. */
  readonly label: string
  /** Index of the input port and number of ports of the target, which determine its end point. */
  readonly portIndex: number
  readonly portCount: number
  /** Another edge leaves the same output and draws the shared part. */
  readonly branches: boolean
}

/** Id of an edge on the canvas; the separator cannot occur in a layer name. */
export function edgeId(edge: GraphEdge): string {
  return `${edge.from}→${edge.to}.${edge.port}`
}

/** Problems where an input does not fit; the edge that brings it is drawn as rejected. */
const misfits: readonly Problem['code'][] = [
  'shape-mismatch',
  'shape-rank',
  'shape-input',
  'graph-edge-unknown',
  'graph-edge-refused',
  'node-extra-input',
]

/** Views of all edges of `graph` whose ends exist, by id. */
export function edgeViews(
  graph: NetworkGraph,
  cards: ReadonlyMap<string, CardView>,
  problems: ReadonlyMap<string, readonly Problem[]>,
  scope: Scope,
): Map<string, EdgeView> {
  const cycles = cyclicEdges(problems)
  const views = new Map<string, EdgeView>()
  const left = new Set<string>()
  for (const edge of graph.edges) {
    const source = cards.get(edge.from)
    const target = cards.get(edge.to)
    if (source === undefined || target === undefined) continue
    const refused = cycles.has(`${edge.from} ${edge.to}`) || isRefused(edge, target, problems.get(edge.to) ?? [], scope)
    views.set(edgeId(edge), {
      ...edge,
      id: edgeId(edge),
      state: refused ? 'refused' : source.assumed && source.shape !== '' ? 'assumed' : 'sound',
      label: refused ? source.shape : '',
      portIndex: Math.max(0, target.ports.indexOf(edge.port)),
      portCount: target.ports.length,
      branches: left.has(edge.from),
    })
    left.add(edge.from)
  }
  return views
}

function isRefused(edge: GraphEdge, target: CardView, problems: readonly Problem[], scope: Scope): boolean {
  const place = formatEdge({ ...edge, from: expandedId(scope, edge.from), to: expandedId(scope, edge.to) })
  return problems.some((problem) => {
    if (problem.severity !== 'error' || !misfits.includes(problem.code)) return false
    if (problem.place.edge !== undefined) return problem.place.edge === place
    const port = problem.data?.port
    if (typeof port === 'string') return port === edge.port
    return target.ports.length === 1
  })
}

/** Pairs `from to` of neighbors on a cycle. */
function cyclicEdges(problems: ReadonlyMap<string, readonly Problem[]>): Set<string> {
  const pairs = new Set<string>()
  for (const problem of [...problems.values()].flat()) {
    const members = problem.data?.members
    if (problem.code !== 'graph-cycle' || typeof members !== 'string') continue
    const ids = members.split(' ')
    ids.forEach((id, index) => pairs.add(`${id} ${ids[(index + 1) % ids.length]!}`))
  }
  return pairs
}
