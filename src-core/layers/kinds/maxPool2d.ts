/** 2-D max pooling: the largest value of every window. */
import { pair, text } from '../../params/params'
import { defineLayer } from '../layer'
import { poolFacts, poolParams, poolSummary, poolWindow } from '../pool2d'

/** A value for no pixel: below all others, and finite, so that 0 times it is 0. */
const LOWEST = -3.4e38

export const maxPool2d = defineLayer({
  kind: 'max-pool2d',
  title: 'MaxPool2d',
  category: 'pooling',
  doc: text(
    'Keeps the largest value of every window: shrinks the image and tolerates small shifts. [N, C, H, W] → [N, C, H′, W′].',
    '保留每个窗口的最大值：图像变小，并容忍小的平移。[N, C, H, W] → [N, C, H′, W′]。',
  ),
  formula: 'out = ⌊(in + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1',
  params: {
    ...poolParams,
    dilation: pair(text('Dilation', '膨胀'), {
      default: 1,
      min: 1,
      doc: text('Spacing between the taps of the window.', '窗口各点之间的间距。'),
    }),
  },
  ports: ['x'],
  ...poolFacts,
  lower(c) {
    const { kernel, stride, dilation, pads } = poolWindow(c, 'MaxPool2d')
    const window = { kernel_shape: kernel, strides: stride, dilations: dilation }
    if (pads.every((pad, i) => pad < kernel[i % 2]!)) return c.b.MaxPool(c.x, { ...window, pads })
    // Rounding up a dilated window extends further over the edge than the MaxPool kernel may.
    const [top, left, bottom, right] = pads as [number, number, number, number]
    return c.b.MaxPool(c.b.Pad(c.x, [0, 0, top, left, 0, 0, bottom, right], LOWEST), window)
  },
  summary: poolSummary,
})
