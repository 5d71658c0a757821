/** Shared code of the batch normalization layers (Ioffe and Szegedy 2015). */
import type { Value } from '../onnx/graph'
import { flag, real, text, type ParamValues } from '../params/params'
import { tensor } from '../tensor/dtype'
import { concrete } from '../tensor/shape'
import type { LowerContext } from './layer'

export const batchNormParams = {
  eps: real(text('Epsilon', 'ε'), {
    default: 1e-5,
    min: 1e-12,
    max: 1,
    doc: text('Added to the variance to avoid division by zero.', '加在方差上，避免除以零。'),
  }),
  momentum: real(text('Momentum', '动量'), {
    default: 0.1,
    min: 0,
    max: 1,
    doc: text('Weight of the new batch in the running mean and variance.', '新批次在滑动均值与方差中的权重。'),
  }),
  affine: flag(text('Scale and shift', '缩放与平移'), {
    default: true,
    doc: text('Learns a scale and a shift per channel.', '为每个通道学习缩放与平移。'),
  }),
}

/** What both kinds say of themselves. */
export const batchNormFacts = {
  family: 'batch-norm',
  spatial: 'pointwise',
  width: 'kept',
  linearMap: 'fixed',
  centersChannels: true,
} as const

type Context = LowerContext<ParamValues<typeof batchNormParams>>

/** A constant of ones or zeros for layers without learned scale and shift. */
const filled = (c: Context, channels: number, value: number) =>
  c.b.constant(tensor('float32', [channels], new Array<number>(channels).fill(value)))

/** Documentation for both kinds, for users who freeze layers. */
export const frozenDoc = text(
  'When frozen, it keeps its running mean and variance and normalizes with them in training too. Training needs 2 or more values per channel in a batch.',
  '冻结后保持滑动均值与方差不变，训练时也用它们归一化。训练时每批每个通道至少要有 2 个值。',
)

/**
 * Training: y = γ·(x − μ)/√(σ² + ε) + β with the batch's mean and variance; the running statistics move by `momentum`,
 * the variance unbiased as in PyTorch. Evaluation, and training while the layer is frozen (as in Keras): the same with
 * the
 * running statistics, which stay unchanged.
 */
export function lowerBatchNorm(c: Context): Value {
  const { shape } = c.x.type
  const channels = concrete(shape[1])
  const scale = c.params.affine ? c.weight('weight', [channels], { kind: 'ones' }) : filled(c, channels, 1)
  const shift = c.params.affine ? c.weight('bias', [channels], { kind: 'zeros' }) : filled(c, channels, 0)
  const mean = c.statistic('running_mean', [channels], 0)
  const variance = c.statistic('running_var', [channels], 1)
  if (c.trainable)
    c.needsBatch(
      shape
        .slice(2)
        .map(concrete)
        .every((size) => size === 1)
        ? 2
        : 1,
    )
  if (!c.training || !c.trainable)
    return c.b.BatchNormalization(c.x, scale, shift, mean.value, variance.value, { epsilon: c.params.eps })

  const [y, batchMean, batchVariance] = c.target.portable
    ? decomposed(c, scale, shift)
    : fused(c, scale, shift, mean.value, variance.value)
  const count = shape.map(concrete).reduce((a, b) => a * b, 1) / channels
  const { momentum } = c.params
  const move = (old: Value, now: Value, factor: number) => {
    const moved = c.b.Mul(now, c.b.scalar(momentum * factor))
    // At momentum 1 nothing of the old value is left; 0 · old would be the very value the kernel below overwrites.
    return momentum === 1 ? moved : c.b.Add(c.b.Mul(old, c.b.scalar(1 - momentum)), moved)
  }
  mean.update(move(mean.value, batchMean, 1))
  variance.update(move(variance.value, batchVariance, count / (count - 1)))
  return y
}

type Normalized = [y: Value, mean: Value, variance: Value]

/**
 * One kernel; momentum 0 makes its "running" outputs the batch's own mean and population variance. The kernel writes
 * them
 * over its running inputs in place, even if these have other readers (src-core/onnx/overwrites.ts), so it gets separate
 * values.
 */
function fused(c: Context, scale: Value, shift: Value, mean: Value, variance: Value): Normalized {
  const own = (value: Value) => c.b.Mul(value, c.b.scalar(0))
  const attributes = { training_mode: 1, momentum: 0, epsilon: c.params.eps }
  return c.b.op('BatchNormalization', [c.x, scale, shift, own(mean), own(variance)], attributes, 3) as Normalized
}

/** The same from operators every provider has. */
function decomposed(c: Context, scale: Value, shift: Value): Normalized {
  const rank = c.x.type.shape.length
  const axes = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 1)
  const channels = scale.type.shape[0] as number
  const perChannel = (v: Value) => c.b.Reshape(v, [1, channels, ...new Array<number>(rank - 2).fill(1)])
  const mean = c.b.ReduceMean(c.x, axes, 1)
  const centered = c.b.Sub(c.x, mean)
  const variance = c.b.ReduceMean(c.b.Mul(centered, centered), axes, 1)
  const spread = c.b.Sqrt(c.b.Add(variance, c.b.scalar(c.params.eps)))
  const y = c.b.Add(c.b.Mul(c.b.Div(centered, spread), perChannel(scale)), perChannel(shift))
  return [y, c.b.Reshape(mean, [channels]), c.b.Reshape(variance, [channels])]
}
