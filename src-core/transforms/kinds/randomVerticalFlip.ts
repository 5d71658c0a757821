/** Mirrors images top to bottom. */
import { text } from '../../params/params'
import { flipDraws, flippedAxis, mirrorsSigns } from '../pixels/flips'
import { moveImage } from '../pixels/image'
import { defineTransform, probability } from '../transform'

export const randomVerticalFlip = defineTransform({
  kind: 'random-vertical-flip',
  title: 'RandomVerticalFlip',
  group: 'geometry',
  doc: text(
    'Mirrors images top to bottom. For images with no natural up or down, such as those taken from above.',
    '将图像上下镜像。适合没有上下之分的图像，例如俯视拍摄的图像。',
  ),
  params: { p: probability(0.5) },
  light: () => true,
  caution: mirrorsSigns,
  random: flipDraws,
  lower: ({ b, image, shape: [, height], draws, target }) =>
    moveImage(b, image, { rows: flippedAxis(b, draws, height) }, target),
})
