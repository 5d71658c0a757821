/** What a window shows of a run that tells more than anybody reads. */
import { expect, it } from 'vitest'
import { throttled } from '../../../src-renderer/stores/throttled'

it('hands on the newest of what may wait, and at once what may not', async () => {
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
