/** Throttled updates of a run in a window. */
import { expect, it } from 'vitest'
import { throttled } from '../../../src-renderer/stores/throttled'

it('passes on the latest of what can wait, and immediately what cannot', async () => {
  const taken: number[] = []
  let heard: () => void = () => undefined
  const show = throttled((value: number) => {
    taken.push(value)
    heard()
  }, 20)
  const later = new Promise<void>((resolve) => (heard = resolve))
  for (let value = 1; value <= 50; value++) show(value, true)
  expect(taken).toEqual([])
  await later
  expect(taken).toEqual([50])
  show(51, true)
  show(52)
  expect(taken).toEqual([50, 52])
})
