/** Toasts and prompts as values. */
import { beforeEach, describe, expect, it } from 'vitest'
import { answerQuestion, ask, openQuestion } from '../../../src-renderer/ui/questions'
import { closeToast, showToast, toasts } from '../../../src-renderer/ui/toasts'

beforeEach(() => {
  for (const toast of [...toasts]) closeToast(toast.id)
})

describe('toasts', () => {
  it('are evicted oldest first, and errors last', () => {
    showToast({ text: 'broken', tone: 'error' })
    for (const text of ['a', 'b', 'c', 'd']) showToast({ text })
    expect(toasts.map((toast) => toast.text)).toEqual(['broken', 'c', 'd'])
    for (const text of ['x', 'y', 'z', 'w']) showToast({ text, tone: 'error' })
    expect(toasts.map((toast) => toast.text)).toEqual(['y', 'z', 'w'])
  })

  it('are closed by what showing them returned', () => {
    const close = showToast({ text: 'a' })
    close()
    close()
    expect(toasts).toEqual([])
  })
})

describe('prompts', () => {
  const question = { title: 'Close?', answers: [{ id: 'close', label: 'Close' }] }

  it('resolve with the answer', async () => {
    const answer = ask(question)
    answerQuestion('close')
    expect(await answer).toBe('close')
    expect(openQuestion.value).toBe(null)
  })

  it('are dismissed by the next one', async () => {
    const first = ask(question)
    const second = ask({ ...question, title: 'Leave?' })
    expect(await first).toBe(null)
    expect(openQuestion.value?.question.title).toBe('Leave?')
    answerQuestion(null)
    expect(await second).toBe(null)
  })
})
