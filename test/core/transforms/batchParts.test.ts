/** Large batches processed in parts: when this applies, and that the result is the same. */
import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget, portableTarget } from '#core/onnx/target'
import { partSizes } from '#core/transforms/batchParts'
import { drawRows, planDraws } from '#core/transforms/draws/draws'
import { lowerTransforms } from '#core/transforms/lowerTransforms'
import { fitTransforms, type FittedTransforms } from '#core/transforms/transformList'
import { loadRuntime } from '../../../src-main/engine/device/runtimes'
import { numbersOf } from '../../../src-main/engine/device/session'

const fitted = (side: number, ...kinds: readonly (string | object)[]): FittedTransforms =>
  fitTransforms(
    kinds.map((kind) => ({ enabled: true, ...(typeof kind === 'string' ? { kind } : (kind as { kind: string })) })),
    { dtype: 'uint8', shape: [3, side, side] },
    { sample: [], target: [] },
  )
const normalize = { kind: 'normalize', mean: [0.5], std: [0.2] }

describe('the parts of a batch', () => {
  it('are small enough for the cache, and few', () => {
    expect(partSizes(16, fitted(224, 'gaussian-blur').steps, standardTarget)).toEqual(new Array(8).fill(2))
    expect(partSizes(15, fitted(224, 'gaussian-blur').steps, standardTarget)).toEqual([2, 2, 2, 2, 2, 2, 2, 1])
    expect(partSizes(128, fitted(224, 'gaussian-blur').steps, standardTarget)).toEqual(new Array(16).fill(8))
  })

  it('are not used for small images, when pixels are only moved, in evaluation, or on a GPU', () => {
    expect(partSizes(64, fitted(28, 'gaussian-blur').steps, standardTarget)).toBeNull()
    const { steps } = fitted(224, 'random-horizontal-flip', 'random-crop', 'random-rotation', normalize)
    expect(partSizes(16, steps, standardTarget)).toBeNull()
    expect(partSizes('N', fitted(224, 'gaussian-blur').steps, standardTarget)).toBeNull()
    expect(partSizes(16, fitted(224, 'gaussian-blur').steps, portableTarget)).toBeNull()
  })
})

/** The network's input for a batch of generated images with these draws. */
async function fed(transforms: FittedTransforms, side: number, images: Uint8Array, draws: Float32Array) {
  const batch = images.length / (3 * side * side)
  const b = new GraphBuilder('fed')
  const plan = planDraws(transforms)
  const samples = b.input('samples', { dtype: 'uint8', shape: [batch, 3, side, side] })
  const drawn = b.input('draws', { dtype: 'float32', shape: [batch, plan.width] })
  const options = { target: standardTarget, batch, drawing: { plan, draws: drawn } }
  const lowered = lowerTransforms(b, samples, transforms, options)
  b.output(lowered.fed, 'fed')
  const runtime = await loadRuntime('cpu')
  const session = await runtime.open(b.graph, { device: 'cpu', threads: 1 })
  const results = await session.run({
    samples: runtime.tensor('uint8', [batch, 3, side, side], images),
    draws: runtime.tensor('float32', [batch, plan.width], draws),
  })
  await session.release()
  return numbersOf(results.fed)
}

it('a batch in parts has bit-identical input to its samples one by one, with mixing over the whole batch', async () => {
  const [side, batch] = [224, 9]
  const list = ['random-crop', { kind: 'random-rotation', interpolation: 'bilinear' }, 'color-jitter', normalize]
  const transforms = fitted(side, ...list)
  expect(partSizes(batch, transforms.steps, standardTarget)).toEqual([2, 2, 2, 2, 1])
  const size = 3 * side * side
  const images = Uint8Array.from({ length: batch * size }, (_, i) => (i * 37 + (i >> 9)) % 256)
  const samples = Int32Array.from({ length: batch }, (_, i) => i)
  const plan = planDraws(transforms)
  const draws = drawRows(plan, { seed: 3, epoch: 0, samples, batchSize: batch, firstBatch: 0 })
  const together = await fed(transforms, side, images, draws)
  for (let i = 0; i < batch; i++) {
    const row = draws.slice(i * plan.width, (i + 1) * plan.width)
    const alone = await fed(transforms, side, images.slice(i * size, (i + 1) * size), row)
    expect(together.slice(i * size, (i + 1) * size)).toEqual(alone)
  }
  const mixed = fitted(side, ...list, 'mix-up')
  const half = Float32Array.from({ length: batch * (plan.width + 1) }, (_, i) => {
    const [row, column] = [Math.floor(i / (plan.width + 1)), i % (plan.width + 1)]
    return column === plan.width ? 0.5 : draws[row * plan.width + column]!
  })
  const blended = await fed(mixed, side, images, half)
  expect(blended[size]).toBeCloseTo((together[0]! + together[size]!) / 2, 5)
  expect(blended[0]).toBeCloseTo((together[8 * size]! + together[0]!) / 2, 5)
})
