/** Erases a random box of images, so that no single part is decisive. */
import { RANDOM_ROUNDS } from '../../onnx/randomNumbers'
import { flag, range, real, text } from '../../params/params'
import { insideBox } from '../pixels/boxes'
import { drawColumns } from '../draws/drawColumns'
import type { DrawStream } from '../draws/drawStream'
import { floatPixels } from '../pixels/image'
import { drawNoiseKeys, fixedNoiseKeys, normalNoise } from '../pixels/pixelNoise'
import { boxSize } from '../pixels/sizes'
import { defineTransform, probability, type ImageShape } from '../transform'

export const randomErasing = defineTransform({
  kind: 'random-erasing',
  title: 'RandomErasing',
  group: 'noise',
  doc: text(
    'Erases a random box of each image, so that the network does not rely on a single part.',
    '随机抹去图像中的一块，使网络不依赖某一局部。',
  ),
  params: {
    p: probability(0.5),
    scale: range(text('Scale', '面积比例'), {
      default: [0.02, 0.33],
      min: 0,
      max: 1,
      doc: text('Area of the box, as a share of the image.', '擦除区域占图像面积的比例。'),
    }),
    ratio: range(text('Ratio', '高宽比'), {
      default: [0.3, 3.3],
      min: 0.01,
      max: 100,
      doc: text('Height of the box divided by its width.', '擦除区域的高与宽之比。'),
    }),
    value: real(text('Value', '填充值'), {
      default: 0,
      doc: text(
        'Fill value of the box, on the scale of the pixels at this step: after Normalize, 0 is the mean.',
        '填充的值，与所在位置的像素同尺度：位于归一化之后时，0 即均值。',
      ),
    }),
    random: flag(text('Random', '随机填充'), {
      default: false,
      doc: text('Fills with Gaussian noise instead of one value.', '用正态噪声代替单一值填充。'),
    }),
  },
  random: {
    width: ({ random }) => 4 + (random ? RANDOM_ROUNDS : 0),
    draw: (stream, params, shape) => [
      ...drawBox(stream, params, shape),
      ...(params.random ? drawNoiseKeys(stream) : []),
    ],
    identity: ({ random }) => new Array<number>(4 + (random ? RANDOM_ROUNDS : 0)).fill(0),
    describe([top, left, height, width]) {
      if (height === 0) return text('nothing erased', '未擦除')
      const [size, place] = [`${width}×${height}`, `(${left}, ${top})`]
      return text(`${size} at ${place}`, `${place} 处 ${size}`)
    },
    corners({ scale, ratio, random }, [, height, width]) {
      return ratio.map((shape) => {
        const [columns, rows] = boxSize(height * width * scale[1], shape)
        const [h, w] = [Math.min(rows, height - 1), Math.min(columns, width - 1)]
        const keys = random ? fixedNoiseKeys : []
        return [Math.floor((height - h) / 2), Math.floor((width - w) / 2), h, w, ...keys]
      })
    },
  },
  lower({ b, image, params, shape, draws }) {
    const { top, left, height, width, rest: keys } = drawColumns(b, draws, 'top', 'left', 'height', 'width')
    const [bottom, right] = [b.Add(top, height), b.Add(left, width)]
    const erased = insideBox(b, { top, bottom, left, right }, shape)
    const value = params.random ? normalNoise(b, shape, keys) : b.scalar(params.value)
    return { pixels: b.Where(erased, value, floatPixels(b, image)) }
  },
})

const TRIES = 10

interface BoxParams {
  readonly scale: readonly [number, number]
  readonly ratio: readonly [number, number]
}

/** top, left, height, width; nothing is erased if no box of the drawn shapes is smaller than the image. */
function drawBox(stream: DrawStream, { scale, ratio }: BoxParams, [, height, width]: ImageShape): readonly number[] {
  for (let tries = 0; tries < TRIES; tries++) {
    const area = height * width * stream.between(...scale)
    // Here the ratio is height to width.
    const [columns, rows] = boxSize(area, Math.exp(stream.between(Math.log(ratio[0]), Math.log(ratio[1]))))
    if (rows < height && columns < width)
      return [stream.integer(height - rows + 1), stream.integer(width - columns + 1), rows, columns]
  }
  return [0, 0, 0, 0]
}
