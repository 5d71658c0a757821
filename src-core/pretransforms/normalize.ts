/** Normalisation of images: (x / 255 − mean) / std by channel, as torchvision's ToTensor and Normalize do together. */
import type { ColumnStatistics } from '../data/facts'
import { fail } from '../problems/problem'
import { list, text } from '../params/params'
import { tensor } from '../tensor/dtype'
import { divisorOf } from './deviation'
import { defineSampleTransform } from './preTransform'

export const normalize = defineSampleTransform({
  kind: 'normalize',
  on: 'sample',
  title: text('Normalize', '归一化'),
  doc: text(
    'Scales pixels to 0…1, then subtracts the mean of each channel and divides by its standard deviation.',
    '把像素缩放到 0…1，再按通道减去均值并除以标准差。',
  ),
  params: {
    mean: list(text('Mean', '均值'), {
      default: null,
      min: 0,
      integer: false,
      optional: true,
      doc: text(
        'Mean of each channel on the scale 0…1; null takes it from the training split.',
        '各通道的均值（0…1 尺度）；null 表示由训练集计算。',
      ),
    }),
    std: list(text('Standard deviation', '标准差'), {
      default: null,
      min: 1e-6,
      integer: false,
      optional: true,
      doc: text(
        'Standard deviation of each channel on the scale 0…1; null takes it from the training split.',
        '各通道的标准差（0…1 尺度）；null 表示由训练集计算。',
      ),
    }),
  },
  fit({ dtype, channels }, params) {
    if (dtype !== 'uint8' || !channels) {
      return fail({
        code: 'data-preprocess',
        place: { param: 'data.preprocess' },
        message: 'normalize works on images.',
        expected: 'pixels from 0 to 255',
        received: 'a table or pixels that are normalized already',
        fix: 'For a table use standardize; for images keep one normalize.',
      })
    }
    return {
      mean: byChannel(params.mean, 'mean', channels.length) ?? channels.map(({ mean }) => mean / 255),
      std: byChannel(params.std, 'std', channels.length) ?? channels.map(fittedStd),
    }
  },
  result: ({ shape }) => ({ dtype: 'float32', shape }),
  lower(b, x, { mean, std }) {
    const shape = [mean.length, ...x.type.shape.slice(2).map(() => 1)]
    // (x / 255 − mean) / std with the two divisions as one product.
    const scale = std.map((value) => 1 / (255 * value))
    const shift = mean.map((value, channel) => value / std[channel]!)
    const scaled = b.Mul(b.Cast(x, { to: 'float32' }), b.constant(tensor('float32', shape, scale)))
    return b.Sub(scaled, b.constant(tensor('float32', shape, shift)))
  },
})

/** On the scale 0…1; a channel that never changes is only shifted. */
function fittedStd(channel: ColumnStatistics): number {
  return channel.min === channel.max ? 1 : divisorOf(channel) / 255
}

/** The given numbers, one a channel; a single number serves all channels. */
function byChannel(values: readonly number[] | null, name: string, channels: number): readonly number[] | undefined {
  if (values === null) return undefined
  if (values.length === channels) return values
  if (values.length === 1) return new Array<number>(channels).fill(values[0]!)
  return fail({
    code: 'data-preprocess',
    place: { param: `data.preprocess.normalize.${name}` },
    message: `normalize: ${name} does not fit the images.`,
    expected: `1 or ${channels} numbers`,
    received: `${values.length} numbers`,
    fix: 'Give one number a channel, or null to take them from the training split.',
  })
}
