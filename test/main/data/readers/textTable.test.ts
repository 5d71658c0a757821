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
    expect(await table('1990,price\n3,4\n', { expectedNames: ['price'] })).toMatchObject({
      hasHeader: true,
      lines: [2],
    })
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

describe('finding out how a table is written', () => {
  const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures/data/text', name)
  const chinese = [
    ['王小明', '北京', '31'],
    ['李芳', '上海', '27'],
    ['张伟', '广州', '45'],
    ['陈静', '深圳', '38'],
  ]
  const japanese = [
    ['さとう はなこ', 'とうきょう', '31'],
    ['鈴木 一郎', 'おおさか', '27'],
    ['タナカ ケン', 'ナゴヤ', '45'],
  ]
  const korean = [
    ['김민수', '서울', '31'],
    ['이영희', '부산', '27'],
    ['박지훈', '대구', '45'],
    ['최수진', '인천', '38'],
  ]

  it.each([
    ['chinese-gb18030.csv', 'gb18030', chinese],
    ['chinese-utf-16-le.csv', 'utf-16le', chinese],
    ['chinese-utf-16-bom.csv', 'utf-16le', chinese],
    ['chinese-utf-8-sig.csv', 'utf-8', chinese],
    ['japanese-shift_jis.csv', 'shift_jis', japanese],
    ['japanese-utf-16-be.csv', 'utf-16be', japanese],
    ['korean-euc_kr.csv', 'euc-kr', korean],
    ['korean-utf-8.csv', 'utf-8', korean],
  ])('finds the encoding of %s', async (name, encoding, rows) => {
    const found = await detectDialect(fixture(name))
    expect(found.dialect).toMatchObject({ encoding, header: true, delimiter: ',' })
    expect(found.first.rows).toEqual(rows)
    expect((await readTable(fixture(name))).rows).toEqual(rows)
  })

  it('finds Windows-1252, decimal commas between semicolons, and says that it is not sure', async () => {
    const german = await detectDialect(fixture('german-cp1252.csv'))
    expect(german.dialect).toEqual({ encoding: 'windows-1252', delimiter: ';', quote: '"', header: true })
    expect(german.names).toEqual(['Name', 'Größe', 'Ort'])
    expect(german.first.rows[0]).toEqual(['Müller', '1,83', 'Köln'])
    const french = await detectDialect(fixture('french-cp1252.csv'))
    expect(french.first.rows[1]).toEqual(['Zoé Gauthier', 'Besançon', '27'])
    const short = Buffer.from('name,n\nMüller,1\n', 'latin1')
    const folder = await temporaryFolder()
    const { notes, dialect } = await detectDialect(await folder.write('short.csv', short))
    expect(dialect.encoding).toBe('windows-1252')
    expect(notes).toMatchObject([{ code: 'data-encoding', severity: 'warning', data: { encoding: 'Windows-1252' } }])
  })

  const dialectOf = async (text: string, options?: DialectOptions) => {
    const folder = await temporaryFolder()
    return detectDialect(await folder.write('x.csv', text), options)
  }

  it('takes every part of it as it is given', async () => {
    const given = { delimiter: '~', quote: "'", header: false, encoding: 'gb18030' } as const
    const { dialect, first, names } = await dialectOf("a~'b~c'\n1~2\n", given)
    expect(dialect).toEqual(given)
    expect(names).toEqual(['column 1', 'column 2'])
    expect(first).toEqual({
      rows: [
        ['a', 'b~c'],
        ['1', '2'],
      ],
      lines: [1, 2],
    })
  })

  it('finds single quotes, and texts in which quotes quote nothing', async () => {
    expect((await dialectOf("n,t\n1,'a, b'\n2,'it''s'\n3,'c'\n4,'d'\n")).first.rows).toEqual([
      ['1', 'a, b'],
      ['2', "it's"],
      ['3', 'c'],
      ['4', 'd'],
    ])
    const messages = 'ham\tSay "yes" now\nspam\t5" pipe\nham\t"Never closed\n'
    const { dialect, first } = await dialectOf(messages, { header: false })
    expect(dialect.quote).toBe('')
    expect(first.rows.map(([, text]) => text)).toEqual(['Say "yes" now', '5" pipe', '"Never closed'])
  })

  it('says where the delimiter and the header are guesses', async () => {
    expect((await dialectOf('a,b\nc,d\ne,f\n')).notes).toMatchObject([
      { code: 'data-dialect', message: expect.stringContaining('names of the columns') },
    ])
    expect((await dialectOf('a;b,c\n1;2,3\n4;5,6\n')).notes).toMatchObject([
      { code: 'data-dialect', message: expect.stringContaining('delimiter') },
    ])
    expect((await dialectOf('a,b\n1,2\n')).notes).toEqual([])
  })

  it('shows the rows that fit beside the problems of the others', async () => {
    const { names, first, problems } = await dialectOf('a,b\n1,2\n3\n4,5\n6,"7\n')
    expect(names).toEqual(['a', 'b'])
    expect(first).toEqual({
      rows: [
        ['1', '2'],
        ['4', '5'],
      ],
      lines: [2, 4],
    })
    expect(problems.map(({ code, place }) => [code, place.line])).toEqual([
      ['data-row', 3],
      ['data-format', 5],
    ])
  })

  it('reads cells that look like formulas as the text they are', async () => {
    const cells = ['=CMD|"/C calc"!A0', '=1+1', '@SUM(A1)', '+1', '-2+3']
    const text = `t,n\n${cells.map((cell, i) => `"${cell.replaceAll('"', '""')}",${i}`).join('\n')}\n`
    expect((await dialectOf(text)).first.rows.map(([cell]) => cell)).toEqual(cells)
  })
})

describe('reading rows as a stream', () => {
  it('gives 1,000,000 rows at 20 MB/s or more with a few MB of memory', async () => {
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
    const begin = performance.now()
    let count = 0
    let sum = 0
    let growth = 0
    for await (const { rows, lines } of readRows(found)) {
      count += rows.length
      sum += Number(rows[0]![0])
      expect(Number(rows.at(-1)![0]) + 2).toBe(lines.at(-1))
      growth = Math.max(growth, process.memoryUsage().rss - before)
    }
    const seconds = (performance.now() - begin) / 1000
    expect(count).toBe(1_000_000)
    expect(sum).toBeGreaterThan(0)
    expect(growth / 2 ** 20).toBeLessThan(200)
    expect(found.size / 1e6 / seconds).toBeGreaterThan(20)
  })

  it('keeps nothing of the file alive but the cells that are kept', async () => {
    const folder = await temporaryFolder()
    const row = `key of this row,${'x'.repeat(2000)}\n`
    const path = await folder.write('long.csv', `a,b\n${row.repeat(30_000)}`)
    const kept: string[] = []
    const before = process.memoryUsage().heapUsed
    for await (const { rows } of readRows(await detectDialect(path))) kept.push(rows[0]![0]!)
    expect(kept.length).toBeGreaterThan(25)
    globalThis.gc?.()
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(40)
  })

  it('gives the same rows however the text falls into pieces', async () => {
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

  it('leaves out rows of another width where that is asked for, and tells each', async () => {
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
    expect(await problem(',b\n1,2\n', { expectedNames: ['b'] })).toMatchObject({
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

  it('names line and byte where the text is not in the encoding that was chosen', async () => {
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

  it('takes text with a single wrong byte for damaged UTF-8, and names the line', async () => {
    const text = Buffer.from(`name,n\n${'北京,1\n'.repeat(100)}`)
    text[text.length - 4] = 0xff
    expect(await problem(text)).toMatchObject({ code: 'data-encoding', place: { line: 101 }, expected: 'UTF-8' })
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
