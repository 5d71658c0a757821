/** Tables with numbers that float32 cannot hold: they stay float64 until all steps are done. */
import { describe, expect, it } from 'vitest'
import type { ColumnStatistics } from '#core/data/facts'
import { temporaryFolder } from '../temporaryFolder'
import { openPreparing } from './preparing'

const ROWS = 200

async function tableOf(value: (i: number) => number | string, preprocess: { kind: string }[] = []) {
  const rows = Array.from({ length: ROWS }, (_, i) => `${value(i)},${i % 7},${i % 2 ? 'a' : 'b'}`)
  const path = await (await temporaryFolder()).write('rows.csv', ['t,x,label', ...rows].join('\n'))
  return openPreparing({ kind: 'table', path, label: 'label' }, preprocess)
}

const all = Int32Array.from({ length: ROWS }, (_, i) => i)
const seconds = (i: number): number => 1_700_000_000 + i

describe('200 consecutive seconds', () => {
  it('are 200 values before and after the steps', async () => {
    const { raw, samples, statistics, facts, preprocess } = await tableOf(seconds, [{ kind: 'standardize' }])
    expect(facts.sample).toMatchObject({ dtype: 'float64', shape: [2] })
    expect(preprocess).toMatchObject({ dtype: 'float32', shape: [2] })
    const stored = raw.gather(all)
    expect(stored).toBeInstanceOf(Float64Array)
    expect(new Set(stored.filter((_, i) => i % 2 === 0)).size).toBe(200)
    const trained = samples.gather(all)
    expect(trained).toBeInstanceOf(Float32Array)
    expect(new Set(trained.filter((_, i) => i % 2 === 0)).size).toBe(200)
    const { mean, deviation, median, min, max } = statistics.sample[0] as ColumnStatistics
    expect([min, max].every((value) => value >= 1_700_000_000 && value <= 1_700_000_199)).toBe(true)
    expect(Math.abs(median! - 1_700_000_100)).toBeLessThan(30)
    // (second 150 − mean) / deviation, in float64.
    expect(trained[300]).toBe(Math.fround((1_700_000_150 - mean) / deviation))
  })

  it.each([['standardize'], ['min-max']])('become small numbers after two steps, the last %s', async (kind) => {
    const { samples, notes } = await tableOf(
      (i) => (i % 9 === 0 ? '' : seconds(i)),
      [{ kind: 'fill-missing' }, { kind }],
    )
    const values = samples.gather(all).filter((_, i) => i % 2 === 0)
    expect(values.every((value) => Math.abs(value) < 3)).toBe(true)
    expect(new Set(values).size).toBe(178)
    expect(notes).toEqual([])
  })

  it('are no longer distinguishable if no step works on them, with a warning', async () => {
    const none = await tableOf(seconds)
    expect(none.samples.gather(all)).toBeInstanceOf(Float32Array)
    expect(none.notes).toMatchObject([
      { code: 'data-precision', severity: 'warning', place: { column: 't' }, data: { columns: 't', apart: '128' } },
    ])
    const other = await tableOf(seconds, [{ kind: 'standardize', columns: ['x'] } as { kind: string }])
    expect(other.notes).toMatchObject([{ code: 'data-precision', place: { column: 't' } }])
  })
})

describe('columns that float32 holds', () => {
  it.each([
    ['years', (i: number) => 2005 + (i % 3)],
    ['whole metres', (i: number) => 5_819_300 + i],
    ['prices', (i: number) => 19.99 + i],
    ['one value', () => 2_459_800.5],
    ['large numbers', (i: number) => 1e9 * (i + 1)],
  ])('stay float32: %s', async (_, value) => {
    const { facts, samples, raw, notes } = await tableOf(value, [{ kind: 'standardize' }])
    expect(facts.sample.dtype).toBe('float32')
    expect(raw.gather(all)).toBeInstanceOf(Float32Array)
    expect(samples.gather(all).every((number) => Math.abs(number) < 3)).toBe(true)
    expect(notes).toEqual([])
  })
})

describe('regression targets', () => {
  it('are reported if float32 predictions are too coarse for them', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${seconds(i)}`)
    const path = await (await temporaryFolder()).write('rows.csv', ['x,t', ...rows].join('\n'))
    const read = await openPreparing({ kind: 'table', path, label: 't' }, [], 'regression')
    expect(read.notes).toMatchObject([{ code: 'data-precision', place: { column: 't' }, data: { case: 'target' } }])
  })
})
