/** Operators that move elements, in blocked order. */
import { concrete } from '../../../tensor/shape'
import type { BlockedRule } from '../blockLayout'
import { meanOfImages } from './normalization'

const numbers = (data: ArrayLike<number | bigint> | undefined) => (data ? Array.from(data, Number) : [])

/** NCHW → NHWC: free if one block holds all channels, otherwise one fast conversion. */
export const blockedTranspose: BlockedRule = (layout, node) => {
  const [x] = node.inputs as [string]
  if (!layout.onlyBlocked(x) || (node.attributes.perm as readonly number[]).join() !== '0,2,3,1') return undefined
  const [n, channels, height, width] = layout.shape(x).map(concrete) as [number, number, number, number]
  if (channels === layout.block) return { plain: layout.b.Reshape(layout.blocked(x), [n, height, width, channels]) }
  return { plain: layout.b.op('nchwc.ReorderOutput', [layout.blocked(x)], { channels, channels_last: 1 })[0]! }
}

/** Sum over batch and pixels, per channel: the pooling kernel averages the pixels, which leaves only [N, C] to sum. */
export const blockedReduceSum: BlockedRule = (layout, node) => {
  const [x, axes] = node.inputs as [string, string]
  if (!layout.onlyBlocked(x) || numbers(layout.source.initializers.get(axes)?.data).join() !== '0,2,3') return undefined
  const [, , height, width] = layout.shape(x).map(concrete) as [number, number, number, number]
  const sum = layout.b.Mul(meanOfImages(layout, layout.blocked(x), 'sum'), layout.b.scalar(height * width))
  return { plain: layout.b.Reshape(sum, layout.shape(node.outputs[0]!).map(concrete)) }
}

/** Along channels whole blocks follow one another, so concatenation works on the declared shape. */
export const blockedConcat: BlockedRule = (layout, node) => {
  if (node.attributes.axis !== 1 || !node.inputs.every((name) => layout.canBlock(name))) return undefined
  if (!node.inputs.some((name) => layout.onlyBlocked(name))) return undefined
  return {
    blocked: layout.b.Concat(
      node.inputs.map((name) => layout.blocked(name)),
      { axis: 1 },
    ),
  }
}

/**
 * Pad and Slice along height and width work on [N, C/B, H, W, B]; Slice along whole blocks of channels works unchanged.
 */
export const blockedWindow: BlockedRule = (layout, node) => {
  const [x, ...rest] = node.inputs as [string, ...string[]]
  if (!layout.onlyBlocked(x)) return undefined
  const constants = rest.map((name) => numbers(layout.source.initializers.get(name)?.data))
  const { b, block } = layout
  if (node.op === 'Pad') {
    const [pads, value] = constants as [number[], number[]]
    if ([0, 1, 4, 5].some((i) => pads[i] !== 0)) return undefined
    return {
      blocked: layout.unview(
        b.Pad(layout.view(layout.blocked(x)), [...pads.slice(0, 4), 0, ...pads.slice(4), 0], value[0] ?? 0),
      ),
    }
  }
  const [starts, ends, axes, steps] = constants as [number[], number[], number[], number[]]
  if (axes.join() === '2,3')
    return { blocked: layout.unview(b.Slice(layout.view(layout.blocked(x)), starts, ends, axes, steps)) }
  const wholeBlocks = axes.join() === '1' && steps[0] === 1 && starts[0]! >= 0 && starts[0]! % block === 0
  if (!wholeBlocks || !layout.canBlock(node.outputs[0]!)) return undefined
  return { blocked: b.Slice(layout.blocked(x), starts, ends, axes) }
}
