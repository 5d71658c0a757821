/** Inverts light and dark. */
import { text } from '../../params/params'
import { perSample } from '../draws/drawColumns'
import { floatPixels } from '../pixels/image'
import { defineTransform, probability } from '../transform'

export const randomInvert = defineTransform({
  kind: 'random-invert',
  title: 'RandomInvert',
  group: 'color',
  doc: text('Inverts images into their negative.', '将图像反相。'),
  params: { p: probability(0.5) },
  unitPixels: () => true,
  random: {
    width: () => 1,
    draw: () => [1],
    identity: () => [0],
    describe: ([inverted]) => (inverted === 1 ? text('inverted', '已反相') : text('not inverted', '未反相')),
    corners: () => [[1]],
  },
  lower({ b, image, draws }) {
    const inverted = perSample(b, draws)
    const sign = b.Sub(b.scalar(1), b.Mul(inverted, b.scalar(2)))
    return { pixels: b.Add(b.Mul(floatPixels(b, image), sign), inverted) }
  },
})
