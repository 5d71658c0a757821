/** Mirrors images left to right. */
import { text } from '../../params/params'
import { flipDraws, flippedAxis, mirrorsSigns } from '../pixels/flips'
import { moveImage } from '../pixels/image'
import { defineTransform, probability } from '../transform'

export const randomHorizontalFlip = defineTransform({
  kind: 'random-horizontal-flip',
  title: 'RandomHorizontalFlip',
  group: 'geometry',
  doc: text(
    'Mirrors images left to right. Not for digits, text or anything else that changes meaning when mirrored.',
    '将图像左右镜像。不适合数字、文字等镜像后含义不同的图像。',
  ),
  params: { p: probability(0.5) },
  light: () => true,
  caution: mirrorsSigns,
  random: flipDraws,
  lower: ({ b, image, shape: [, , width], draws, target }) =>
    moveImage(b, image, { columns: flippedAxis(b, draws, width) }, target),
})
