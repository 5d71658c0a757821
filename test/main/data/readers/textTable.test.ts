import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '#core/problems/problem'
import { readRows, readTable } from '../../../../src-main/data/readers/textTable'
import { resourcePath } from '../../../../src-main/data/resources'
import { detectDialect, type DialectOptions } from '../../../../src-main/data/readers/dialect'
import { RowSplitter } from '../../../../src-main/data/readers/rowSplitter'
import { usedHeap } from '../../../support/usedHeap'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

async function table(text: string | Uint8Array, options?: DialectOptions) {
  const folder = await temporaryFolder()
  return readTable(await folder.write('数据.csv', text), options)
}

async function problem(text: string | Uint8Array, options?: DialectOptions) {
  const folder = await temporaryFolder()
  const path = await folder.write('数据.csv', text)
  const problems = await problemsOf(readTable(path, options))
  for (const { place, fix } of problems) {
    expect(place.file).toBe(path)
    expect(fix).not.toBe('')
  }
  return problems[0]!
}

describe('reading CSV files', () => {
  it('reads the penguins: 344 rows of 7 named columns', async () => {
    const penguins = await readTable(resourcePath('data/penguins.csv'))
    expect(penguins.rows).toHaveLength(344)
    expect(penguins.names).toEqual([
      'Species',
      'Island',
      'Beak Length (mm)',
      'Beak Depth (mm)',
      'Flipper Length (mm)',
      'Body Mass (g)',
      'Sex',
    ])
    expect(penguins.rows[3]).toEqual(['Adelie', 'Torgersen', '', '', '', '', ''])
    expect(penguins.lines[343]).toBe(345)
  })

  it.each([
    [',', 'a,b\n1,2\n3,4'],
    [';', 'a;b\n1,5;2\n3,25;4'],
    ['\t', 'a\tb\n1\t\n3\t4'],
    ['|', 'a|b\n1|2, or 3\n3|4'],
  ])('detects the delimiter %j', async (delimiter, text) => {
    const { delimiter: found, rows } = await table(text)
    expect(found).toBe(delimiter)
    expect(rows.map((row) => row.length)).toEqual([2, 2])
  })

  it('keeps empty cells between tabs', async () => {
    expect((await table('a\tb\tc\n1\t\t3\n\t\t6\n')).rows).toEqual([
      ['1', '', '3'],
      ['', '', '6'],
    ])
  })

  it('treats a first row of numbers as data, unless it contains a requested name', async () => {
    expect(await table('1,2\n3,4\n')).toMatchObject({
      hasHeader: false,
      names: ['column 1', 'column 2'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(await table('1990,price\n3,4\n', { expectedNames: ['price'] })).toMatchObject({
      hasHeader: true,
      lines: [2],
    })
  })

  it('reads quotes, line breaks inside quotes, CRLF, a byte-order mark and non-ASCII names', async () => {
    const { names, rows, lines } = await table('\ufeff名前,β\r\n"a ""b"", c","x\r\ny"\r\n\r\n 1 ,2\r\n')
    expect(names).toEqual(['名前', 'β'])
    expect(rows).toEqual([
      ['a "b", c', 'x\r\ny'],
      ['1', '2'],
    ])
    expect(lines).toEqual([2, 5])
  })

  it('round-trips any quoted cells, on the lines where they were written', async () => {
    const folder = await temporaryFolder()
    const cell = fc.string({
      unit: fc.constantFrom('a', 'Z', '7', ' ', ',', ';', '"', '\n', '\r\n', 'é', '写', '😀'),
      maxLength: 8,
    })
    const rows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      )
    await fc.assert(
      fc.asyncProperty(rows, async (content) => {
        const header = content[0]!.map((_, i) => `name ${i}`)
        const text = [header, ...content].map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
        const read = await readTable(await folder.write('any.csv', text.join('\n')), { delimiter: ',' })
        expect(read.rows).toEqual(content)
        const lines = text.map((_, i) => text.slice(0, i).join('\n').split('\n').length + (i > 0 ? 1 : 0))
        expect(read.lines).toEqual(lines.slice(1))
      }),
      { numRuns: 150 },
    )
  })
})

describe('streaming rows', () => {
  it('returns every one of 1,000,000 rows, in constant memory', async () => {
    const folder = await temporaryFolder()
    const path = join(folder.path, 'big.csv')
    const file = createWriteStream(path)
    file.write('id,name,x,y,city,when\n')
    for (let begin = 0; begin < 1_000_000; begin += 10_000) {
      const rows = Array.from({ length: 10_000 }, (_, i) => {
        const id = begin + i
        return `${id},"name ${id % 1000}, first",${(id * 0.37).toFixed(3)},${(id % 97) / 7},Žilina,2024-01-${10 + (id % 20)}\n`
      })
      if (!file.write(rows.join(''))) await once(file, 'drain')
    }
    file.end()
    await once(file, 'close')
    const found = await detectDialect(path)
    const before = process.memoryUsage().rss
    let [count, sum, growth] = [0, 0, 0]
    for await (const { rows, lines } of readRows(found)) {
      for (const [id] of rows) sum += Number(id)
      count += rows.length
      expect(Number(rows.at(-1)![0]) + 2).toBe(lines.at(-1))
      expect(rows.at(-1)).toHaveLength(6)
      growth = Math.max(growth, process.memoryUsage().rss - before)
    }
    expect([count, sum]).toEqual([1_000_000, 499_999_500_000])
    // The file is about 70 MB; its rows as strings would take several times that.
    expect(growth / 2 ** 20).toBeLessThan(200)
  })

  it('keeps nothing of the file in memory except the kept cells', async () => {
    const folder = await temporaryFolder()
    const row = `key of this row,${'x'.repeat(2000)}\n`
    const path = await folder.write('long.csv', `a,b\n${row.repeat(30_000)}`)
    const kept: string[] = []
    const before = usedHeap()
    for await (const { rows } of readRows(await detectDialect(path))) kept.push(rows[0]![0]!)
    expect(kept.length).toBeGreaterThan(25)
    expect((usedHeap() - before) / 2 ** 20).toBeLessThan(40)
  })

  it('returns the same rows for any chunking of the text', async () => {
    const text = 'a,b\r\n"x ""y""\r\nz" , 1\r\n\r\n  \t\n写真, 2 \r3,"4"\n5,'
    const whole: unknown[] = []
    const split = (pieces: readonly string[], into: unknown[]) => {
      const splitter = new RowSplitter('x.csv', { delimiter: ',', quote: '"' }, (cells, line) =>
        into.push([line, cells]),
      )
      for (const piece of pieces) splitter.push(piece)
      splitter.finish()
    }
    split([text], whole)
    expect(whole).toEqual([
      [1, ['a', 'b']],
      [2, ['x "y"\r\nz', '1']],
      [6, ['写真', '2']],
      [7, ['3', '4']],
      [8, ['5', '']],
    ])
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length]
        const rows: unknown[] = []
        split(
          at.slice(1).map((end, i) => text.slice(at[i], end)),
          rows,
        )
        expect(rows).toEqual(whole)
      }),
    )
  })

  it('skips rows of a different width on request, and reports each', async () => {
    const folder = await temporaryFolder()
    const found = await detectDialect(await folder.write('x.csv', 'a,b\n1,2\n3\n4,5\n6,7,8\n'))
    const problems: Problem[] = []
    const batches: unknown[] = []
    for await (const batch of readRows(found, { onProblem: (problem) => problems.push(problem) })) batches.push(batch)
    expect(batches).toEqual([
      {
        rows: [
          ['1', '2'],
          ['4', '5'],
        ],
        lines: [2, 4],
      },
    ])
    expect(problems.map(({ code, place }) => [code, place.line])).toEqual([
      ['data-row', 3],
      ['data-row', 5],
    ])
  })
})

describe('rejecting CSV files', () => {
  it.each([
    ['an empty file', ''],
    ['white space', '\n\r\n  \n'],
    ['a header alone', 'a,b\n'],
  ])('rejects %s', async (_, text) => {
    expect(await problem(text)).toMatchObject({ code: 'data-empty' })
  })

  it('reports the line of a row that is too short or too long, and several of them together', async () => {
    const short = await problem('a,b,c\n1,2,3\n"x\n",5\n')
    expect(short).toMatchObject({
      code: 'data-row',
      place: { line: 3 },
      expected: '3 cells, delimited by ","',
      received: '2 cells',
    })
    expect(await problem('a,b\n1,2\n3,4\n\n5,6,7\n')).toMatchObject({
      code: 'data-row',
      place: { line: 5 },
      received: '3 cells',
    })
    const folder = await temporaryFolder()
    const many = await problemsOf(readTable(await folder.write('x.csv', `a,b\n${'1\n1,2,3\n'.repeat(50)}`)))
    expect(many).toHaveLength(10)
  })

  it('rejects duplicate column names', async () => {
    expect(await problem('a,b,a\n1,2,3\n')).toMatchObject({
      code: 'data-column',
      place: { line: 1, column: 'a' },
      received: 'a as column 1 and column 3',
    })
  })

  it('reports line and byte of a NUL', async () => {
    expect(await problem(Buffer.from('a,b\n1,2\n3,\0\n'))).toMatchObject({
      code: 'data-format',
      place: { line: 3, byte: 10 },
    })
  })

  it('reports line and byte if the text is not in the chosen encoding', async () => {
    const latin1 = Buffer.from('a,b\n1,2\nM\u00fcller,3\n', 'latin1')
    expect(await problem(latin1, { encoding: 'utf-8' })).toMatchObject({
      code: 'data-encoding',
      place: { line: 3, byte: 8 },
      expected: 'UTF-8',
    })
    expect(await problem(Buffer.from('a,b\n\x81,2\n', 'latin1'), { encoding: 'windows-1252' })).toMatchObject({
      code: 'data-encoding',
      place: { line: 2, byte: 4 },
      expected: 'Windows-1252',
    })
    expect(await problem(Buffer.from('a,b\n1,2\n'), { encoding: 'utf-16le' })).toMatchObject({ code: 'data-empty' })
  })

  it('treats text with a single wrong byte as damaged UTF-8, and reports the line', async () => {
    const text = Buffer.from(`name,n\n${'北京,1\n'.repeat(100)}`)
    text[text.length - 4] = 0xff
    expect(await problem(text)).toMatchObject({ code: 'data-encoding', place: { line: 101 }, expected: 'UTF-8' })
  })

  it('reports the line on which a row with broken quotes starts', async () => {
    expect(await problem('a,b\n1,2\n3,"4\n5,6\n')).toMatchObject({ code: 'data-format', place: { line: 3 } })
    expect(await problem('a,b\n1,2\n3,4"5\n')).toMatchObject({ code: 'data-format', place: { line: 3 } })
  })

  it('rejects an endless row and an endless header', async () => {
    expect(await problem(`a,b\n1,"${'x'.repeat(2 ** 21)}"\n`)).toMatchObject({
      code: 'data-too-large',
      place: { line: 2 },
    })
    expect(await problem(`${'x,'.repeat(20_000)}x\n1,2\n`)).toMatchObject({ code: 'data-too-large' })
  })
})
