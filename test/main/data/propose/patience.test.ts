/** How long a proposal goes on: by the work it does, and not by what else the computer does. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { availableParallelism } from 'node:os'
import { BusyPatience } from '../../../../src-main/data/propose/proposal'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

it('ends when its time is over and as much work is done', () => {
  const patience = new BusyPatience(20)
  expect(patience.isOver).toBe(false)
  const begin = process.cpuUsage()
  for (let used = 0; used < 25_000 * Math.min(4, availableParallelism());) {
    const { user, system } = process.cpuUsage(begin)
    used = user + system
  }
  expect(patience.isOver).toBe(false)
  vi.advanceTimersByTime(20)
  expect(patience.isOver).toBe(true)
})

it('goes on while others have the processor, but not for ever', () => {
  const patience = new BusyPatience(60_000)
  vi.advanceTimersByTime(120_000)
  expect(patience.isOver).toBe(false)
  vi.advanceTimersByTime(240_000)
  expect(patience.isOver).toBe(true)
})
