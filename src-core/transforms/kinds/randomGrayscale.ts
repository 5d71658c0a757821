/** Converts images to gray. */
import { text } from '../../params/params'
import { perSample } from '../draws/drawColumns'
import { checkChannels, grayOf, isColor } from '../pixels/gray'
import { floatPixels } from '../pixels/image'
import { defineTransform, probability } from '../transform'

export const randomGrayscale = defineTransform({
  kind: 'random-grayscale',
  title: 'RandomGrayscale',
  group: 'color',
  doc: text(
    'Removes the color of images, so that the network does not rely on it. Gray images stay unchanged.',
    '去除图像的颜色，使网络不依赖颜色。灰度图像保持不变。',
  ),
  params: { p: probability(0.1) },
  check(shape, _, refuse) {
    checkChannels(shape, refuse)
    return undefined
  },
  caution: (_, { channels }) => (channels === 3 ? undefined : 'grey'),
  random: {
    width: () => 1,
    draw: () => [1],
    identity: () => [0],
    describe: ([gray]) => (gray === 1 ? text('gray', '灰度') : text('in color', '彩色')),
    corners: () => [[1]],
  },
  lower({ b, image, shape, draws }) {
    if (!isColor(shape)) return image
    const pixels = floatPixels(b, image)
    return { pixels: b.Where(b.Greater(perSample(b, draws), b.scalar(0.5)), grayOf(b, pixels), pixels) }
  },
})
