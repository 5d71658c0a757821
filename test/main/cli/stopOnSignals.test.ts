/** When a signal that comes again is a second request, and when it is the first one told twice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stopOnSignals } from '../../../src-main/cli/signals'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What was called, in order. */
let calls: string[]
let before: Map<NodeJS.Signals, readonly NodeJS.SignalsListener[]>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  calls = []
  before = new Map(signals.map((signal) => [signal, process.listeners(signal)]))
  stopOnSignals({ stop: () => calls.push('stop'), leave: () => calls.push('leave') })
})

afterEach(() => {
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)!.includes(listener)) process.removeListener(signal, listener)
  vi.useRealTimers()
})

describe('a command that is asked to end', () => {
  it.each(signals)('by %s stops', (signal) => {
    process.emit(signal, signal)
    expect(calls).toEqual(['stop'])
  })

  it.each(signals)('by %s to itself and to its group stops once and does not leave', (signal) => {
    process.emit(signal, signal)
    process.emit(signal, signal)
    expect(calls).toEqual(['stop'])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s once more leaves', (signal) => {
    process.emit('SIGHUP', 'SIGHUP')
    vi.advanceTimersByTime(1000)
    process.emit(signal, signal)
    expect(calls).toEqual(['stop', 'leave'])
  })

  it('by a terminal that closes and says so again goes on stopping', () => {
    process.emit('SIGINT', 'SIGINT')
    vi.advanceTimersByTime(1000)
    process.emit('SIGHUP', 'SIGHUP')
    expect(calls).toEqual(['stop'])
  })
})
