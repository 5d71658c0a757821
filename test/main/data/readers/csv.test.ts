import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable, type CsvOptions } from '../../../../src-main/data/readers/csv'
import { resourcePath } from '../../../../src-main/data/resources'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

async function table(text: string | Uint8Array, options?: CsvOptions) {
  const folder = await temporaryFolder()
  return readTable(await folder.write('数据.csv', text), options)
}

async function problem(text: string | Uint8Array, options?: CsvOptions) {
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
  ])('finds the delimiter %j', async (delimiter, text) => {
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

  it('takes a first row of numbers for data, unless a name that is asked for stands in it', async () => {
    expect(await table('1,2\n3,4\n')).toMatchObject({
      hasHeader: false,
      names: ['column 1', 'column 2'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(await table('1990,price\n3,4\n', { names: ['price'] })).toMatchObject({ hasHeader: true, lines: [2] })
  })

  it('reads quotes, line breaks inside quotes, CRLF, a byte-order mark and names that are not ASCII', async () => {
    const { names, rows, lines } = await table('\ufeff名前,β\r\n"a ""b"", c","x\r\ny"\r\n\r\n 1 ,2\r\n')
    expect(names).toEqual(['名前', 'β'])
    expect(rows).toEqual([
      ['a "b", c', 'x\r\ny'],
      ['1', '2'],
    ])
    expect(lines).toEqual([2, 5])
  })

  it('gives back any cells that were quoted, on the lines where they were written', async () => {
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

describe('refusing CSV files', () => {
  it.each([
    ['an empty file', ''],
    ['white space', '\n\r\n  \n'],
    ['a header alone', 'a,b\n'],
  ])('refuses %s', async (_, text) => {
    expect(await problem(text)).toMatchObject({ code: 'data-empty' })
  })

  it('names the line of a row that is too short or too long, and several of them at once', async () => {
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

  it('refuses two columns of one name, and a column without a name', async () => {
    expect(await problem('a,b,a\n1,2,3\n')).toMatchObject({
      code: 'data-column',
      place: { line: 1, column: 'a' },
      received: 'a as column 1 and column 3',
    })
    expect(await problem(',b\n1,2\n', { names: ['b'] })).toMatchObject({
      code: 'data-column',
      place: { line: 1, column: '1' },
    })
  })

  it('names line and byte of a NUL', async () => {
    expect(await problem(Buffer.from('a,b\n1,2\n3,\0\n'))).toMatchObject({
      code: 'data-format',
      place: { line: 3, byte: 10 },
    })
  })

  it('names the line of text that is not UTF-8, and says so of UTF-16', async () => {
    const latin1 = Buffer.from('a,b\n1,2\nM\u00fcller,3\n', 'latin1')
    expect(await problem(latin1)).toMatchObject({ code: 'data-format', place: { line: 3, byte: 8 } })
    expect(await problem(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'))).toMatchObject({
      code: 'data-format',
      received: 'UTF-16',
    })
  })

  it('names the line on which a row with broken quotes begins', async () => {
    expect(await problem('a,b\n1,2\n3,"4\n5,6\n')).toMatchObject({ code: 'data-format', place: { line: 3 } })
    expect(await problem('a,b\n1,2\n3,4"5\n')).toMatchObject({ code: 'data-format', place: { line: 3 } })
  })

  it('refuses a row and a header without end', async () => {
    expect(await problem(`a,b\n1,"${'x'.repeat(2 ** 21)}"\n`)).toMatchObject({
      code: 'data-too-large',
      place: { line: 2 },
    })
    expect(await problem(`${'x,'.repeat(20_000)}x\n1,2\n`)).toMatchObject({ code: 'data-too-large' })
  })
})
