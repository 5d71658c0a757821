/** How much of the input one output value of every layer can see: (size and step per axis, after Araujo et al. 2019). */
import { topologicalOrder } from '../graph/order'
import { comparePorts } from '../graph/ports'
import type { GraphNode, NetworkGraph } from '../graph/project'
import { findLayer } from '../layers/index'
import { asPair, checkParams } from '../params/params'
import type { Shape } from '../tensor/shape'

type Pair = readonly [number, number]

export interface ReceptiveField {
  /** Height and width in input pixels; `all` where every value sees the whole sample. */
  readonly size: Pair | 'all'
  /** Distance in input pixels between neighbouring values. */
  readonly step: Pair
  /** What the layer's own window adds, where it has one. */
  readonly window?: { readonly before: Pair; readonly step: Pair; readonly kernel: Pair; readonly dilation: Pair }
}

/** Layers whose values each depend on one value at the same place. */
const pointwise: ReadonlySet<string> = new Set([
  'output',
  'relu',
  'leaky-relu',
  'elu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
  'batch-norm1d',
  'batch-norm2d',
  'dropout',
  'flatten',
])

/**
 * Receptive fields by layer id of an expanded network on images; empty for samples that are no images. Layers that mix values in
 * another way (a reshape, a softmax over pixels) and whatever follows them have none.
 */
export function receptiveFields(
  graph: NetworkGraph,
  shapeOf: (id: string) => Shape | undefined,
): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>()
  for (const node of topologicalOrder(graph)) {
    const shape = shapeOf(node.id)
    if (node.kind === 'input') {
      if (shape?.length === 4) fields.set(node.id, { size: [1, 1], step: [1, 1] })
      continue
    }
    const sources = graph.edges
      .filter(({ to }) => to === node.id)
      .sort((a, b) => comparePorts(a.port, b.port))
      .map(({ from }) => fields.get(from))
    const known = sources.filter((field) => field !== undefined)
    if (known.length === 0 || known.length < sources.length) continue
    const field = fieldBehind(node, known, shape)
    if (field !== undefined) fields.set(node.id, field)
  }
  return fields
}

function fieldBehind(node: GraphNode, sources: readonly ReceptiveField[], shape?: Shape): ReceptiveField | undefined {
  const first = sources[0]!
  if (node.kind === 'add' || node.kind === 'concat') return widest(sources)
  if (node.kind === 'linear' && shape?.length === 2) return { size: 'all', step: first.step }
  if (node.kind === 'adaptive-avg-pool2d' && shape?.slice(2).every((size) => size === 1))
    return { size: 'all', step: [1, 1] }
  if (pointwise.has(node.kind)) return { size: first.size, step: first.step }
  const window = windowOf(node)
  if (window === undefined) return undefined
  const { kernel, stride, dilation } = window
  const each = (make: (axis: 0 | 1) => number): Pair => [make(0), make(1)]
  const step = each((axis) => first.step[axis] * stride[axis])
  const { size } = first
  if (size === 'all') return { size, step }
  return {
    size: each((axis) => size[axis] + (kernel[axis] - 1) * dilation[axis] * first.step[axis]),
    step,
    window: { before: size, step: first.step, kernel, dilation },
  }
}

function widest(fields: readonly ReceptiveField[]): ReceptiveField {
  const step = fields[0]!.step
  if (fields.some(({ size }) => size === 'all')) return { size: 'all', step }
  const sizes = fields.map(({ size }) => size as Pair)
  return { size: [Math.max(...sizes.map(([height]) => height)), Math.max(...sizes.map(([, width]) => width))], step }
}

/** The window that a layer slides over an image, with the values in force. */
export function windowOf(
  node: GraphNode,
):
  | { readonly kernel: Pair; readonly stride: Pair; readonly dilation: Pair; readonly padding: Pair | 'same' }
  | undefined {
  const definition = findLayer(node.kind)
  if (definition?.params.kernelSize === undefined) return undefined
  const values = checkParams(definition.params, node.params, node.id, {}).values as Readonly<Record<string, unknown>>
  const kernel = asPair(values.kernelSize as number)
  return {
    kernel,
    stride: values.stride === null ? kernel : asPair(values.stride as number),
    dilation: asPair((values.dilation ?? 1) as number),
    padding: values.padding === 'same' ? 'same' : asPair((values.padding ?? 0) as number),
  }
}
