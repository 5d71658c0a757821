/** Conv in the blocked layout. The weights are reordered in every step: a few percent of the work. */
import type { Value } from '../../../onnx/graph'
import { concrete } from '../../../tensor/shape'
import type { BlockedRule } from '../blockLayout'
import type { LayoutBuilder } from './layoutBuilder'

interface Weights {
  readonly filters: number
  readonly perGroup: number
  readonly kernel: readonly [number, number]
}

/** [O, C, kh, kw] → blocks of output channels outermost, containing blocks of input channels (OIHWBiBo). */
function blockBoth({ b, block }: LayoutBuilder, weight: Value, { filters, perGroup, kernel }: Weights): Value {
  const split = b.Reshape(weight, [filters / block, block, perGroup / block, block, ...kernel])
  return b.Reshape(b.Transpose(split, [0, 2, 4, 5, 3, 1]), [filters, perGroup, ...kernel])
}

/** For inputs with fewer channels than a block, which are read in plain order (OIHWBo). */
function blockFilters({ b, block }: LayoutBuilder, weight: Value, { filters, perGroup, kernel }: Weights): Value {
  const split = b.Reshape(weight, [filters / block, block, perGroup, ...kernel])
  return b.Reshape(b.Transpose(split, [0, 2, 3, 4, 1]), [filters, perGroup, ...kernel])
}

export const blockedConvolution: BlockedRule = (layout, node) => {
  const [x, w, bias] = node.inputs as [string, string, string | undefined]
  const [filters, perGroup, ...kernel] = layout.shape(w).map(concrete) as [number, number, number, number]
  const channels = concrete(layout.shape(x)[1])
  const groups = (node.attributes.group as number | undefined) ?? 1
  const { block } = layout
  const fits = (count: number) => count % block === 0
  const depthwise = groups > 1 && perGroup === 1 && filters === channels
  const few = groups === 1 && channels < block
  if (
    !fits(filters) ||
    (depthwise ? !fits(channels) : groups > 1 ? !fits(perGroup) || !fits(filters / groups) : !few && !fits(channels))
  )
    return undefined
  const weights = { filters, perGroup, kernel }
  const weight = layout.plain(w)
  // A depthwise weight has one input channel, so it has the same order as a weight read by plain channels.
  const blockedWeight = few || depthwise ? blockFilters(layout, weight, weights) : blockBoth(layout, weight, weights)
  const inputs = [few ? layout.plain(x) : layout.blocked(x), blockedWeight, ...(bias ? [layout.plain(bias)] : [])]
  const blocked = layout.b.op('nchwc.Conv', inputs, { ...node.attributes, kernel_shape: kernel })[0]!
  return { blocked }
}
