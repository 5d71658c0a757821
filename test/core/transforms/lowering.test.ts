/** Sequences of transforms: pixel moves that are combined into one, and targets that are mixed like the images. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomUint32 } from '#core/base/random'
import { buildForward, type NetworkSource } from '#core/compiler/network'
import { addLoss } from '#core/compiler/passes/addLoss'
import type { Choice } from '#core/graph/choice'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { drawRows, planDraws } from '#core/transforms/draws/draws'
import { noTransforms, type FittedTransforms } from '#core/transforms/transformList'
import { expectClose } from '../../support/expectClose'
import { hashedNumbers } from '../../support/hashedNumbers'
import { runOnnx } from '../../support/runOnnx'
import { GraphWriter } from '../contract/graphWriter'
import { applySteps, fittedSteps, lowerSteps, unitPixels } from '../contract/lowerTransform'

const BATCH = 3
const bytes = (shape: readonly number[]): Tensor<'uint8'> =>
  tensor(
    'uint8',
    [BATCH, ...shape],
    Array.from({ length: BATCH * shape.reduce((a, b) => a * b, 1) }, (_, i) => randomUint32(i) % 256),
  )

const rowsOf = (fitted: FittedTransforms, seed: number) =>
  drawRows(planDraws(fitted), { seed, epoch: 0, samples: Int32Array.of(1, 2, 3), batchSize: BATCH, firstBatch: 0 })

type Step = Parameters<typeof fittedSteps>[0][number]

/** Every step in a separate graph, on the result of the previous one. */
async function oneByOne(steps: readonly Step[], images: Tensor, seed: number, target: Target): Promise<Tensor> {
  const whole = fittedSteps(steps, images.shape.slice(1))
  const plan = planDraws(whole)
  const rows = rowsOf(whole, seed)
  let current: Tensor = images
  for (const [i, step] of whole.steps.entries()) {
    const drawn = plan.steps.find(({ index }) => index === i)
    const { offset, width } = drawn ?? { offset: 0, width: 0 }
    const own = Array.from({ length: BATCH }, (_, row) => [
      ...rows.subarray(row * plan.width + offset, row * plan.width + offset + width),
    ])
    const next = whole.steps[i + 1]?.from ?? whole.shape
    const { y } = await applySteps({ steps: [step], shape: next }, current, Float32Array.from(own.flat()), target)
    current = y!
  }
  return current
}

const fill = fc.constantFrom(0, 0.3, 1)
const move = fc.oneof(
  fc.constant<Step>({ kind: 'random-horizontal-flip' }),
  fc.constant<Step>({ kind: 'random-vertical-flip' }),
  fc.record({ kind: fc.constant('random-crop'), size: fc.integer({ min: 4, max: 9 }), padding: fc.constant(5), fill }),
  fc.record({ kind: fc.constant('center-crop'), size: fc.integer({ min: 3, max: 10 }) }),
)
const other = fc.oneof(
  fc.record({ kind: fc.constant('random-rotation'), fill, interpolation: fc.constantFrom('nearest', 'bilinear') }),
  fc.constant<Step>({ kind: 'random-invert' }),
)

describe('steps that move pixels', () => {
  it.each<[string, Target]>([
    ['standard', standardTarget],
    ['portable', portableTarget],
  ])('give in a row what they give one by one (%s)', async (_, target) => {
    const steps = fc.array(fc.oneof({ weight: 4, arbitrary: move }, { weight: 2, arbitrary: other }), {
      minLength: 1,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(1000), fc.boolean(), async (list, seed, isFloat) => {
        const stored = bytes([2, 7, 6])
        const images = isFloat ? unitPixels(stored) : stored
        const fitted = fittedSteps(list, [2, 7, 6])
        const { y } = await applySteps(fitted, images, rowsOf(fitted, seed), target)
        expectClose(y!, await oneByOne(list, images, seed, target), { absolute: 2e-6 })
      }),
      { numRuns: 80, seed: 7 },
    )
  })

  it('are combined into one Gather on bytes, however many there are', () => {
    const steps = [
      { kind: 'random-crop' },
      { kind: 'random-horizontal-flip' },
      { kind: 'center-crop', size: 20 },
      { kind: 'random-vertical-flip' },
    ]
    const fitted = fittedSteps(steps, [3, 28, 28])
    const { graph } = lowerSteps(fitted, bytes([3, 28, 28]), { training: true, target: standardTarget })
    const gathers = graph.nodes.filter(({ op }) => op === 'GatherElements')
    expect(gathers).toHaveLength(1)
    expect(graph.types.get(gathers[0]!.outputs[0]!)!.dtype).toBe('uint8')
  })

  it('are combined with the Gather of a rotation that follows them', () => {
    const steps = [{ kind: 'random-horizontal-flip' }, { kind: 'random-crop' }, { kind: 'random-rotation' }]
    const { graph } = lowerSteps(fittedSteps(steps, [3, 28, 28]), bytes([3, 28, 28]), {
      training: true,
      target: standardTarget,
    })
    expect(graph.nodes.filter(({ op }) => op === 'GatherElements')).toHaveLength(1)
  })

  it('are left out in evaluation, except for those that change the size', () => {
    const steps = [{ kind: 'random-horizontal-flip' }, { kind: 'random-rotation' }, { kind: 'random-crop', size: 20 }]
    const fitted = fittedSteps(steps, [1, 28, 28])
    const { graph } = lowerSteps(fitted, bytes([1, 28, 28]), { training: false, target: standardTarget })
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Slice', 'Cast', 'Mul', 'Identity'])
  })
})

const CLASSES = 4

function sourceOf(loss: Choice, transforms: FittedTransforms, target: 'classes' | 'numbers'): NetworkSource {
  const g = new GraphWriter()
  const flat = g.add('flatten', 'flatten', {}, [g.add('input', 'input')])
  g.add('output', 'output', {}, [
    g.add('scores', 'linear', { outFeatures: target === 'classes' ? CLASSES : 2 }, [flat]),
  ])
  return {
    graph: g.finish(),
    facts: {
      sample: { dtype: 'float32', shape: [1, 4, 3] },
      target:
        target === 'classes'
          ? { kind: 'classes', classes: ['a', 'b', 'c', 'd'] }
          : { kind: 'numbers', size: 2, names: ['u', 'v'] },
    },
    preprocess: { sample: [], target: [], files: [], dtype: 'float32', shape: [1, 4, 3] },
    transforms,
    loss,
  }
}

/** Losses and weights of every sample, in training. */
async function lossesOf(source: NetworkSource, given: Record<string, Tensor>) {
  const forward = buildForward('losses', source, { training: true, target: standardTarget, batch: BATCH })
  const { losses, weights } = addLoss({ ...forward, source, target: standardTarget })
  const { b } = forward
  b.output(losses, 'losses')
  if (weights) b.output(weights, 'weights')
  const numbers = Object.fromEntries(
    forward.network.weights.map(({ name, shape }) => [
      name,
      tensor(
        'float32',
        shape,
        hashedNumbers(
          name,
          shape.reduce((a, c) => a * c, 1),
        ),
      ),
    ]),
  )
  const results = await runOnnx(b.graph, { ...numbers, ...given })
  return { losses: results.losses!, weights: results.weights }
}

const rolled = <T>(values: readonly T[], places: number) => values.map((_, i) => values[(i - places + BATCH) % BATCH]!)

describe('mixed samples', () => {
  const targets = {
    classes: [0, 3, 1],
    numbers: [
      [0.5, -1],
      [2, 0],
      [1, 7],
    ],
  }

  it.each<[string, Choice, 'classes' | 'numbers', Step[]]>([
    ['cross-entropy', { kind: 'cross-entropy', labelSmoothing: 0.1 }, 'classes', [{ kind: 'mix-up' }]],
    ['weighted cross-entropy', { kind: 'cross-entropy', weight: [1, 2, 3, 4] }, 'classes', [{ kind: 'cut-mix' }]],
    ['squared errors', { kind: 'mse' }, 'numbers', [{ kind: 'mix-up' }]],
    ['samples that are mixed twice', { kind: 'huber' }, 'numbers', [{ kind: 'cut-mix' }, { kind: 'mix-up' }]],
  ])('have the losses of all their targets, by their shares: %s', async (_, loss, kind, steps) => {
    const fitted = fittedSteps(steps, [1, 4, 3])
    const rows = rowsOf(fitted, 5)
    const draws = tensor('float32', [BATCH, planDraws(fitted).width], rows)
    const samples = tensor('float32', [BATCH, 1, 4, 3], hashedNumbers('samples', 36))
    const targetOf = (places: number) =>
      kind === 'classes'
        ? tensor('int32', [BATCH], rolled(targets.classes, places))
        : tensor('float32', [BATCH, 2], rolled(targets.numbers, places).flat())
    const mixed = await lossesOf(sourceOf(loss, fitted, kind), { samples, draws, targets: targetOf(0) })

    const { y, ...shares } = await applySteps(fitted, samples, rows, standardTarget)
    const plain = sourceOf(loss, noTransforms([1, 4, 3]), kind)
    const expected = { losses: new Float64Array(BATCH), weights: new Float64Array(BATCH) }
    for (let places = 0; places <= steps.length; places++) {
      const part = await lossesOf(plain, { samples: y!, targets: targetOf(places) })
      const share = shares[`share${places}`]!.data as Float32Array
      for (let i = 0; i < BATCH; i++) {
        expected.losses[i]! += share[i]! * Number(part.losses.data[i])
        expected.weights[i]! += share[i]! * Number(part.weights?.data[i] ?? 1)
      }
    }
    expectClose(mixed.losses, { shape: [BATCH], data: expected.losses }, { relative: 1e-6 }, 'losses')
    if (mixed.weights) expectClose(mixed.weights, { shape: [BATCH], data: expected.weights }, { relative: 1e-6 })
    expect(shares).toHaveProperty(`share${steps.length}`)
  })
})
