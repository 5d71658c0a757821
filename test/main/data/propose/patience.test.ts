/** How long a proposal continues: by the work it does, independent of the load of the computer. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { availableParallelism } from 'node:os'
import { BusyPatience } from '../../../../src-main/data/propose/proposal'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

it('ends when its time is up and enough work is done', () => {
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

it('continues while other processes use the CPU, up to a limit', () => {
  const patience = new BusyPatience(60_000)
  vi.advanceTimersByTime(120_000)
  expect(patience.isOver).toBe(false)
  vi.advanceTimersByTime(240_000)
  expect(patience.isOver).toBe(true)
})
