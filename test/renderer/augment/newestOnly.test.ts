/** Requests that arrive faster than they are answered. */
import { expect, it } from 'vitest'
import { newestOnly } from '../../../src-renderer/augment/newestOnly'

/** Work that ends on request. */
function slowWork() {
  const ends: ((error?: Error) => void)[] = []
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))
  return { work, ends }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

it('runs one at a time, and of the requests made meanwhile only the last', async () => {
  const { work, ends } = slowWork()
  const ask = newestOnly(work)
  ask()
  ask()
  ask()
  expect(ends).toHaveLength(1)
  ends[0]!()
  await settled()
  expect(ends).toHaveLength(2)
  ends[1]!()
  await settled()
  expect(ends).toHaveLength(2)
  ask()
  expect(ends).toHaveLength(3)
})

it('continues after work that failed', async () => {
  const { work, ends } = slowWork()
  const ask = newestOnly(() => work().catch(() => undefined))
  ask()
  ends[0]!(new Error('gone'))
  await settled()
  ask()
  expect(ends).toHaveLength(2)
})
