import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectDialect, type DialectOptions } from '../../../../src-main/data/readers/dialect'
import { readTable } from '../../../../src-main/data/readers/textTable'
import { temporaryFolder } from '../temporaryFolder'

describe('detecting the dialect of a table', () => {
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
  ])('detects the encoding of %s', async (name, encoding, rows) => {
    const found = await detectDialect(fixture(name))
    expect(found.dialect).toMatchObject({ encoding, header: true, delimiter: ',' })
    expect(found.first.rows).toEqual(rows)
    expect((await readTable(fixture(name))).rows).toEqual(rows)
  })

  it('detects Windows-1252 and decimal commas between semicolons, and reports them as uncertain', async () => {
    const german = await detectDialect(fixture('german-cp1252.csv'))
    expect(german.dialect).toEqual({
      encoding: 'windows-1252',
      delimiter: ';',
      quote: '"',
      comment: '',
      header: true,
      decimal: ',',
      thousands: '',
    })
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

  it('accepts explicit values for every part of it', async () => {
    const written = { delimiter: '~', quote: "'", header: false, encoding: 'gb18030' } as const
    const given = { ...written, decimal: ',', thousands: '.', comment: '%' } as const
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

  it('detects single quotes, and texts in which quotes are literal', async () => {
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

  it('reports the delimiter and the header as uncertain if they are guesses', async () => {
    expect((await dialectOf('a,b\nc,d\ne,f\n')).notes).toMatchObject([
      { code: 'data-dialect', message: expect.stringContaining('names of the columns') },
    ])
    expect((await dialectOf('a;b,c\n1;2,3\n4;5,6\n')).notes).toMatchObject([
      { code: 'data-dialect', message: expect.stringContaining('delimiter') },
    ])
    expect((await dialectOf('a,b\n1,2\n')).notes).toEqual([])
  })

  it('shows the rows that fit along with the problems of the others', async () => {
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

  it('reads cells that look like formulas as text', async () => {
    const cells = ['=CMD|"/C calc"!A0', '=1+1', '@SUM(A1)', '+1', '-2+3']
    const text = `t,n\n${cells.map((cell, i) => `"${cell.replaceAll('"', '""')}",${i}`).join('\n')}\n`
    expect((await dialectOf(text)).first.rows.map(([cell]) => cell)).toEqual(cells)
  })
})
