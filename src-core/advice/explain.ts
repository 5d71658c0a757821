/** What a layer computes and costs, with its own numbers: the arithmetic behind every number in the window. */
import { expandBlocks } from '../graph/blocks'
import { comparePorts } from '../graph/ports'
import type { GraphNode, NetworkGraph } from '../graph/project'
import { findLayer } from '../layers/index'
import { windowArithmetic } from '../layers/window'
import { checkParams } from '../params/params'
import { formatProduct, formatShape, type Shape } from '../tensor/shape'
import type { LayerReport, NetworkReport } from '../compiler/analyze'
import { receptiveFields, windowOf, type ReceptiveField } from './receptiveField'

/** What a row describes; the window has its name in both languages. */
export type FigureKind =
  | 'height-width'
  | 'height'
  | 'width'
  | 'features'
  | 'channels'
  | 'elements'
  | 'shape'
  | 'parameters'
  | 'macs'
  | 'memory'
  | 'field'

/** One number with the computation behind it. */
export interface Figure {
  readonly kind: FigureKind
  /** The computation with the layer's numbers, without its result: `⌊(14 + 2·1 − 3) / 1⌋ + 1`. */
  readonly arithmetic: string
  readonly value: number | string
  readonly unit?: 'bytes'
  /** Fraction of the whole network, 0 to 1. */
  readonly share?: number
}

/** A window sliding along one axis. */
export interface WindowDrawing {
  readonly size: number
  readonly before: number
  readonly after: number
  readonly kernel: number
  readonly dilation: number
  readonly stride: number
  readonly out: number
}

export interface Explanation {
  readonly formula: string
  readonly figures: readonly Figure[]
  readonly window?: WindowDrawing
}

/**
 * Explains layer `id` of the expanded network (`conv1`, `block1.0.conv1`); undefined if the layer or the shapes
 * around it are unknown.
 */
export function explainLayer(graph: NetworkGraph, report: NetworkReport, id: string): Explanation | undefined {
  if (!report.layers.some((layer) => layer.id === id)) return undefined
  const expanded = expandBlocks(graph)
  const node = expanded.nodes.find((candidate) => candidate.id === id)
  const definition = node && findLayer(node.kind)
  const layers = new Map(report.layers.map((layer) => [layer.id, layer]))
  const layer = layers.get(id)
  if (!node || !definition || layer?.shape === undefined || layer.assumed) return undefined
  const inputs = expanded.edges
    .filter(({ to }) => to === id)
    .sort((a, b) => comparePorts(a.port, b.port))
    .map(({ from }) => layers.get(from)?.shape)
    .filter((shape) => shape !== undefined)
  const fields = receptiveFields(expanded, (other) => layers.get(other)?.shape)
  const window = drawing(node, inputs[0], layer.shape)
  return {
    formula: definition.formula,
    figures: [
      ...sizeFigures(node, inputs, layer.shape),
      ...costFigures(layer, report, node.kind),
      ...fieldFigure(fields.get(id)),
    ],
    ...(window && { window }),
  }
}

function sizeFigures(node: GraphNode, inputs: readonly Shape[], shape: Shape): Figure[] {
  const [input] = inputs
  if (!input) return []
  const windows = ([0, 1] as const).map((axis) => windowFigure(node, input, shape, axis)).filter((f) => f !== undefined)
  if (windows.length === 2) {
    const [height, width] = windows as [Figure, Figure]
    const isSquare = height.arithmetic === width.arithmetic && height.value === width.value
    return isSquare ? [{ ...height, kind: 'height-width' }] : [height, width]
  }
  const definition = findLayer(node.kind)
  const size = definition?.size?.(inputs, shape, checkParams(definition.params, node.params, node.id, {}).values)
  if (size) return [size]
  return [{ kind: 'shape', arithmetic: [...new Set(inputs.map(formatShape))].join(', '), value: formatShape(shape) }]
}

function windowFigure(node: GraphNode, input: Shape, shape: Shape, axis: 0 | 1): Figure | undefined {
  const window = windowOf(node)
  if (!window || input.length !== 4) return undefined
  return {
    kind: axis === 0 ? 'height' : 'width',
    arithmetic: windowArithmetic(input[axis + 2]!, window, axis),
    value: shape[axis + 2]!,
  }
}

/** The window along the width. */
function drawing(node: GraphNode, input: Shape | undefined, shape: Shape): WindowDrawing | undefined {
  const window = windowOf(node)
  if (!window || input?.length !== 4) return undefined
  const { before, after, kernel, dilation, stride } = window
  return {
    size: input[3] as number,
    before: before[1],
    after: after[1],
    kernel: kernel[1],
    dilation: dilation[1],
    stride: stride[1],
    out: shape[3] as number,
  }
}

function costFigures(layer: LayerReport, { totals }: NetworkReport, kind: string): Figure[] {
  const { parameters, macs, activationBytes, shape = [] } = layer
  const share = (part: number, whole: number): { share?: number } => (whole > 0 ? { share: part / whole } : {})
  const figures: Figure[] = []
  if (parameters > 0) {
    const arithmetic = layer.weights.map((weight) => formatProduct(weight.shape)).join(' + ')
    figures.push({ kind: 'parameters', arithmetic, value: parameters, ...share(parameters, totals.parameters) })
  }
  if (macs > 0) {
    figures.push({ kind: 'macs', arithmetic: macArithmetic(layer, kind), value: macs, ...share(macs, totals.macs) })
  }
  const arithmetic = `${formatProduct(shape.slice(1))}·4 B`
  figures.push({ kind: 'memory', arithmetic, value: activationBytes, unit: 'bytes' })
  return figures
}

/** Every output value is a sum over one filter (convolutions) or over all inputs (dense layers). */
function macArithmetic({ shape = [], weights, macs }: LayerReport, kind: string): string {
  const weight = weights.find(({ name }) => name.endsWith('.weight'))
  const map = findLayer(kind)?.linearMap
  if (!weight || map === undefined || map === 'fixed') return String(macs)
  const places = map === 'dense' ? shape.slice(1, -1) : shape.slice(2)
  return formatProduct([...places, ...weight.shape])
}

function fieldFigure(field: ReceptiveField | undefined): Figure[] {
  if (!field?.window || field.size === 'all') return []
  const { before, step, kernel, dilation } = field.window
  const [height, width] = ([0, 1] as const).map((axis) => {
    const gap = dilation[axis] === 1 ? '' : `·${dilation[axis]}`
    return `${before[axis]} + (${kernel[axis]} − 1)${gap}·${step[axis]}`
  })
  const arithmetic = height === width ? height! : `${height}, ${width}`
  return [{ kind: 'field', arithmetic, value: `${field.size[0]} × ${field.size[1]}` }]
}
