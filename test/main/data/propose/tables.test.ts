/** Proposals for tables: their dialect, the roles of their columns, and suitable settings. */
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { parquetBytes } from '../readers/parquetBytes'
import { temporaryFolder } from '../temporaryFolder'

async function propose(content: string | Uint8Array, name = 'table.csv', source?: Partial<DataSource>) {
  const folder = await temporaryFolder()
  const path = await folder.write(name, content)
  return proposeData(path, source as DataSource | undefined)
}

type Proposed = Awaited<ReturnType<typeof propose>>

const rolesOf = ({ table }: Proposed) => Object.fromEntries(table!.columns.map(({ name, role }) => [name, role]))
const kindsOf = ({ preprocess }: Proposed) => preprocess.map(({ kind }) => kind)

/** Twelve flowers: an id, two measurements with a missing value, a color, a species. */
const flowers = (delimiter: string, comma = '.') =>
  [
    ['id', 'length', 'width', 'colour', 'species'],
    ...Array.from({ length: 12 }, (_, i) => [
      `${i + 1}`,
      i === 3 ? '' : `${i}${comma}5`,
      `${10 - i}`,
      ['red', 'blue', 'white'][i % 3]!,
      i % 2 === 0 ? 'iris' : 'rose',
    ]),
  ]
    .map((row) => row.join(delimiter))
    .join('\r\n')

describe('a table of classes', () => {
  it('is proposed with its columns, their types and roles, its classes and the required steps', async () => {
    const proposal = await propose(flowers(','), 'Blüten.csv')
    expect(proposal).toMatchObject({
      title: 'Blüten.csv',
      task: 'classification',
      count: 12,
      classes: [
        { name: 'iris', count: 6 },
        { name: 'rose', count: 6 },
      ],
      splits: null,
      problems: [],
      transforms: [],
      source: {
        kind: 'table',
        label: 'species',
        columns: [{ name: 'id', role: 'ignored' }],
        delimiter: ',',
        encoding: 'utf-8',
        header: true,
      },
    })
    expect(proposal.table!.columns).toMatchObject([
      { name: 'id', type: 'numeric', role: 'ignored', values: 12 },
      { name: 'length', type: 'numeric', role: 'feature', missing: 1, values: 11 },
      { name: 'width', type: 'numeric', role: 'feature', missing: 0 },
      { name: 'colour', type: 'categorical', role: 'feature', values: 3, examples: ['red', 'blue', 'white'] },
      { name: 'species', type: 'categorical', role: 'label', values: 2 },
    ])
    expect(proposal.table!.rows[0]).toEqual(['1', '0.5', '10', 'red', 'iris'])
    expect(kindsOf(proposal)).toEqual(['fill-missing', 'standardize', 'one-hot'])
  })

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('is recognized with %s between its cells', async (_, delimiter) => {
    const proposal = await propose(flowers(delimiter))
    expect(proposal.table!.dialect).toMatchObject({ delimiter, quote: '"', encoding: 'utf-8', header: true })
    expect(proposal.source).toMatchObject({ label: 'species', delimiter })
  })

  it('is recognized after a byte order mark, in UTF-8 and UTF-16', async () => {
    const marked = await propose(`\ufeff${flowers(',')}`)
    expect(marked.table!.columns[0]!.name).toBe('id')
    const wide = await propose(Buffer.from(`\ufeff${flowers(',')}`, 'utf16le'))
    expect(wide.table!.dialect).toMatchObject({ encoding: 'utf-16le' })
    expect(rolesOf(wide)).toMatchObject({ id: 'ignored', species: 'label' })
  })

  it('is recognized in the Western Windows encoding, with semicolons', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${i};${['Köln', 'Genève', 'Málaga'][i % 3]};${i % 2 ? 'früh' : 'spät'}`,
    )
    const proposal = await propose(iconv.encode(['größe;städtchen;klasse', ...rows].join('\r\n'), 'windows-1252'))
    expect(proposal.table!.dialect).toMatchObject({
      delimiter: ';',
      quote: '"',
      encoding: 'windows-1252',
      header: true,
    })
    expect(proposal.table!.columns.map(({ name }) => name)).toEqual(['größe', 'städtchen', 'klasse'])
    expect(proposal.source).toMatchObject({ label: 'klasse', encoding: 'windows-1252', delimiter: ';' })
    expect(proposal.classes).toEqual([
      { name: 'früh', count: 6 },
      { name: 'spät', count: 6 },
    ])
  })

  it('is recognized in the Chinese Windows encoding', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${20 + i},${i % 2 ? '男' : '女'},${['北京', '上海', '广州'][i % 3]}`,
    )
    const proposal = await propose(iconv.encode(['年龄,性别,城市', ...rows].join('\n'), 'gb18030'))
    expect(proposal.table!.dialect).toMatchObject({ encoding: 'gb18030' })
    expect(proposal.table!.rows[0]).toEqual(['20', '女', '北京'])
    expect(proposal.source).toMatchObject({ label: '城市', encoding: 'gb18030' })
  })

  it('has numbered columns if the first row is data', async () => {
    const proposal = await propose('5.1,3.5,a\n4.9,3,b\n4.7,3.2,a\n4.6,3.1,b\n')
    expect(proposal.table!.dialect).toMatchObject({ header: false })
    expect(proposal.table!.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3'])
    expect(proposal.source).toMatchObject({ label: 'column 3', header: false })
    expect(proposal.count).toBe(4)
  })

  it('marks a guessed header as uncertain', async () => {
    const proposal = await propose('a,b\nx,y\nu,v\nx,v\n')
    expect(proposal.problems).toMatchObject([{ code: 'data-dialect', severity: 'warning', place: { line: 1 } }])
  })

  it('keeps the splits of a column that names them', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${i},${i % 3 ? 'a' : 'b'},${['train', 'train', 'val', 'test'][i % 4]}`,
    )
    const proposal = await propose(['x,class,usage', ...rows].join('\n'))
    expect(rolesOf(proposal)).toEqual({ x: 'feature', class: 'label', usage: 'split' })
    expect(proposal.splits).toEqual({ train: 6, validation: 3, test: 3 })
    expect(proposal.source).toMatchObject({ columns: [{ name: 'usage', role: 'split' }] })
  })
})

describe('other tables', () => {
  it('predict a measurement by regression, with its own scale', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 7},${i % 2 ? 'a' : 'b'},${i * 1.5}`)
    const proposal = await propose(['rooms,street,price', ...rows].join('\n'))
    expect(proposal).toMatchObject({ task: 'regression', classes: null, source: { label: 'price' } })
    expect(kindsOf(proposal)).toEqual(['fill-missing', 'standardize', 'one-hot', 'standardize-target'])
  })

  it('use repeated numbers as classes, in order', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i / 7},${(i % 11) + 1}`)
    const proposal = await propose(['x,y', ...rows].join('\n'))
    expect(proposal.task).toBe('classification')
    expect(proposal.classes!.map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
  })

  it('use sentences as texts, alone', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) =>
        `${i},"Offer ${i}, ${i % 2 ? 'buy now and save money' : 'see you at the meeting'}",${i % 2 ? 'spam' : 'ham'}`,
    )
    const proposal = await propose(['nr,message,label', ...rows].join('\n'))
    expect(rolesOf(proposal)).toEqual({ nr: 'ignored', message: 'feature', label: 'label' })
    expect(proposal.source).toMatchObject({
      columns: [
        { name: 'nr', role: 'ignored' },
        { name: 'message', type: 'text' },
      ],
    })
    expect(kindsOf(proposal)).toEqual(['lower-case', 'tokenize', 'vocabulary', 'pad'])
    expect(proposal.texts).toHaveLength(12)
    expect(proposal.texts[1]).toEqual({ text: 'Offer 1, buy now and save money', label: 'spam' })
  })

  it('use Chinese sentences as texts although they have no spaces', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) =>
        `第${i}条评论：${i % 2 ? '这家餐厅的服务态度非常好，菜品味道也不错，下次还会再来的' : '等了一个多小时才上菜，味道一般，价格还特别贵，不会再来了'},${i % 2 ? '好评' : '差评'}`,
    )
    const proposal = await propose(['评论,标签', ...rows].join('\n'))
    expect(proposal.table!.columns).toMatchObject([{ type: 'text' }, { role: 'label' }])
    expect(kindsOf(proposal)).toEqual(['lower-case', 'tokenize', 'vocabulary', 'pad'])
  })

  it('leave out names, tickets and running numbers if there are other features', async () => {
    const names = ['Braund, Mr. Owen Harris the', 'Cumings, Mrs. John Bradley', 'Heikkinen, Miss. Laina of']
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i + 1},${i % 2},"${names[i % 3]} ${i}",${i % 4 ? 'male' : 'female'},${i * 1.25},A/5 ${i * 7919}`,
    )
    const proposal = await propose(['PassengerId,Survived,Name,Sex,Fare,Ticket', ...rows].join('\n'))
    expect(rolesOf(proposal)).toEqual({
      PassengerId: 'ignored',
      Survived: 'label',
      Name: 'ignored',
      Sex: 'feature',
      Fare: 'feature',
      Ticket: 'ignored',
    })
    expect(kindsOf(proposal)).toEqual(['fill-missing', 'standardize', 'one-hot'])
  })

  it('report that numbers with a comma are read as text because of the chosen options', async () => {
    const said = { kind: 'table' as const, label: 'species', columns: [], decimal: '.' as const }
    const { problems } = await propose(flowers(';', ','), 'table.csv', said)
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'data-cell',
        severity: 'warning',
        place: expect.objectContaining({ column: 'length' }) as object,
        received: '0,5',
      }),
    )
  })

  it('read Parquet, and name the columns that a table cannot hold', async () => {
    const proposal = await propose(
      parquetBytes([
        { name: 'width', data: Float64Array.of(1.5, 2.5, 3.5, 4.5) },
        { name: 'when', data: [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }], type: 'JSON' },
        { name: 'kind', data: ['a', 'b', 'a', 'b'] },
      ]),
      'table.parquet',
    )
    expect(proposal).toMatchObject({ count: 4, task: 'classification', table: { dialect: null } })
    expect(proposal.source).toEqual(expect.objectContaining({ kind: 'table', label: 'kind' }))
    expect(proposal.source).not.toHaveProperty('delimiter')
  })

  it('are proposed from their first rows if they are long, sorted or not', async () => {
    const line = (i: number) => `${i},${(i * 7919) % 1000},${i < 700_000 ? 'first' : 'second'}\n`
    const rows = Array.from({ length: 1_000_000 }, (_, i) => line(i))
    const proposal = await propose(`id,x,class\n${rows.join('')}`)
    expect(proposal.source).toMatchObject({ label: 'class' })
    expect(proposal.table!.rows).toHaveLength(20)
  })
})

describe('what the user has set', () => {
  const said = (changes: object) => ({ kind: 'table' as const, path: '', label: '', columns: [], ...changes })

  it('takes precedence over detection: delimiter, header, encoding', async () => {
    const bars = await propose(flowers(','), 'table.csv', said({ delimiter: '|', header: false }))
    expect(bars.table!.dialect).toMatchObject({ delimiter: '|', header: false })
    expect(bars.table!.columns.map(({ name }) => name)).toEqual(['column 1'])
    const letters = await propose('é,x\n1,2\n3,4\n1,5\n', 'table.csv', said({ encoding: 'windows-1252' }))
    expect(letters.table!.columns[0]!.name).toBe('Ã©')
  })

  it('takes precedence over detection: label, roles and types', async () => {
    const proposal = await propose(
      flowers(','),
      'table.csv',
      said({
        label: 'colour',
        columns: [
          { name: 'id', role: 'feature' },
          { name: 'length', role: 'ignored' },
          { name: 'width', role: 'feature', type: 'categorical' },
        ],
      }),
    )
    expect(rolesOf(proposal)).toEqual({
      id: 'feature',
      length: 'ignored',
      width: 'feature',
      colour: 'label',
      species: 'feature',
    })
    expect(proposal.table!.columns[2]!.type).toBe('categorical')
    expect(proposal.source).toMatchObject({ label: 'colour' })
    expect(kindsOf(proposal)).toEqual(['fill-missing', 'standardize', 'one-hot'])
  })

  it('no longer applies if the columns differ', async () => {
    const proposal = await propose(
      flowers(';'),
      'table.csv',
      said({ label: 'gone', columns: [{ name: 'lost', role: 'ignored' }] }),
    )
    expect(proposal.source).toMatchObject({ label: 'species', columns: [{ name: 'id', role: 'ignored' }] })
  })

  it('makes columns out of a table of texts on request', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 5},a sentence of several words ${i},${i % 2 ? 'x' : 'y'}`)
    const proposal = await propose(
      ['n,text,label', ...rows].join('\n'),
      'table.csv',
      said({ label: 'label', columns: [{ name: 'n', role: 'feature' }] }),
    )
    expect(rolesOf(proposal)).toEqual({ n: 'feature', text: 'ignored', label: 'label' })
    expect(kindsOf(proposal)).toEqual(['fill-missing', 'standardize'])
  })
})
