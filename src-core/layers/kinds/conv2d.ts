/** 2-D convolution: slides learned kernels over an image. */
import { concrete } from '../../tensor/shape'
import { flag, integer, pair, text } from '../../params/params'
import { requireRank, windowOutput } from '../checks'
import { defineLayer } from '../layer'
import { slidingWindow } from '../window'

const ranks = [4]

export const conv2d = defineLayer({
  kind: 'conv2d',
  title: 'Conv2d',
  category: 'convolution',
  doc: text(
    'Slides learned kernels over an image; each filter responds to one pattern. [N, C, H, W] → [N, filters, H′, W′].',
    '用可学习的卷积核在图像上滑动，每个滤波器对应一种图案。[N, C, H, W] → [N, filters, H′, W′]。',
  ),
  formula: 'out = ⌊(in + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1',
  params: {
    outChannels: integer(text('Filters', '滤波器数'), {
      default: 16,
      min: 1,
      max: 65536,
      doc: text('Number of kernels, which is also the number of output channels.', '卷积核的个数，即输出通道数。'),
    }),
    kernelSize: pair(text('Kernel', '卷积核'), {
      default: 3,
      min: 1,
      doc: text('Height and width of the kernel; 3 suits most networks.', '卷积核的高与宽；多数网络取 3。'),
    }),
    stride: pair(text('Stride', '步长'), {
      default: 1,
      min: 1,
      doc: text('Pixels between adjacent windows; 2 halves the image.', '相邻窗口的间距；2 使图像减半。'),
    }),
    padding: pair(text('Padding', '填充'), {
      default: 0,
      min: 0,
      words: ['same'],
      doc: text(
        'Zeros added on every side; “same” keeps the size at stride 1.',
        '每一侧补零的个数；步长为 1 时 “same” 保持尺寸不变。',
      ),
    }),
    dilation: pair(text('Dilation', '膨胀'), {
      default: 1,
      min: 1,
      doc: text('Spacing between the taps of the kernel.', '卷积核各点之间的间距。'),
    }),
    groups: integer(text('Groups', '分组'), {
      default: 1,
      min: 1,
      doc: text(
        'Splits the channels into groups that do not mix; one group per channel is a depthwise convolution.',
        '把通道分成互不混合的组；等于通道数时为逐通道卷积。',
      ),
    }),
    bias: flag(text('Bias', '偏置'), {
      default: true,
      doc: text(
        'Adds a learned constant to every filter; not needed before batch normalization.',
        '为每个滤波器加上可学习的常数；后接批归一化时不需要。',
      ),
    }),
  },
  ports: ['x'],
  ranks,
  spatial: 'window',
  width: { param: 'outChannels' },
  linearMap: 'convolution',
  window: slidingWindow,
  lower(c) {
    requireRank(c, 'Conv2d', ranks)
    const { outChannels, groups, bias } = c.params
    const channels = concrete(c.x.type.shape[1])
    for (const [count, name] of [
      [channels, 'input channels'],
      [outChannels, 'filters'],
    ] as const)
      if (count % groups !== 0)
        c.problem(
          'shape-groups',
          'any',
          { side: name, count, channels, filters: outChannels, groups },
          { arithmetic: `${count} mod ${groups} = ${count % groups}`, param: 'groups', data: { fix: 'set-groups' } },
        )
    const window = slidingWindow(c.params)
    const { kernel, stride, dilation, before, after } = window
    const same = c.params.padding === 'same'
    if (same && stride.some((s) => s !== 1))
      c.problem('node-param', 'same-stride', { stride: stride.join('×'), half: before[0] }, { param: 'padding' })
    if (!same) windowOutput(c, window)
    const fanIn = (channels / groups) * kernel[0] * kernel[1]
    const start = { kind: 'pytorch-default', fanIn } as const
    const weight = c.weight('weight', [outChannels, channels / groups, ...kernel], start)
    const b = bias ? c.weight('bias', [outChannels], start) : undefined
    return c.b.Conv(c.x, weight, b, {
      kernel_shape: kernel,
      strides: stride,
      pads: [...before, ...after],
      dilations: dilation,
      group: groups,
    })
  },
  summary(params) {
    const { kernel, stride, before } = slidingWindow(params)
    const parts = [`${params.outChannels}`, kernel.join('×')]
    if (stride.some((s) => s !== 1)) parts.push(`/${stride.join('×')}`)
    if (params.padding === 'same') parts.push('pad same')
    else if (before.some((p) => p !== 0)) parts.push(`pad ${before.join('×')}`)
    return parts.join(' · ')
  },
})
