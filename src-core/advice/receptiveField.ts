/** How much of the input one output value of every layer can see: (size and step per axis, after Araujo et al. 2019). */
import { INPUT } from '../graph/kinds'
import { topologicalOrder } from '../graph/order'
import { comparePorts } from '../graph/ports'
import type { GraphNode, NetworkGraph } from '../graph/project'
import { findLayer } from '../layers/index'
import type { Spatial } from '../layers/layer'
import type { SizePair, SlidingWindow } from '../layers/window'
import { checkParams } from '../params/params'
import type { Shape } from '../tensor/shape'

export interface ReceptiveField {
  /** Height and width in input pixels; `all` if every value sees the whole sample. */
  readonly size: SizePair | 'all'
  /** Distance in input pixels between neighboring values. */
  readonly step: SizePair
  /** The contribution of the layer's own window, if it has one. */
  readonly window?: {
    readonly before: SizePair
    readonly step: SizePair
    readonly kernel: SizePair
    readonly dilation: SizePair
  }
}

/**
 * Receptive fields by layer id of an expanded network on images; empty for other samples. Layers that mix values in
 * another way (a reshape, a softmax over pixels), and all layers after them, have none.
 */
export function receptiveFields(
  graph: NetworkGraph,
  shapeOf: (id: string) => Shape | undefined,
): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>()
  for (const node of topologicalOrder(graph)) {
    const shape = shapeOf(node.id)
    if (node.kind === INPUT) {
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
  const spatial = spatialOf(node, shape)
  if (spatial === 'pointwise') return widest(sources)
  if (spatial === 'global') return { size: 'all', step: first.step }
  const window = spatial === 'window' ? windowOf(node) : undefined
  if (window === undefined) return undefined
  const { kernel, stride, dilation } = window
  const each = (make: (axis: 0 | 1) => number): SizePair => [make(0), make(1)]
  const step = each((axis) => first.step[axis] * stride[axis])
  const { size } = first
  if (size === 'all') return { size, step }
  return {
    size: each((axis) => size[axis] + (kernel[axis] - 1) * dilation[axis] * first.step[axis]),
    step,
    window: { before: size, step: first.step, kernel, dilation },
  }
}

/** What a layer says of itself; `mixed` where that depends on a shape that is not known. */
function spatialOf(node: GraphNode, shape: Shape | undefined): Spatial | undefined {
  const spatial = findLayer(node.kind)?.spatial
  if (typeof spatial !== 'function') return spatial
  return shape === undefined ? 'mixed' : spatial(shape)
}

function widest(fields: readonly ReceptiveField[]): ReceptiveField {
  const step = fields[0]!.step
  if (fields.some(({ size }) => size === 'all')) return { size: 'all', step }
  const sizes = fields.map(({ size }) => size as SizePair)
  return { size: [Math.max(...sizes.map(([height]) => height)), Math.max(...sizes.map(([, width]) => width))], step }
}

/** The window a layer slides over an image, with its effective values. */
export function windowOf(node: GraphNode): SlidingWindow | undefined {
  const definition = findLayer(node.kind)
  return definition?.window?.(checkParams(definition.params, node.params, node.id, {}).values)
}
