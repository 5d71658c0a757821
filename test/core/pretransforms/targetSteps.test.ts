/** Pre-transforms on the target: the network learns in one unit, and users see the other. */
import { describe, expect, it } from 'vitest'
import { describeNumbers } from '#core/data/statistics'
import { GraphBuilder } from '#core/onnx/builder'
import { preTransforms } from '#core/pretransforms/index'
import {
  checkSteps,
  fitTarget,
  lowerTarget,
  restoreTarget,
  type FittedPreTransforms,
} from '#core/pretransforms/preTransformList'
import { tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { runOnnx } from '../../support/runOnnx'
import { problemOf } from './fitTable'

const values = Float32Array.of(3, 5, 10, 400)

function fit(...kinds: string[]): FittedPreTransforms {
  const { target } = checkSteps(
    kinds.map((kind) => ({ kind })),
    'table',
    'numbers',
  )
  const steps = fitTarget(target, ['y'], (map) => [
    describeNumbers(Float64Array.from(values, (value) => map(value, 0))),
  ])
  return { sample: [], target: steps, files: [], dtype: 'float32', shape: [1] }
}

async function bothWays(preprocess: FittedPreTransforms) {
  const b = new GraphBuilder('target')
  const learnt = lowerTarget(b, b.input('t', { dtype: 'float32', shape: ['N', 1] }), preprocess)
  b.output(restoreTarget(b, learnt, preprocess), 'restored')
  b.output(learnt, 'learnt')
  const { learnt: y, restored } = await runOnnx(b.graph, { t: tensor('float32', [4, 1], values) })
  return { learnt: Array.from(y!.data as Float32Array), restored: restored! }
}

describe('steps on the target', () => {
  it.each(preTransforms.filter(({ on }) => on === 'target').map(({ kind }) => kind))(
    '%s is undone by its inverse inside the graph',
    async (kind) => {
      const { restored } = await bothWays(fit(kind))
      expectClose(restored, tensor('float32', [4, 1], values), { relative: 1e-6 })
    },
  )

  it('standardize the result of the logarithm if both are present', async () => {
    const { learnt, restored } = await bothWays(fit('log-target', 'standardize-target'))
    expect(describeNumbers(Float64Array.from(learnt))).toMatchObject({
      mean: expect.closeTo(0, 6),
      deviation: expect.closeTo(1, 6),
    })
    const logs = Array.from(values, (value) => Math.log(value + 1))
    expect(learnt[3]! - learnt[0]!).toBeCloseTo(
      (logs[3]! - logs[0]!) / describeNumbers(Float64Array.from(logs)).deviation,
      5,
    )
    expectClose(restored, tensor('float32', [4, 1], values), { relative: 1e-5 })
  })

  it('reject classes, and values without a logarithm', async () => {
    expect(await problemOf(() => checkSteps([{ kind: 'standardize-target' }], 'table', 'classes'))).toMatchObject({
      code: 'data-preprocess',
    })
    const { target } = checkSteps([{ kind: 'log-target' }], 'table', 'numbers')
    expect(
      await problemOf(() => fitTarget(target, ['y'], () => [describeNumbers(Float64Array.of(-4, 2))])),
    ).toMatchObject({
      place: { column: 'y' },
      expected: 'values above -1',
    })
  })
})
