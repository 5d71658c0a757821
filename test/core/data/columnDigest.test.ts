/** Statistics from a stream of rows equal those of all values together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeColumns } from '#core/data/columnDigest'
import type { ColumnStatistics } from '#core/data/facts'
import { describeNumbers } from '#core/data/statistics'

/** Rows split into chunks of any size. */
function chunked(rows: Float32Array, width: number, size: number) {
  return () =>
    Array.from({ length: Math.ceil(rows.length / width / size) }, (_, i) => ({
      begin: i * size,
      rows: rows.subarray(i * size * width, (i + 1) * size * width),
    }))
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return low + (high - low) * (place - Math.floor(place))
}

describe('a digest of columns', () => {
  it('finds exact means, deviations, medians and quantiles of any float32 numbers', async () => {
    const cells = fc.array(
      fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), fc.constantFrom(NaN, 0, -0, 1)),
      {
        minLength: 1,
        maxLength: 60,
      },
    )
    await fc.assert(
      fc.asyncProperty(cells, fc.integer({ min: 1, max: 7 }), async (values, size) => {
        const rows = Float32Array.from(values)
        const includes = Uint8Array.from(values, (_, i) => (i % 5 === 4 ? 0 : 1))
        const options = { includes, quantiles: [0.1, 0.9], mode: true }
        const [found] = (await describeColumns(chunked(rows, 1, size), [{ type: 'numeric' }], options)) as [
          ColumnStatistics,
        ]
        const taken = Float64Array.from([...rows].filter((_, i) => includes[i] === 1))
        const expected = describeNumbers(taken)
        expect(found).toMatchObject({ count: expected.count, missing: expected.missing })
        // The mean of the two middle values may be rounded either way. Other tests in this process may have made ONNX
        // Runtime flush denormals to 0, which then applies to everything computed here.
        expect(Math.abs(found.median! - expected.median!)).toBeLessThanOrEqual(
          1e-15 * Math.max(1e-300, Math.abs(expected.median!)) * 2 + 1e-320,
        )
        expect(found.min + 0).toBe(expected.min + 0)
        expect(found.max + 0).toBe(expected.max + 0)
        const scale = Math.max(1, Math.abs(expected.min), Math.abs(expected.max))
        expect(Math.abs(found.mean - expected.mean)).toBeLessThan(1e-12 * scale)
        // The sign of zero does not matter here.
        expect(Math.abs(found.deviation - expected.deviation)).toBeLessThan(1e-9 * scale)
        if (expected.count === 0) return
        const sorted = [...taken].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
        expect(found.quantiles!.map((value) => value + 0)).toEqual([
          quantile(sorted, 0.1) + 0,
          quantile(sorted, 0.9) + 0,
        ])
      }),
      { numRuns: 25 },
    )
  })

  it('keeps columns separate, counts categories, and returns the smallest of the most frequent values', async () => {
    const rows = Float32Array.of(0, 3, 1, 3, NaN, 1, 1, 1)
    const [categories, numbers] = await describeColumns(
      chunked(rows, 2, 3),
      [{ type: 'categorical', categories: 3 }, { type: 'numeric' }],
      { includes: new Uint8Array(4).fill(1), mode: true },
    )
    expect(categories).toEqual({ count: 3, missing: 1, counts: [1, 2, 0] })
    expect(numbers).toMatchObject({ mean: 2, mode: 1 })
  })

  it('describes more columns than fit in one pass', async () => {
    const width = 150
    const rows = Float32Array.from({ length: width * 4 }, (_, i) => (i % width) + Math.floor(i / width))
    const columns = new Array<{ type: 'numeric' }>(width).fill({ type: 'numeric' })
    const found = await describeColumns(chunked(rows, width, 2), columns, { includes: new Uint8Array(4).fill(1) })
    expect(found.map((column) => (column as ColumnStatistics).median)).toEqual(
      Array.from({ length: width }, (_, c) => c + 1.5),
    )
  })
})
