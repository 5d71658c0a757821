/** Checks whether a pending connection fits, by analyzing the network it would create. */
import { analyze, portsOf } from '#core/compiler/analyze'
import type { DataFacts } from '#core/data/facts'
import { tryCommand } from '#core/graph/apply'
import { connectionProblem } from '#core/graph/edits/edges'
import { linksOf, reachable } from '#core/graph/order'
import type { GraphEdge, NetworkGraph, Project } from '#core/graph/project'
import { graphAt, type Scope } from '#core/graph/scope'
import type { Problem } from '#core/problems/problem'
import { expandedId } from '../../stores/nodeReport'

/**
 * `fits`: no new problem at the target. `misfits`: it can be drawn, but gives the target this problem.
 * `refused`: it cannot be drawn at all.
 */
export type ConnectionVerdict =
  { readonly kind: 'fits' } | { readonly kind: 'misfits' | 'refused'; readonly problem: Problem }

export interface CheckContext {
  readonly project: Project
  readonly scope: Scope
  readonly sample: readonly number[] | undefined
  readonly facts: DataFacts | undefined
}

/** The result of connecting `edge`. Existing problems of the target do not count. */
export function checkConnection(edge: GraphEdge, context: CheckContext): ConnectionVerdict {
  const structural = structuralProblem(edge, context)
  if (structural !== undefined) return { kind: 'refused', problem: structural }
  const project = upstreamOnly(context.project, context.scope, edge)
  const outcome = tryCommand(project, { type: 'edge.connect', ...edge, scope: context.scope }, portsOf)
  if ('problems' in outcome) return { kind: 'refused', problem: outcome.problems[0]! }
  const place = expandedId(context.scope, edge.to)
  const errors = (of: Project): Problem[] =>
    analyze(of, context.sample, context.facts).problems.filter(
      ({ severity, place: { node } }) => severity === 'error' && node === place,
    )
  const before = new Set(errors(project).map(textOf))
  const added = errors(outcome.project).find((problem) => !before.has(textOf(problem)))
  return added === undefined ? { kind: 'fits' } : { kind: 'misfits', problem: added }
}

/** Why an edge cannot be drawn at all; fast, because shapes are not checked. */
export function structuralProblem(edge: GraphEdge, { project, scope }: CheckContext): Problem | undefined {
  const graph = graphAt(project.graph, scope)
  return graph && connectionProblem(graph, edge, portsOf)
}

/** Only what the edge and its target depend on; the rest cannot affect them. */
function upstreamOnly(project: Project, scope: Scope, edge: GraphEdge): Project {
  if (scope.length > 0) return project
  const { sources } = linksOf(project.graph)
  const needed = reachable([edge.from, edge.to], sources)
  const graph: NetworkGraph = {
    nodes: project.graph.nodes.filter((node) => needed.has(node.id)),
    edges: project.graph.edges.filter((other) => needed.has(other.from) && needed.has(other.to)),
  }
  return { ...project, graph }
}

function textOf(problem: Problem): string {
  return `${problem.code} ${problem.message}`
}
