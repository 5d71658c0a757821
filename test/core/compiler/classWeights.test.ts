/** Class weights: as many as there are classes, and not all of them 0. */
import { describe, expect, it } from 'vitest'
import { analyze } from '#core/compiler/analyze'
import { translateProblem } from '#core/problems/translate'
import { digits, digitsProject, soundLines } from './networks'

describe('class weights', () => {
  const problemsOf = (weight: number[] | null) =>
    analyze(digitsProject(soundLines, {}, { loss: { kind: 'cross-entropy', weight } }), [1, 28, 28], digits).problems

  it('are reported at their setting if their number differs from that of the classes', () => {
    const [problem, ...others] = problemsOf([2, 0.5])
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      code: 'training-setting',
      severity: 'error',
      place: { param: 'training.loss.weight' },
      message: 'There are 2 class weights, but the data has 10 classes.',
      expected: '10 weights, in the order of the classes',
      received: '[2, 0.5]',
    })
    expect(translateProblem(problem!, 'zh-CN').message).toBe('类别权重有 2 个，但数据有 10 个类别。')
    expect(problemsOf(Array<number>(11).fill(1))).toMatchObject([{ place: { param: 'training.loss.weight' } }])
  })

  it('may be 0 for some classes, and may be omitted', () => {
    expect(problemsOf([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])).toEqual([])
    expect(problemsOf(null)).toEqual([])
  })
})
