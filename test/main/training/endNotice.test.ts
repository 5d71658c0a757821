/** The notices at the end of a training. */
import { describe, expect, it } from 'vitest'
import { text } from '#core/base/text'
import { makeProblem } from '#core/problems/wording'
import type { ErrorEvent, FinishedEvent } from '#core/runs/events'
import { endNotice } from '../../../src-main/training/endNotice'

const finished: FinishedEvent = {
  event: 'finished',
  run: 'runs/digits',
  reason: 'completed',
  bestEpoch: 3,
  epochs: 5,
  seconds: 12,
  model: 'model.onnx',
}

const problem = makeProblem('shape-input', 'unknown')
const broken: ErrorEvent = {
  event: 'error',
  code: problem.code,
  message: problem.message,
  fix: problem.fix,
  problems: [problem],
}

describe('the end of a training', () => {
  it('names the best epoch, in both languages', () => {
    expect(endNotice('digits', finished)).toEqual({
      title: text('Training finished', '训练已完成'),
      body: text('digits: best epoch 3 of 5', 'digits：共 5 轮，最佳为第 3 轮'),
    })
  })

  it.each([
    ['failed', {}, text('Training failed', '训练失败')],
    ['interrupted', { interrupted: true } as const, text('Training interrupted', '训练已中断')],
  ])('that %s says why, in both languages', (_, how, title) => {
    expect(endNotice('digits', { ...broken, ...how })).toEqual({
      title,
      body: text('digits: The shape of the samples is not known.', 'digits：样本的形状未知。'),
    })
  })

  it('needs no notice where the user stopped it', () => {
    expect(endNotice('digits', { ...finished, reason: 'stopped' })).toBeUndefined()
    expect(endNotice('digits', { ...broken, code: 'run-interrupted' })).toBeUndefined()
  })
})
