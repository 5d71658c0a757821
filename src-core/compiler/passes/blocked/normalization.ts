/**
 * Per-channel arithmetic and batch normalization in the blocked layout, built from its pooling and depthwise kernels.
 */
import type { Value } from '../../../onnx/graph'
import { tensor } from '../../../tensor/dtype'
import { concrete } from '../../../tensor/shape'
import type { BlockedRule } from '../blockLayout'
import type { LayoutBuilder } from './layoutBuilder'

/**
 * Mean over the pixels of every image, then mean or sum over the images: blocked [N, C, H, W] → [C]. Rows are averaged
 * first: the kernel adds numbers sequentially, and two short sums have far less rounding error than one long one.
 */
export function meanOfImages({ b }: LayoutBuilder, blocked: Value, over: 'mean' | 'sum'): Value {
  const [n, channels, , width] = blocked.type.shape.map(concrete) as [number, number, number, number]
  const row = { kernel_shape: [1, width], strides: [1, width] }
  const rows = width > 1 ? b.op('nchwc.AveragePool', [blocked], row)[0]! : blocked
  const images = b.Reshape(b.op('nchwc.GlobalAveragePool', [rows])[0]!, [n, channels])
  return over === 'mean' ? b.ReduceMean(images, [0]) : b.ReduceSum(images, [0])
}

/**
 * x · scale + shift with one number per channel ([C], omitted if neutral): a depthwise 1×1 convolution, one pass at
 * memory speed. Its weights have the same order in both layouts.
 */
export function scaleChannels({ b }: LayoutBuilder, blocked: Value, scale: Value | undefined, shift?: Value): Value {
  const channels = concrete(blocked.type.shape[1])
  const ones = () => b.constant(tensor('float32', [channels], new Array<number>(channels).fill(1)))
  const weight = b.Reshape(scale ?? ones(), [channels, 1, 1, 1])
  const inputs = shift ? [blocked, weight, b.Reshape(shift, [channels])] : [blocked, weight]
  return b.op('nchwc.Conv', inputs, { kernel_shape: [1, 1], group: channels })[0]!
}

/**
 * With given mean and variance: y = x · γ/√(σ² + ε) + (β − μ · γ/√(σ² + ε)), one pass, like ONNX Runtime's own kernel.
 */
const givenStatistics: BlockedRule = (layout, node) => {
  const { b } = layout
  const [scale, shift, mean, variance] = node.inputs.slice(1).map((name) => layout.plain(name))
  const spread = b.Sqrt(b.Add(variance!, b.scalar(node.attributes.epsilon as number)))
  const slope = b.Div(scale!, spread)
  return { blocked: scaleChannels(layout, layout.blocked(node.inputs[0]!), slope, b.Sub(shift!, b.Mul(mean!, slope))) }
}

/**
 * Training form: outputs y, batch mean and population variance. The variance is computed from centered values, which
 * avoids cancellation. Without
 * centering, as in evaluation and in frozen layers, there is one output.
 */
export const blockedBatchNorm: BlockedRule = (layout, node) => {
  const [x, scale, shift] = node.inputs as [string, string, string]
  if (!layout.onlyBlocked(x)) return undefined
  if (node.outputs.length === 1) return givenStatistics(layout, node)
  const { b } = layout
  const image = layout.blocked(x)
  const mean = meanOfImages(layout, image, 'mean')
  const centered = scaleChannels(layout, image, undefined, b.Neg(mean))
  const variance = meanOfImages(layout, b.Mul(centered, centered), 'mean')
  const epsilon = b.scalar(node.attributes.epsilon as number)
  const slope = b.Div(layout.plain(scale), b.Sqrt(b.Add(variance, epsilon)))
  layout.define(node.outputs[1]!, { plain: mean })
  layout.define(node.outputs[2]!, { plain: variance })
  return { blocked: scaleChannels(layout, centered, slope, layout.plain(shift)) }
}
