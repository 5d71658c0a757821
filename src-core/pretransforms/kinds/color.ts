/** Converts all images to the same channels. */
import { choice, text } from '../../params/params'
import { defineImagePreTransform } from '../preTransform'

export const color = defineImagePreTransform({
  kind: 'color',
  on: 'image',
  title: text('Color', '颜色'),
  doc: text(
    'Converts every image to gray (one channel, ITU-R 601 weights) or color (three channels).',
    '把所有图像转为灰度（单通道，ITU-R 601 加权）或彩色（三通道）。',
  ),
  params: {
    mode: choice(text('Mode', '模式'), {
      default: 'rgb',
      options: ['grayscale', 'rgb'],
      names: {
        grayscale: text('Gray', '灰度'),
        rgb: text('RGB', 'RGB'),
      },
      doc: text(
        'Gray needs a third of the memory and time; it suits data whose color says nothing about the class.',
        '若颜色与类别无关，灰度只需三分之一的内存和时间。',
      ),
    }),
  },
  result: (size, { mode }) => ({ ...size, channels: mode === 'rgb' ? 3 : 1 }),
})
