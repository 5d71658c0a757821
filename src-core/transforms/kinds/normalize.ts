/**
 * Normalization of images: subtracts the mean of each channel and divides by its deviation, like torchvision's
 * Normalize.
 */
import type { ColumnStatistics } from '../../data/facts'
import { list, text } from '../../params/params'
import { divisorOf } from '../../pretransforms/deviation'
import { tensor } from '../../tensor/dtype'
import { floatPixels, settledPixels } from '../pixels/image'
import { defineTransform, type Refuse } from '../transform'

const fromTraining = text('from training', '取自训练集')

export const normalize = defineTransform({
  kind: 'normalize',
  title: 'Normalize',
  group: 'scale',
  doc: text(
    'Subtracts the mean of each channel and divides by its standard deviation, on the scale 0…1.',
    '按通道减去均值并除以标准差（0…1 尺度）。',
  ),
  params: {
    mean: list(text('Mean', '均值'), {
      default: null,
      min: 0,
      integer: false,
      optional: true,
      unset: fromTraining,
      doc: text(
        'Mean of each channel on the scale 0…1; null computes it from the training split.',
        '各通道的均值（0…1 尺度）；null 表示由训练集计算。',
      ),
    }),
    std: list(text('Standard deviation', '标准差'), {
      default: null,
      min: 1e-6,
      integer: false,
      optional: true,
      unset: fromTraining,
      doc: text(
        'Standard deviation of each channel on the scale 0…1; null computes it from the training split.',
        '各通道的标准差（0…1 尺度）；null 表示由训练集计算。',
      ),
    }),
  },
  light: () => true,
  check([channels], { mean, std }, refuse) {
    checkLength(mean, 'mean', channels, refuse)
    checkLength(std, 'std', channels, refuse)
    return undefined
  },
  fit: (channels, params, [count]) => ({
    mean: byChannel(params.mean, count) ?? channels.map(({ mean }) => mean),
    std: byChannel(params.std, count) ?? channels.map(fittedStd),
  }),
  scale: ({ mean = [], std = [] }) => mean.map((offset, channel) => ({ factor: std[channel]!, offset })),
  lower({ b, image, fitted }) {
    const { mean, std } = fitted as { mean: readonly number[]; std: readonly number[] }
    const byChannel = (values: readonly number[]) => b.constant(tensor('float32', [values.length, 1, 1], values))
    const pixels = settledPixels(b, image)
    // Bytes are scaled and divided in one multiplication: (x / 255 − mean) / std.
    const isBytes = pixels.type.dtype === 'uint8'
    const x = isBytes ? b.Cast(pixels, { to: 'float32' }) : floatPixels(b, { pixels })
    const scaled = b.Mul(x, byChannel(std.map((value) => 1 / ((isBytes ? 255 : 1) * value))))
    return { pixels: b.Sub(scaled, byChannel(mean.map((value, channel) => value / std[channel]!))) }
  },
})

/** A constant channel is only shifted. */
function fittedStd(channel: ColumnStatistics): number {
  return channel.min === channel.max ? 1 : divisorOf(channel)
}

/** The given numbers, one per channel; a single number applies to all channels. */
function byChannel(values: readonly number[] | null, channels: number): readonly number[] | undefined {
  if (values === null) return undefined
  return values.length === channels ? values : new Array<number>(channels).fill(values[0]!)
}

function checkLength(values: readonly number[] | null, name: string, channels: number, refuse: Refuse): void {
  if (values === null || values.length === channels || values.length === 1) return
  refuse('numbers', { name, channels, count: values.length }, name)
}
