/** Crops a box of random size, shape and position and resizes it. */
import { pair, range, text } from '../../params/params'
import { drawColumns } from '../draws/drawColumns'
import type { DrawStream } from '../draws/drawStream'
import { floatPixels } from '../pixels/image'
import { antialiasParam, resizeBoxes, resizePixels } from '../pixels/resampling'
import { asImage, boxSize, windowSize } from '../pixels/sizes'
import { defineTransform, probability, type ImageShape } from '../transform'

export const randomResizedCrop = defineTransform({
  kind: 'random-resized-crop',
  title: 'RandomResizedCrop',
  group: 'geometry',
  doc: text(
    'Crops a box of random size, shape and position and resizes it, so that objects appear near and far.',
    '随机裁取一块区域并缩放到固定尺寸，使目标有远有近。',
  ),
  params: {
    size: pair(text('Size', '尺寸'), {
      default: null,
      min: 1,
      optional: true,
      unset: asImage,
      doc: text(
        'Height and width after the step; one number means a square, null the size of the image.',
        '输出的高与宽；单个数字表示正方形，null 表示图像尺寸。',
      ),
    }),
    scale: range(text('Scale', '面积比例'), {
      default: [0.08, 1],
      min: 0.001,
      max: 1,
      doc: text('Area of the box, as a share of the image.', '裁剪区域占图像面积的比例。'),
    }),
    ratio: range(text('Ratio', '宽高比'), {
      default: [0.75, 4 / 3],
      min: 0.01,
      max: 100,
      doc: text('Width of the box divided by its height.', '裁剪区域的宽与高之比。'),
    }),
    antialias: antialiasParam,
    p: probability(1),
  },
  check: ([channels, height, width], { size }) => [channels, ...windowSize(size, height, width)],
  random: {
    width: () => 4,
    draw: drawBox,
    identity: (_, [, height, width]) => [0, 0, height, width],
    describe([top, left, height, width]) {
      const [size, place] = [`${width}×${height}`, `(${left}, ${top})`]
      return text(`${size} at ${place}`, `${place} 处 ${size}`)
    },
    corners({ scale, ratio }, [, height, width]) {
      const area = height * width
      const fitting = (share: number, shape: number) =>
        boxSize(area * share, shape).map((side, i) => Math.min(Math.max(1, side), i === 0 ? height : width))
      const [tall, wide] = ratio.map((shape) => fitting(scale[0], shape)) as [number[], number[]]
      const large = fitting(scale[1], 1)
      return [
        [0, 0, ...tall],
        [height - wide[0]!, width - wide[1]!, ...wide],
        [0, 0, ...large],
      ]
    },
  },
  lower({ b, image, params, shape: [, height, width], draws }) {
    const { top, left, rows, columns } = drawColumns(b, draws, 'top', 'left', 'rows', 'columns')
    const down = { begin: top, length: rows }
    const across = { begin: left, length: columns }
    const wanted = windowSize(params.size, height, width)
    return { pixels: resizeBoxes(b, floatPixels(b, image), down, across, wanted, params.antialias) }
  },
  evaluation: {
    title: 'Resize',
    lower: ({ b, image, params, shape: [, height, width] }) => ({
      pixels: resizePixels(b, floatPixels(b, image), windowSize(params.size, height, width), params.antialias),
    }),
  },
})

const TRIES = 10

interface BoxParams {
  readonly scale: readonly [number, number]
  readonly ratio: readonly [number, number]
}

/** top, left, height, width. If no box of the drawn shape fits, the largest centered one that the ratios allow. */
function drawBox(stream: DrawStream, { scale, ratio }: BoxParams, [, height, width]: ImageShape): readonly number[] {
  for (let tries = 0; tries < TRIES; tries++) {
    const area = height * width * stream.between(...scale)
    const [rows, columns] = boxSize(area, Math.exp(stream.between(Math.log(ratio[0]), Math.log(ratio[1]))))
    if (rows > 0 && columns > 0 && rows <= height && columns <= width)
      return [stream.integer(height - rows + 1), stream.integer(width - columns + 1), rows, columns]
  }
  const own = width / height
  const rows = own < ratio[0] ? Math.round(width / ratio[0]) : height
  const columns = own > ratio[1] ? Math.round(height * ratio[1]) : width
  return [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2), rows, columns]
}
