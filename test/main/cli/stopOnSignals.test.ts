/** Whether a repeated signal is a second request, or the first one delivered twice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stopOnSignals } from '../../../src-main/cli/signals'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The calls, in order. */
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

describe('a command that is requested to stop', () => {
  it.each(signals)('by %s stops', (signal) => {
    process.emit(signal, signal)
    expect(calls).toEqual(['stop'])
  })

  it.each(signals)('by %s to itself and to its group stops once and does not exit', (signal) => {
    process.emit(signal, signal)
    process.emit(signal, signal)
    expect(calls).toEqual(['stop'])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('exits on another %s', (signal) => {
    process.emit('SIGHUP', 'SIGHUP')
    vi.advanceTimersByTime(1000)
    process.emit(signal, signal)
    expect(calls).toEqual(['stop', 'leave'])
  })

  it('keeps stopping when a closing terminal repeats its signal', () => {
    process.emit('SIGINT', 'SIGINT')
    vi.advanceTimersByTime(1000)
    process.emit('SIGHUP', 'SIGHUP')
    expect(calls).toEqual(['stop'])
  })
})
