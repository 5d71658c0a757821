/** 2-D max pooling: the largest value of every window. */
import { pair, text } from '../params/params'
import { defineLayer } from './layer'
import { poolParams, poolSummary, poolWindow } from './pool2d'

export const maxPool2d = defineLayer({
  kind: 'max-pool2d',
  title: 'MaxPool2d',
  category: 'pooling',
  doc: text(
    'Keeps the largest value of every window: smaller images, small shifts forgiven. [N, C, H, W] → [N, C, H′, W′].',
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
  lower(c) {
    const { kernel, stride, dilation, pads } = poolWindow(c, 'MaxPool2d')
    return c.b.MaxPool(c.x, { kernel_shape: kernel, strides: stride, pads, dilations: dilation })
  },
  summary: poolSummary,
})
