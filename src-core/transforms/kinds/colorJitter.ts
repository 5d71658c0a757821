/** Changes brightness, contrast, saturation and hue by random amounts in a random order. */
import type { Text } from '../../base/text'
import type { Value } from '../../onnx/graph'
import { real, text, type ParamValues } from '../../params/params'
import { drawColumns, perSample } from '../draws/drawColumns'
import type { DrawStream } from '../draws/drawStream'
import { checkChannels, grayOf, isColor } from '../pixels/gray'
import { shiftHue } from '../pixels/hue'
import { floatPixels } from '../pixels/image'
import { signed } from '../pixels/signed'
import { defineTransform, probability, type Drawn, type ImageShape, type TransformContext } from '../transform'

const amount = (label: { en: string; zh: string }, value: number, what: { en: string; zh: string }) =>
  real(text(label.en, label.zh), { default: value, min: 0, max: 10, doc: text(what.en, what.zh) })

const params = {
  brightness: amount(
    text('Brightness', '亮度'),
    0.2,
    text('Factors are drawn between 1 − this value and 1 + this value.', '系数取自 1 减去此值到 1 加上此值之间。'),
  ),
  contrast: amount(text('Contrast', '对比度'), 0.2, text('Same as for brightness.', '同亮度。')),
  saturation: amount(
    text('Saturation', '饱和度'),
    0.2,
    text('Same as for brightness; gray images have none.', '同亮度；灰度图像无饱和度。'),
  ),
  hue: real(text('Hue', '色相'), {
    default: 0,
    min: 0,
    max: 0.5,
    doc: text(
      'Turns of the color wheel are drawn between minus this value and this value; 0.5 is half a turn.',
      '色环转动量取自负此值到正此值之间；0.5 为半圈。',
    ),
  }),
  p: probability(1),
} as const
type Jitter = ParamValues<typeof params>

const changes = ['brightness', 'contrast', 'saturation', 'hue'] as const
type Change = (typeof changes)[number]

export const colorJitter = defineTransform({
  kind: 'color-jitter',
  title: 'ColorJitter',
  group: 'color',
  doc: text(
    'Changes brightness, contrast, saturation and hue by random amounts, in a random order for every image.',
    '随机改变亮度、对比度、饱和度与色相，每张图像的先后次序也随机。',
  ),
  params,
  unitPixels: () => true,
  check(shape, _, refuse) {
    checkChannels(shape, refuse)
    return undefined
  },
  random: {
    width: (jitter, shape) => changesIn(jitter, shape).length * SLOT,
    draw(stream, jitter, shape) {
      const order = shuffled(stream, changesIn(jitter, shape))
      return order.flatMap((change) => slot(change, stream.between(...rangeOf(jitter, change))))
    },
    identity: (jitter, shape) => changesIn(jitter, shape).flatMap(() => slot('brightness', 1)),
    describe: (drawn) => {
      const words = wordsOf(drawn)
      if (words.length === 0) return text('unchanged', '未改变')
      return text(words.map(({ en }) => en).join(', '), words.map(({ zh }) => zh).join('，'))
    },
    corners: (jitter, shape) =>
      [0, 1].map((end) => changesIn(jitter, shape).flatMap((change) => slot(change, rangeOf(jitter, change)[end]!))),
  },
  lower(c) {
    const present = changesIn(c.params, c.shape)
    const columns = drawColumns(c.b, c.draws).rest.map((column) => perSample(c.b, column))
    return {
      pixels: present.reduce(
        (pixels, _, i) => change(c, pixels, present, columns.slice(i * SLOT, (i + 1) * SLOT)),
        floatPixels(c.b, c.image),
      ),
    }
  },
})

/** The active changes: those with an amount, on images that have the channels for it. */
function changesIn(jitter: Jitter, shape: ImageShape): Change[] {
  const ofColor = (change: Change) => change === 'saturation' || change === 'hue'
  return changes.filter((change) => jitter[change] > 0 && (isColor(shape) || !ofColor(change)))
}

function rangeOf(jitter: Jitter, change: Change): [number, number] {
  const most = jitter[change]
  return change === 'hue' ? [-most, most] : [Math.max(0, 1 - most), 1 + most]
}

/** Numbers per change: the factor of the image itself, of its mean gray, of its gray, and the hue shift. */
const SLOT = 4

function slot(change: Change, value: number): number[] {
  if (change === 'hue') return [1, 0, 0, value]
  return [value, change === 'contrast' ? 1 - value : 0, change === 'saturation' ? 1 - value : 0, 0]
}

function shuffled<T>(stream: DrawStream, items: T[]): T[] {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = stream.integer(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/**
 * One slot, which may be a different change for every sample: a blend with black, with the mean gray or with the gray,
 * or a hue shift.
 */
function change(
  { b, shape }: Pick<TransformContext<Jitter>, 'b' | 'shape'>,
  pixels: Value,
  present: readonly Change[],
  [own, mean, gray, turn]: readonly Value[],
): Value {
  const grayPixels = isColor(shape) ? grayOf(b, pixels) : pixels
  let blended = b.Mul(pixels, own!)
  if (present.includes('contrast')) blended = b.Add(blended, b.Mul(b.ReduceMean(grayPixels, [1, 2, 3], 1), mean!))
  if (present.includes('saturation')) blended = b.Add(blended, b.Mul(grayPixels, gray!))
  const clipped = b.HardSigmoid(blended, { alpha: 1, beta: 0 })
  if (!present.includes('hue')) return clipped
  return b.Where(b.Greater(b.Abs(turn!), b.scalar(0)), shiftHue(b, clipped, turn!), clipped)
}

/** The changes in the order in which they are applied. */
function wordsOf(drawn: Drawn): Text[] {
  const numbers = Array.from(drawn)
  const words: Text[] = []
  for (let at = 0; at < numbers.length; at += SLOT) {
    const [own, mean, gray, turn] = numbers.slice(at, at + SLOT) as [number, number, number, number]
    const { label } = params[mean !== 0 ? 'contrast' : gray !== 0 ? 'saturation' : 'brightness']
    const factor = `×${own.toFixed(2)}`
    const degrees = `${signed(360 * turn)}°`
    if (turn !== 0) words.push(text(`hue ${degrees}`, `色相 ${degrees}`))
    else if (own !== 1) words.push(text(`${label.en.toLowerCase()} ${factor}`, `${label.zh} ${factor}`))
  }
  return words
}
