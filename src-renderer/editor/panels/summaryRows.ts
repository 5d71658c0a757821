/** The model summary as rows and as text: what `print(model)` and `named_parameters()` show. */
import { textIn, type Language } from '#core/base/text'
import type { LayerReport, NetworkReport } from '#core/compiler/analyze'
import { locateNode } from '#core/graph/blocks'
import { isBlock } from '#core/graph/kinds'
import type { GraphNode, NetworkGraph } from '#core/graph/project'
import { findInitializer } from '#core/initializers/index'
import { formatShape } from '#core/tensor/shape'

export interface SummaryRow {
  /** `conv1`, or `block1.0.conv1` inside a block. */
  readonly id: string
  readonly kind: string
  /** Position in order of computation. */
  readonly order: number
  readonly shape: string
  readonly assumed: boolean
  /** Shapes of the weights: `32×16×3×3, 32`. */
  readonly weights: string
  readonly initializers: string
  readonly parameters: number
  readonly macs: number
  /** Bytes of the outputs of one batch. */
  readonly memory: number
  /** The layer's own switch; the blocks around it may still freeze it. */
  readonly trainable: boolean
  readonly frozenAround: boolean
}

export interface SummarySource {
  readonly graph: NetworkGraph
  readonly report: NetworkReport
  readonly batchSize: number
  readonly titleOf: (kind: string) => string
  readonly language: Language
}

export function summaryRows({ graph, report, batchSize, titleOf, language }: SummarySource): SummaryRow[] {
  return report.layers.map((layer, order) => {
    const { node, frozenAround } = findNode(graph, layer.id)
    return {
      id: layer.id,
      kind: titleOf(layer.kind),
      order,
      shape: layer.shape ? formatShape(layer.shape) : '–',
      assumed: layer.assumed,
      weights: layer.weights.map(({ shape }) => shape.join('×')).join(', '),
      initializers: initializersOf(layer, language),
      parameters: layer.parameters,
      macs: layer.macs,
      memory: layer.activationBytes * batchSize,
      trainable: node?.trainable ?? true,
      frozenAround,
    }
  })
}

/** Titles of the initializers, each once. */
function initializersOf({ weights }: LayerReport, language: Language): string {
  const titles = weights.map(({ initializer }) => {
    const title = findInitializer(initializer)?.title
    return title === undefined ? initializer : textIn(title, language)
  })
  return [...new Set(titles)].join(', ')
}

function findNode(graph: NetworkGraph, expandedId: string): { node: GraphNode | undefined; frozenAround: boolean } {
  const { scope, id } = locateNode(expandedId)
  let level: NetworkGraph | undefined = graph
  let frozenAround = false
  for (const name of scope) {
    const block: GraphNode | undefined = level?.nodes.find((node) => node.id === name)
    frozenAround ||= block?.trainable === false
    level = block && isBlock(block) ? block.graph : undefined
  }
  return { node: level?.nodes.find((node) => node.id === id), frozenAround }
}

export interface SummaryTotal {
  readonly name: string
  readonly value: string
}

/** The table as plain text, columns padded with spaces; full-width characters count as two. */
export function plainTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  totals: readonly SummaryTotal[],
): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...lines.map((line) => line[column] ?? '')].map(widthOf)),
  )
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1)))
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padded(cell, widths[column]!))
      .join('  ')
      .trimEnd()
  const nameWidth = Math.max(...totals.map(({ name }) => widthOf(name)))
  return [
    row(head),
    rule,
    ...lines.map(row),
    rule,
    ...totals.map(({ name, value }) => `${padded(name, nameWidth)}  ${value}`),
    '',
  ].join('\n')
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u1100-\u115f\u2e80-\uffe6]/.test(character) ? 2 : 1), 0)
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))
