import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openParquet, readParquetRows } from '../../../../src-main/data/readers/parquet'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { fixture } from './fixtures'
import { collectGarbage } from '../../../support/usedHeap'
import { parquetBytes } from './parquetBytes'

async function write(...args: Parameters<typeof parquetBytes>) {
  const folder = await temporaryFolder()
  return folder.write('表.parquet', parquetBytes(...args))
}

async function rowsOf(path: string, names?: readonly string[]) {
  const rows: (readonly string[])[] = []
  for await (const batch of readParquetRows(await openParquet(path), names)) rows.push(...batch.rows)
  return rows
}

describe('reading Parquet tables', () => {
  it('returns names, types and rows, and exact numbers', async () => {
    const path = await write([
      { name: '名前', data: ['a', '写真', '', 'd'], type: 'STRING' },
      { name: 'small', data: [1, -2, 2147483647, -2147483648], type: 'INT32' },
      { name: 'large', data: [1n, -9007199254740993n, 9223372036854775807n, -9223372036854775808n], type: 'INT64' },
      { name: 'single', data: [0.1, 1e-40, 3.4028234663852886e38, 16777217], type: 'FLOAT' },
      { name: 'double', data: [0.1, 1 / 3, 5e-324, -0.5], type: 'DOUBLE' },
      { name: 'yes', data: [true, false, true, false], type: 'BOOLEAN' },
    ])
    const table = await openParquet(path)
    expect(table.rowCount).toBe(4)
    expect(table.columns.map(({ name, type }) => [name, type!.kind])).toEqual([
      ['名前', 'text'],
      ['small', 'integer'],
      ['large', 'integer'],
      ['single', 'real'],
      ['double', 'real'],
      ['yes', 'boolean'],
    ])
    expect(await rowsOf(path)).toEqual([
      ['a', '1', '1', '0.1', '0.1', 'true'],
      ['写真', '-2', '-9007199254740993', '1e-40', '0.3333333333333333', 'false'],
      ['', '2147483647', '9223372036854775807', '3.4028235e+38', '5e-324', 'true'],
      ['d', '-2147483648', '-9223372036854775808', '16777216', '-0.5', 'false'],
    ])
  })

  it('returns empty cells for missing values', async () => {
    const path = await write([
      { name: 'n', data: [1, null, 3, undefined], type: 'INT32' },
      { name: 't', data: [null, 'b', null, null], type: 'STRING' },
    ])
    expect(await rowsOf(path)).toEqual([
      ['1', ''],
      ['', 'b'],
      ['3', ''],
      ['', ''],
    ])
  })

  it('formats dates, times and decimals as ISO 8601 and in full', async () => {
    const times = [1709296496123456789n, -1n]
    const path = await write(
      [
        { name: 'date', data: [19783, -1] },
        { name: 'stamp', data: times },
        { name: 'local', data: times.map((time) => time / 1000n) },
        { name: 'clock', data: [45296123, 0] },
        { name: 'price', data: [-5n, 12345678901234567n] },
      ],
      {
        schema: [
          { name: 'root', num_children: 5 },
          { name: 'date', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
          {
            name: 'stamp',
            type: 'INT64',
            repetition_type: 'REQUIRED',
            logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' },
          },
          {
            name: 'local',
            type: 'INT64',
            repetition_type: 'REQUIRED',
            logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
          },
          { name: 'clock', type: 'INT32', converted_type: 'TIME_MILLIS', repetition_type: 'REQUIRED' },
          {
            name: 'price',
            type: 'INT64',
            converted_type: 'DECIMAL',
            scale: 2,
            precision: 18,
            repetition_type: 'REQUIRED',
          },
        ],
      },
    )
    expect(await rowsOf(path)).toEqual([
      ['2024-03-01', '2024-03-01T12:34:56.123456789Z', '2024-03-01T12:34:56.123456', '12:34:56.123', '-0.05'],
      ['1969-12-31', '1969-12-31T23:59:59.999999999Z', '1970-01-01T00:00:00', '00:00:00', '123456789012345.67'],
    ])
  })

  it('reads one row group and one page at a time, and only the named columns', async () => {
    const count = 10_000
    const path = await write(
      [
        {
          name: 'id',
          data: Array.from({ length: count }, (_, i) => i),
          type: 'INT32',
          encoding: 'DELTA_BINARY_PACKED',
        },
        { name: 'kind', data: Array.from({ length: count }, (_, i) => `kind ${i % 7}`), type: 'STRING' },
        {
          name: 'x',
          data: Array.from({ length: count }, (_, i) => i / 4),
          type: 'DOUBLE',
          encoding: 'BYTE_STREAM_SPLIT',
        },
      ],
      { rowGroupSize: 3000, pageSize: 1000 },
    )
    const table = await openParquet(path)
    expect(table.groups.map(({ rows }) => rows)).toEqual([3000, 3000, 3000, 1000])
    let next = 0
    for await (const { rows, lines } of readParquetRows(table, ['x', 'kind', 'id'])) {
      expect(rows.length).toBeLessThanOrEqual(1024)
      rows.forEach(([x, kind, id], i) => {
        expect([x, kind, id, lines[i]]).toEqual([`${next / 4}`, `kind ${next % 7}`, `${next}`, next + 1])
        next++
      })
    }
    expect(next).toBe(count)
  })

  it.each([
    ['hadoop_lz4_compressed', 4, ['1593604800', 'def', '7.7'], 1],
    ['lz4_raw_compressed', 4, ['1593604800', 'def', '7.7'], 1],
    ['brotli_compressed', 4, ['1593604800', 'def', '7.7'], 1],
    ['byte_stream_split.zstd', 300, ['1.7640524', '-1.3065268517353166'], 0],
    ['concatenated_gzip_members', 513, ['513'], 512],
    ['fixed_length_decimal', 24, ['24.00'], 23],
    ['boolean_rle', 15, ['false'], 14],
    ['delta_length_byte_array', 1000, ['apple_banana_mango9'], 3],
    ['duckdb_delta_binary_packed', 1250, ['1249'], 1249],
    ['uuid', 3, ['f47ac10b-58cc-4372-a567-0e02b2c3d479'], 2],
  ])('reads %s, written by another program', async (name, count, row, index) => {
    const rows = await rowsOf(fixture(`parquet/${name}.parquet`))
    expect(rows).toHaveLength(count)
    expect(rows[index]).toEqual(row)
  })

  it('rejects nested columns by name, and reads the others', async () => {
    const path = fixture('parquet/datapage_v2.snappy.parquet')
    const table = await openParquet(path)
    expect(table.columns.map(({ name, refusal }) => [name, refusal?.en])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
      ['d', undefined],
      ['e', 'nested values (LIST)'],
    ])
    const [problem] = await problemsOf(rowsOf(path))
    expect(problem).toMatchObject({
      code: 'data-column',
      place: { file: path, column: 'e' },
      received: 'nested values (LIST)',
    })
    expect(await rowsOf(path, ['d', 'b', 'a'])).toEqual([
      ['true', '1', 'abc'],
      ['true', '2', 'abc'],
      ['true', '3', 'abc'],
      ['false', '4', ''],
      ['true', '5', 'abc'],
    ])
    const [unknown] = await problemsOf(rowsOf(path, ['A']))
    expect(unknown).toMatchObject({ code: 'data-column', place: { column: 'A' }, expected: 'a, b, c, d, e' })
  })

  it('reports row and column of bytes that are not text', async () => {
    const path = await write([
      { name: 'blob', data: [Buffer.from('ok'), Buffer.from([0xff, 0xfe])], type: 'BYTE_ARRAY' },
    ])
    const [problem] = await problemsOf(rowsOf(path))
    expect(problem).toMatchObject({ code: 'data-cell', place: { file: path, line: 2, column: 'blob' } })
  })

  it('reads a page of any codec named by the file', async () => {
    const columns = [{ name: 'n', data: Array.from({ length: 500 }, (_, i) => i), type: 'INT32' as const }]
    const path = await write(columns, {
      codec: 'GZIP',
      compressors: { GZIP: (bytes) => new Uint8Array(gzipSync(bytes)) },
    })
    expect((await rowsOf(path)).at(-1)).toEqual(['499'])
  })

  it('streams 1,000,000 rows in memory bounded by a few pages', async () => {
    const count = 1_000_000
    const path = await write(
      [
        { name: 'id', data: Int32Array.from({ length: count }, (_, i) => i), type: 'INT32', encoding: 'PLAIN' },
        { name: 'x', data: Float64Array.from({ length: count }, (_, i) => i / 3), type: 'DOUBLE', encoding: 'PLAIN' },
      ],
      { rowGroupSize: count },
    )
    const table = await openParquet(path)
    collectGarbage()
    const before = process.memoryUsage().rss
    let rows = 0
    let growth = 0
    for await (const batch of readParquetRows(table)) {
      rows += batch.rows.length
      growth = Math.max(growth, process.memoryUsage().rss - before)
    }
    expect(rows).toBe(count)
    expect(growth / 2 ** 20).toBeLessThan(200)
  })
})
