/** The list of transforms of a project: its problems, its fitting, and its order. */
import { describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import type { ColumnStatistics } from '#core/data/facts'
import { ProblemError, type Problem } from '#core/problems/problem'
import { evaluationOrder, trainingOrder } from '#core/transforms/order'
import type { ParamValue } from '#core/graph/choice'
import type { TransformChoice } from '#core/graph/transformSettings'
import { checkTransforms, fitTransforms } from '#core/transforms/transformList'
import { digits, digitsProject, soundLines } from '../compiler/networks'

const on = (kind: string, params: Record<string, ParamValue> = {}): TransformChoice => ({
  kind,
  enabled: true,
  ...params,
})

const channel = (mean: number, deviation: number): ColumnStatistics => ({
  count: 10,
  missing: 0,
  mean,
  deviation,
  min: mean - deviation,
  max: mean + deviation,
  median: mean,
})

function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
  return []
}

describe('checking transforms', () => {
  it('follows the shape through the enabled steps', () => {
    const list = [
      on('resize', { size: 40 }),
      on('random-crop', { size: [32, 36], padding: 0 }),
      { ...on('center-crop', { size: 5 }), enabled: false },
      on('random-resized-crop', { size: 24 }),
    ]
    const { steps, shape, problems } = checkTransforms(list, [3, 100, 50])
    expect(problems).toEqual([])
    expect(steps.map(({ index, from }) => [index, from.join('×')])).toEqual([
      [0, '3×100×50'],
      [1, '3×80×40'],
      [3, '3×32×36'],
    ])
    expect(shape).toEqual([3, 24, 24])
  })

  it.each<[string, TransformChoice[], Partial<Problem>]>([
    ['an unknown kind', [on('random-flip')], { place: { param: 'transforms.0.kind' }, received: 'random-flip' }],
    ['an unknown parameter', [on('resize'), on('mix-up', { a: 1 })], { place: { param: 'transforms.1.a' } }],
    ['a probability above 1', [on('random-invert', { p: 2 })], { place: { param: 'transforms.0.p' }, received: '2' }],
    [
      'a range upside down',
      [on('random-rotation', { degrees: [5, -5] })],
      { place: { param: 'transforms.0.degrees' } },
    ],
    [
      'a crop larger than the image with its margin',
      [on('random-crop', { size: 40, padding: 2 })],
      { place: { param: 'transforms.0.size' }, expected: 'at most 32×32', received: '40×40' },
    ],
    [
      'an even kernel',
      [on('gaussian-blur', { kernelSize: [4, 3] })],
      { place: { param: 'transforms.0.kernelSize' }, fix: 'Set the kernel to 5×3.' },
    ],
    ['a kernel that the image cannot mirror', [on('gaussian-blur', { kernelSize: 57 })], { expected: 'at most 55×55' }],
    ['three moves', [on('random-affine', { translate: [0.1, 0.2, 0.3] })], { received: '[0.1,0.2,0.3]' }],
    ['a move beyond the image', [on('random-affine', { translate: [0.1, 1.5] })], { received: '[0.1,1.5]' }],
    [
      'two means for one channel',
      [on('normalize', { mean: [0, 1] })],
      { expected: '1 number, or one per channel', received: '2 numbers' },
    ],
    [
      'a color step after normalize',
      [on('normalize'), on('random-crop'), on('color-jitter')],
      { place: { param: 'transforms.2' }, fix: 'Move ColorJitter in front of Normalize.' },
    ],
    ['clipped noise behind normalize', [on('normalize'), on('gaussian-noise')], { place: { param: 'transforms.1' } }],
  ])('finds %s', (_, list, expected) => {
    const { problems } = checkTransforms(list, [1, 28, 28])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'data-transform', severity: 'error', ...expected })
  })

  it.each([
    ['a crop behind normalize', [on('normalize'), on('random-crop'), on('random-erasing')]],
    ['noise that is not clipped behind normalize', [on('normalize'), on('gaussian-noise', { clip: false })]],
    ['what is wrong in a step that is switched off', [{ ...on('random-flip'), enabled: false }]],
  ])('allows %s', (_, list) => {
    expect(checkTransforms(list, [1, 28, 28]).problems).toEqual([])
  })

  it('requires images, and gray or RGB ones for color steps', () => {
    expect(checkTransforms([on('random-rotation')], [9]).problems[0]).toMatchObject({
      message: 'RandomRotation works on images.',
      received: '9',
    })
    for (const kind of ['color-jitter', 'random-grayscale'])
      expect(checkTransforms([on(kind)], [4, 8, 8]).problems[0]).toMatchObject({ received: '4 channels' })
  })
})

describe('fitting transforms', () => {
  const statistics = { sample: [channel(51, 25.5), channel(102, 0)], target: [] }

  it('takes mean and deviation from the training split, on the scale 0 … 1, and only shifts a constant channel', () => {
    const { steps } = fitTransforms([on('normalize')], { dtype: 'uint8', shape: [2, 4, 4] }, statistics)
    expect(steps[0]!.fitted).toEqual({ mean: [0.2, 0.4], std: [0.1, 1] })
    const arrays = fitTransforms([on('normalize')], { dtype: 'float32', shape: [2, 4, 4] }, statistics)
    expect(arrays.steps[0]!.fitted).toEqual({ mean: [51, 102], std: [25.5, 1] })
  })

  it('uses given values, one number for all channels or one for each', () => {
    const list = [on('normalize', { mean: [0.5], std: [0.1, 0.2] })]
    const { steps } = fitTransforms(list, { dtype: 'uint8', shape: [2, 4, 4] }, statistics)
    expect(steps[0]!.fitted).toEqual({ mean: [0.5, 0.5], std: [0.1, 0.2] })
  })

  it('stores all parameters of a step, so that later defaults do not change a run', () => {
    const { steps } = fitTransforms([on('random-crop')], { dtype: 'uint8', shape: [1, 4, 4] }, statistics)
    expect(steps[0]).toEqual({
      kind: 'random-crop',
      occurrence: 0,
      params: { size: null, padding: 4, fill: 0, p: 1 },
      fitted: {},
      from: [1, 4, 4],
    })
  })

  it('reports all problems together', () => {
    const list = [on('random-invert', { p: 2 }), on('random-flip'), on('resize', { size: 0 })]
    const problems = problemsOf(() => fitTransforms(list, { dtype: 'uint8', shape: [1, 4, 4] }, statistics))
    expect(problems.map(({ place }) => place.param)).toEqual([
      'transforms.0.p',
      'transforms.1.kind',
      'transforms.2.size',
    ])
  })
})

describe('the order of transforms', () => {
  const list = [
    on('random-horizontal-flip'),
    on('random-resized-crop'),
    { ...on('random-rotation'), enabled: false },
    on('random-crop'),
    on('normalize'),
    on('mix-up'),
  ]

  it('in training includes every enabled step', () => {
    expect(trainingOrder(list).map(({ index, title, how }) => [index, title, how])).toEqual([
      [0, 'RandomHorizontalFlip', 'random'],
      [1, 'RandomResizedCrop', 'random'],
      [3, 'RandomCrop', 'random'],
      [4, 'Normalize', 'always'],
      [5, 'MixUp', 'random'],
    ])
  })

  it('in evaluation leaves out random steps, and replaces those that change the size', () => {
    expect(evaluationOrder(list).map(({ index, title, how }) => [index, title, how])).toEqual([
      [1, 'Resize', 'instead'],
      [3, 'CenterCrop', 'instead'],
      [4, 'Normalize', 'always'],
    ])
  })
})

describe('the analysis of a project', () => {
  const project = { ...digitsProject(soundLines), transforms: [on('resize', { size: 14 })] }

  it('gives the network the shape after the transforms', () => {
    const { layers } = analyze(project, [1, 28, 28], digits)
    expect(layers.find(({ kind }) => kind === 'input')!.shape).toEqual(['N', 1, 14, 14])
  })

  it('reports problems with the transforms', () => {
    const wrong = { ...project, transforms: [on('resize', { size: 14 }), on('random-crop', { size: 30 })] }
    expect(analyze(wrong, [1, 28, 28], digits).problems).toMatchObject([
      { code: 'data-transform', place: { param: 'transforms.1.size' }, expected: 'at most 22×22' },
    ])
  })
})
