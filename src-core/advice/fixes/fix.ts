/** Definition of a one-click fix, and the context of the rules that propose fixes. */
import type { Text } from '../../base/text'
import type { DataFacts } from '../../data/facts'
import { expandBlocks, locateNode } from '../../graph/blocks'
import type { Command } from '../../graph/commands'
import type { GraphEdge, GraphNode, NetworkGraph, Project } from '../../graph/project'
import { graphAt, type Scope } from '../../graph/scope'
import { findLoss } from '../../losses/index'
import { ProblemError, type Problem } from '../../problems/problem'
import type { Shape } from '../../tensor/shape'
import { checkTransforms } from '../../transforms/transformList'
import type { LayerReport, NetworkReport } from '../../compiler/analyze'

/** A fix: its button label and its edit. */
export interface Fix {
  readonly label: Text
  readonly command: Command
}

/** Shared by all problems of one analysis. */
export interface FixGround {
  readonly project: Project
  readonly report: NetworkReport
  readonly facts: DataFacts | undefined
  /** Shape of one sample as it enters the network, if known. */
  readonly sample: readonly number[] | undefined
  /** The whole network with its blocks expanded. */
  readonly expanded: NetworkGraph
  /** The analysis of a layer of the expanded network. */
  readonly layer: (id: string) => LayerReport | undefined
}

/** Context of a rule: the problem and the network it is in. */
export interface FixContext extends FixGround {
  readonly problem: Problem
  /** The blocks around the problem. */
  readonly scope: Scope
  /** The network at that scope. */
  readonly graph: NetworkGraph
  /** The layer named by the problem. */
  readonly node: GraphNode | undefined
}

/** A fix, or alternatives of which only the first one that works is offered. */
export type Proposal = Fix | readonly Fix[]

/** Proposes fixes, most likely first. They are tried before the user sees them, so a rule may guess. */
export type FixRule = (context: FixContext) => readonly Proposal[]

export function fixGround(
  project: Project,
  report: NetworkReport,
  facts: DataFacts | undefined,
  prepared: readonly number[] | undefined,
): FixGround {
  const layers = new Map(report.layers.map((layer) => [layer.id, layer]))
  const sample = prepared && checkTransforms(project.transforms, prepared).shape
  return { project, report, facts, sample, expanded: expand(project.graph), layer: (id) => layers.get(id) }
}

export function fixContext(ground: FixGround, problem: Problem): FixContext {
  const isPlaced = problem.place.node !== undefined
  const place = isPlaced ? locateNode(problem.place.node) : { scope: scopeOfEdge(problem), id: '' }
  const graph = graphAt(ground.project.graph, place.scope) ?? { nodes: [], edges: [] }
  const node = graph.nodes.find(({ id }) => id === place.id)
  return { ...ground, problem, scope: place.scope, graph, node }
}

/** The blocks around an edge, from its place `block1.0.conv1 → block1.0.relu1.x`. */
function scopeOfEdge({ place, data }: Problem): Scope {
  if (place.edge === undefined || typeof data?.from !== 'string') return []
  return locateNode(place.edge.split(' → ')[0]!).scope
}

function expand(graph: NetworkGraph): NetworkGraph {
  try {
    return expandBlocks(graph)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { nodes: [], edges: [] }
  }
}

/** Edges that end at `node` on its level. */
export function edgesInto(graph: NetworkGraph, node: string): GraphEdge[] {
  return graph.edges.filter(({ to }) => to === node)
}

/** Edges that start at `node` on its level. */
export function edgesFrom(graph: NetworkGraph, node: string): GraphEdge[] {
  return graph.edges.filter(({ from }) => from === node)
}

/** The layer of the expanded network that feeds `port` of the layer with this expanded id. */
export function sourceInto(context: FixContext, id: string, port = 'x'): string | undefined {
  return context.expanded.edges.find((edge) => edge.to === id && edge.port === port)?.from
}

/** Shape at `port` of a layer of the expanded network. */
export function shapeInto(context: FixContext, id: string, port = 'x'): Shape | undefined {
  const source = sourceInto(context, id, port)
  return source === undefined ? undefined : context.layer(source)?.shape
}

/** The number of output units the data requires, or undefined if the data is unknown. */
export function wantedUnits({ facts, project }: FixContext): number | undefined {
  if (!facts) return undefined
  if (facts.target.kind === 'numbers') return facts.target.size
  const { length } = facts.target.classes
  return findLoss(project.training.loss.kind)?.outputUnits?.(length) ?? length
}
