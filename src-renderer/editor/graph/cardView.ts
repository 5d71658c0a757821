/** The content of a canvas card, computed from the project and its analysis; equal cards keep their identity. */
import type { LayerReport } from '#core/compiler/analyze'
import { portsOf } from '#core/compiler/analyze'
import { BLOCK_OUTPUT, isBlock, isSink } from '#core/graph/kinds'
import { comparePorts, inputPorts } from '#core/graph/ports'
import type { GraphNode, NetworkGraph } from '#core/graph/project'
import { findLayer } from '#core/layers/index'
import type { Problem } from '#core/problems/problem'
import { formatShape } from '#core/tensor/shape'
import type { LayerCategory } from '../../ui/categoryGlyphs'
import { blockKinds, glyphOf } from '../palette/layerGroups'
import { cardHeight } from './geometry'
import { summaryText, type SummaryContext } from './summaryText'

export interface CardView {
  readonly id: string
  readonly kind: string
  /** Name of the kind, as shown on the card. */
  readonly title: string
  /** Undefined for a kind unknown to this version. */
  readonly glyph: LayerCategory | undefined
  readonly detail: string
  /** Number of parameters as text; empty if there are none. */
  readonly count: string
  /** Output shape as text; empty if unknown. */
  readonly shape: string
  /** The shape is assumed, because there is an error at or before the layer. */
  readonly assumed: boolean
  readonly frozen: boolean
  readonly errors: number
  readonly warnings: number
  /** First problem as a sentence; empty if there is none. */
  readonly problem: string
  /** Input ports in their order. */
  readonly ports: readonly string[]
  /** Accepts any number of inputs. */
  readonly variadic: boolean
  /** All its ports are connected. */
  readonly full: boolean
  readonly hasOutput: boolean
  /** Nothing reads the output. */
  readonly open: boolean
  readonly isBlock: boolean
  readonly height: number
  /** All of the above as one sentence for screen readers. */
  readonly spoken: string
}

export interface CardContext extends SummaryContext {
  readonly formatCount: (count: number) => string
  readonly report: ReadonlyMap<string, LayerReport>
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  /** The sentence of a problem in the user's language. */
  readonly problemText: (problem: Problem) => string
}

/** Cards of all nodes of `graph`, by id in project order. */
export function cardViews(graph: NetworkGraph, context: CardContext): Map<string, CardView> {
  const connected = connectedPorts(graph)
  const read = new Set(graph.edges.map((edge) => edge.from))
  return new Map(
    graph.nodes.map((node) => [node.id, cardView(node, connected.get(node.id) ?? [], read.has(node.id), context)]),
  )
}

/** Input ports of a node: required ones and connected ones. */
export function portsOfNode(node: GraphNode, connected: readonly string[]): { ports: string[]; variadic: boolean } {
  const list = inputPorts(node, portsOf)
  if (list === undefined) return { ports: connected.length > 0 ? [...new Set(connected)] : ['x'], variadic: false }
  const further = connected.filter((port) => !list.required.includes(port))
  return { ports: [...list.required, ...[...new Set(further)].sort(comparePorts)], variadic: list.variadic }
}

/** Connected input ports by node id. */
export function connectedPorts(graph: NetworkGraph): Map<string, string[]> {
  const ports = new Map<string, string[]>()
  for (const edge of graph.edges) {
    const list = ports.get(edge.to)
    if (list === undefined) ports.set(edge.to, [edge.port])
    else list.push(edge.port)
  }
  return ports
}

function cardView(node: GraphNode, connected: readonly string[], isRead: boolean, context: CardContext): CardView {
  const report = context.report.get(node.id)
  const problems = context.problems.get(node.id) ?? []
  const errors = problems.filter((problem) => problem.severity === 'error')
  const { ports, variadic } = portsOfNode(node, connected)
  const summary = summaryText(node, context)
  const detail = variadic && summary === '' ? context.t('editor.inputCount', { n: ports.length }) : summary
  const known = findLayer(node.kind) !== undefined || node.kind in blockKinds
  const title = titleOf(node, context)
  const shape = report?.shape === undefined ? '' : formatShape(report.shape)
  const count = report === undefined || report.parameters === 0 ? '' : context.formatCount(report.parameters)
  const first = errors[0] ?? problems[0]
  const view = {
    id: node.id,
    kind: node.kind,
    title,
    glyph: known ? glyphOf(node.kind) : undefined,
    detail,
    count,
    shape,
    assumed: report?.assumed ?? false,
    frozen: !node.trainable,
    errors: errors.length,
    warnings: problems.length - errors.length,
    problem: first === undefined ? '' : context.problemText(first),
    ports,
    variadic,
    full: ports.every((port) => connected.includes(port)),
    hasOutput: !isSink(node),
    open: !isRead && !isSink(node),
    isBlock: isBlock(node),
    height: cardHeight(detail !== '' || count !== '', ports.length),
  }
  return { ...view, spoken: spokenText(view, context) }
}

function titleOf(node: GraphNode, { t }: CardContext): string {
  const block = blockKinds[node.kind]
  return block === undefined ? (findLayer(node.kind)?.title ?? node.kind) : t(block.title)
}

function spokenText(view: Omit<CardView, 'spoken'>, { t }: CardContext): string {
  const parts = [
    view.id,
    view.title,
    view.detail,
    view.shape && view.kind !== BLOCK_OUTPUT ? t('editor.spokenShape', { shape: view.shape }) : '',
    view.count && t('editor.spokenParameters', { count: view.count, n: view.count === '1' ? 1 : 2 }),
    view.frozen ? t('editor.frozen') : '',
    view.problem,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** Merges `next` into `shown`, keeping the identity of equal entries, so that only changed cards redraw. */
export function mergeViews<View extends object>(shown: Map<string, View>, next: ReadonlyMap<string, View>): void {
  for (const id of shown.keys()) if (!next.has(id)) shown.delete(id)
  for (const [id, view] of next) {
    const before = shown.get(id)
    if (before === undefined || !sameView(before, view)) shown.set(id, view)
  }
}

function sameView(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
