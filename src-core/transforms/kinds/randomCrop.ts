/** Crops a window at a random position, after padding. */
import { asPair, pair, text, type Pair } from '../../params/params'
import { fillParam } from '../pixels/affineSampling'
import { cropCenter } from '../pixels/crops'
import { drawColumns } from '../draws/drawColumns'
import { moveImage } from '../pixels/image'
import { signed } from '../pixels/signed'
import { centerOffset, sizeParam, windowSize } from '../pixels/sizes'
import { defineTransform, probability, type ImageShape } from '../transform'

export const randomCrop = defineTransform({
  kind: 'random-crop',
  title: 'RandomCrop',
  group: 'geometry',
  doc: text(
    'Pads images and crops a window at a random position, so that objects appear in a different place every time.',
    '先在四周补边，再于随机位置裁取窗口，使目标每次出现在不同位置。',
  ),
  params: {
    size: sizeParam(
      text(
        'Height and width of the window; one number means a square, null the size of the image.',
        '窗口的高与宽；单个数字表示正方形，null 表示图像尺寸。',
      ),
    ),
    padding: pair(text('Padding', '补边'), {
      default: 4,
      min: 0,
      doc: text(
        'Width of the padding before the crop; two numbers are top and bottom, then left and right.',
        '裁剪前四周补边的宽度；两个数字分别为上下与左右。',
      ),
    }),
    fill: fillParam(),
    p: probability(1),
  },
  light: () => true,
  check(shape, params, refuse) {
    const { wanted, padding, room } = windowOf(params, shape)
    const [height, width] = wanted
    if (room[0] >= 0 && room[1] >= 0) return [shape[0], height, width]
    const most = `${shape[1] + 2 * padding[0]}×${shape[2] + 2 * padding[1]}`
    return refuse('window', { most, received: `${height}×${width}` }, 'size')
  },
  random: {
    width: () => 2,
    draw(stream, params, shape) {
      const { padding, room } = windowOf(params, shape)
      return room.map((places, axis) => stream.integer(places + 1) - padding[axis]!)
    },
    identity: center,
    describe([top, left], params, shape) {
      const [middleTop, middleLeft] = center(params, shape)
      // The picture moves opposite to the window, and that movement is what the user sees.
      const words = `dx ${signed(middleLeft - left!)}, dy ${signed(middleTop - top!)}`
      return text(words, words)
    },
    corners(params, shape) {
      const { padding, room } = windowOf(params, shape)
      const [tops, lefts] = room.map((places, axis) => [-padding[axis]!, places - padding[axis]!])
      return tops!.flatMap((top) => lefts!.map((left) => [top, left]))
    },
  },
  lower({ b, image, params, shape, draws, target }) {
    const { wanted, padding } = windowOf(params, shape)
    const { top, left } = drawColumns(b, draws, 'top', 'left')
    const step = { rows: { size: wanted[0], offset: top }, columns: { size: wanted[1], offset: left } }
    const leaves = padding.some((width) => width > 0)
    return moveImage(b, image, { ...step, ...(leaves && { fill: params.fill }) }, target)
  },
  evaluation: {
    title: 'CenterCrop',
    lower: ({ b, image, params, shape, target }) =>
      cropCenter(b, image, windowOf(params, shape).wanted, params.fill, target),
  },
})

type Size = Pair | null

function windowOf({ size, padding }: { readonly size: Size; readonly padding: Pair }, [, height, width]: ImageShape) {
  const wanted = windowSize(size, height, width)
  const margin = asPair(padding)
  const room = [height + 2 * margin[0] - wanted[0], width + 2 * margin[1] - wanted[1]] as const
  return { wanted, padding: margin, room }
}

function center(params: { readonly size: Size }, [, height, width]: ImageShape): readonly [number, number] {
  const wanted = windowSize(params.size, height, width)
  return [centerOffset(height, wanted[0]), centerOffset(width, wanted[1])]
}
