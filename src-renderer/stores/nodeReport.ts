/** The analysis of one node as the canvas shows it: a block is one node there, but many layers in the analysis. */
import type { LayerReport, NetworkReport } from '#core/compiler/analyze'
import { innerId, locateNode } from '#core/graph/blocks'
import { BLOCK_INPUT, BLOCK_OUTPUT, blockInputs, isBlock, isBlockPort } from '#core/graph/kinds'
import type { GraphNode, NetworkGraph } from '#core/graph/project'
import { graphAt, type Scope } from '#core/graph/scope'
import type { Problem } from '#core/problems/problem'

/** Reports of all nodes of the network at `scope` by their id there; nodes the analysis did not reach have none. */
export function reportsAt(graph: NetworkGraph, scope: Scope, report: NetworkReport): Map<string, LayerReport> {
  const index = indexReport(graph, report)
  const network = graphAt(graph, scope)
  const reports = new Map<string, LayerReport>()
  for (const node of network?.nodes ?? []) {
    const found = reportOf(index, scope, node)
    if (found !== undefined) reports.set(node.id, found)
  }
  return reports
}

/** All problems by node of the network at `scope`; those inside a block also count for the block. */
export function problemsAt(scope: Scope, problems: readonly Problem[]): Map<string, Problem[]> {
  const byNode = new Map<string, Problem[]>()
  for (const problem of problems) {
    if (problem.place.node === undefined) continue
    const { scope: around, copies, id } = locateNode(problem.place.node)
    const path = [...around, id]
    // Copies of a block repeat the same problem; only the first is reported.
    if (scope.some((block, level) => path[level] !== block) || copies.some((copy) => copy > 0)) continue
    const node = path[scope.length]
    if (node === undefined) continue
    const list = byNode.get(node)
    if (list === undefined) byNode.set(node, [problem])
    else list.push(problem)
  }
  return byNode
}

/** The id in the analysis of node `id` in the first copy of the blocks of `scope`. */
export function expandedId(scope: Scope, id: string): string {
  return scope.reduceRight((inner, block) => innerId(block, 0, inner), id)
}

interface ReportIndex {
  readonly graph: NetworkGraph
  readonly byId: ReadonlyMap<string, LayerReport>
}

function indexReport(graph: NetworkGraph, report: NetworkReport): ReportIndex {
  return { graph, byId: new Map(report.layers.map((layer) => [layer.id, layer])) }
}

function reportOf(index: ReportIndex, scope: Scope, node: GraphNode): LayerReport | undefined {
  if (isBlock(node)) return blockReport(index, scope, node)
  if (isBlockPort(node)) return portReport(index, scope, node)
  return index.byId.get(expandedId(scope, node.id))
}

/** Sums over every copy; the shape is that of the layer whose output leaves the last copy. */
function blockReport(index: ReportIndex, scope: Scope, node: GraphNode): LayerReport {
  const prefix = `${expandedId(scope, node.id)}.`
  const inside = [...index.byId.values()].filter(({ id }) => id.startsWith(prefix))
  const sum = (pick: (layer: LayerReport) => number): number => inside.reduce((total, layer) => total + pick(layer), 0)
  const source = sourceOf(index, scope, node.id, (node.repeat ?? 1) - 1)
  return {
    id: node.id,
    kind: node.kind,
    title: node.kind,
    ...(source?.shape && { shape: source.shape }),
    assumed: source?.assumed ?? true,
    parameters: sum((layer) => layer.parameters),
    trainable: sum((layer) => layer.trainable),
    macs: sum((layer) => layer.macs),
    activationBytes: sum((layer) => layer.activationBytes),
    weights: inside.flatMap((layer) => layer.weights),
  }
}

/** A block input passes through what feeds the block; a block output passes through what it reads. */
function portReport(index: ReportIndex, scope: Scope, node: GraphNode): LayerReport {
  const source =
    node.kind === BLOCK_OUTPUT
      ? fed(index, scope, node.id)
      : fed(index, scope.slice(0, -1), scope.at(-1) ?? '', node.id)
  return {
    id: node.id,
    kind: node.kind,
    title: node.kind,
    ...(source?.shape && { shape: source.shape }),
    assumed: source?.assumed ?? true,
    parameters: 0,
    trainable: 0,
    macs: 0,
    activationBytes: 0,
    weights: [],
  }
}

/** The report of the layer that feeds `port` of node `id`. */
function fed(index: ReportIndex, scope: Scope, id: string, port?: string): LayerReport | undefined {
  const edge = graphAt(index.graph, scope)?.edges.find((e) => e.to === id && (port === undefined || e.port === port))
  return edge && sourceOf(index, scope, edge.from)
}

/** The report of the layer whose output node `id` returns, across block boundaries. */
function sourceOf(index: ReportIndex, scope: Scope, id: string, copy = 0): LayerReport | undefined {
  const node = graphAt(index.graph, scope)?.nodes.find((candidate) => candidate.id === id)
  if (node === undefined) return undefined
  if (node.kind === BLOCK_INPUT) return fed(index, scope.slice(0, -1), scope.at(-1) ?? '', id)
  if (!isBlock(node)) return index.byId.get(expandedId(scope, id))
  const output = node.graph.nodes.find((inner) => inner.kind === BLOCK_OUTPUT)
  const edge = node.graph.edges.find((inner) => inner.to === output?.id)
  if (edge === undefined) return undefined
  // A block that only passes its first input through has the shape of what feeds it.
  if (blockInputs(node.graph).includes(edge.from)) return fed(index, scope, id, edge.from)
  const inner = sourceOf(index, [...scope, id], edge.from)
  const last = inner?.id.replace(expandedId(scope, `${id}.0.`), expandedId(scope, `${id}.${copy}.`))
  return last === undefined ? undefined : (index.byId.get(last) ?? inner)
}
