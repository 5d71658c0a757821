/** Tables as other programs write them: what is detected, and what the project then reads. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataSchema, type DataSource } from '#core/graph/dataSettings'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { openPreparing } from '../prepare/preparing'
import { temporaryFolder } from '../temporaryFolder'

const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures/data/tables', name)

type Proposed = Awaited<ReturnType<typeof proposeData>>

const rolesOf = ({ table }: Proposed) => Object.fromEntries(table!.columns.map(({ name, role }) => [name, role]))
const typesOf = ({ table }: Proposed) => Object.fromEntries(table!.columns.map(({ name, type }) => [name, type]))
const missingOf = ({ table }: Proposed) =>
  Object.fromEntries(table!.columns.map(({ name, missing }) => [name, missing]))

async function proposeText(text: string, given?: Partial<DataSource>) {
  const folder = await temporaryFolder()
  return proposeData(await folder.write('table.csv', text), given as DataSource | undefined)
}

describe('a table written by another program', () => {
  it('may have numbers as names, like data frames without names', async () => {
    const iris = await proposeData(fixture('numbers-in-header.csv'))
    expect(iris).toMatchObject({ count: 150, source: { label: 'species', header: true }, problems: [] })
    expect(iris.classes).toEqual([
      { name: 'setosa', count: 50 },
      { name: 'versicolor', count: 50 },
      { name: 'virginica', count: 50 },
    ])
    expect(rolesOf(iris)).toEqual({ 0: 'feature', 1: 'feature', 2: 'feature', 3: 'feature', species: 'label' })
  })

  it('may have years as names, next to a name or alone', async () => {
    const years = await proposeText('country,1990,2000,2010\nA,1.5,2.5,3\nB,2,3.5,4\nA,3,1,2\nB,1,2,8\n')
    expect(years.table!.dialect!.header).toBe(true)
    expect(years.table!.columns.map(({ name }) => name)).toEqual(['country', '1990', '2000', '2010'])
    const alone = await proposeText('1990,2000,2010\n1.5,2.5,3\n2,3.5,4\n3,1,2\n')
    expect(alone.table!.dialect!.header).toBe(true)
    const counted = await proposeText(',0,1,2\n0,1.5,2.5,3\n1,2,3.5,4\n2,3,1,2\n')
    expect(counted.table!.columns.map(({ name }) => name)).toEqual(['column 1', '0', '1', '2'])
  })

  it.each(['400,410,420', '400.5,401.0,401.5'])('may have wavelengths as names: %s', async (head) => {
    const rows = ['0.1,0.2,0.3,a', '0.4,0.2,0.6,b', '0.7,0.8,0.3,a', '0.1,0.1,0.9,b']
    const named = await proposeText([`${head},species`, ...rows].join('\n'))
    expect(named).toMatchObject({ count: 4, source: { label: 'species', header: true }, problems: [] })
    const unsure = await proposeText([`${head},what`, ...rows].join('\n'))
    expect(unsure).toMatchObject({
      source: { label: 'what' },
      problems: [
        { code: 'data-dialect', place: { line: 1 }, message: expect.stringContaining('it holds numbers') as string },
      ],
    })
    // A word from the column, words that do not repeat, and a repeated number are not names.
    const same = head.replace(/,.*/, (rest) => `,${rest.split(',')[2]}`.repeat(2))
    for (const text of [
      [`${head},a`, ...rows],
      [`${head},what`, ...rows.map((row, i) => `${row}${i}`)],
      [`${same},what`, ...rows],
      [`${head},what`, ...rows.slice(2)],
    ])
      expect((await proposeText(text.join('\n'))).table!.dialect).toMatchObject({ header: false })
  })

  it('has data in its first row if the numbers there are values', async () => {
    for (const text of ['1,2,a\n3,5,b\n4,4,a\n', '0,1,2\n4,7,1\n0,1,2\n', '1990,2001,3\n1991,2002,4\n1992,2005,1\n'])
      expect((await proposeText(text)).table!.dialect).toMatchObject({ header: false })
  })

  it('may have a column without a name, which is an index and not a feature', async () => {
    const iris = await proposeData(fixture('unnamed-first-column.csv'))
    expect(rolesOf(iris)).toEqual({
      'column 1': 'ignored',
      'sepal length (cm)': 'feature',
      'sepal width (cm)': 'feature',
      'petal length (cm)': 'feature',
      'petal width (cm)': 'feature',
      species: 'label',
    })
    expect(iris.source).toMatchObject({ columns: [{ name: 'column 1', role: 'ignored' }] })
    expect(dataSchema.parse({ source: iris.source }).source).toMatchObject({ label: 'species' })
    const read = await openPreparing({ kind: 'table', path: fixture('unnamed-first-column.csv'), label: 'species' })
    expect(read.facts.sample.columns!.map(({ name }) => name)).toEqual([
      'sepal length (cm)',
      'sepal width (cm)',
      'petal length (cm)',
      'petal width (cm)',
    ])
    expect(read.notes).toMatchObject([{ code: 'data-column', place: { column: 'column 1' } }])
  })

  it('may lack the name of its first column, as R writes it', async () => {
    const cars = await proposeText('mpg cyl class\n"Mazda RX4" 21 6 a\n"Datsun 710" 22.8 4 b\nFiat 32.4 4 a\n')
    expect(cars.table!.dialect).toMatchObject({ delimiter: ' ', header: true })
    expect(rolesOf(cars)).toEqual({ 'column 1': 'ignored', mpg: 'feature', cyl: 'feature', class: 'label' })
  })

  it('may have decimal commas', async () => {
    const wine = await proposeData(fixture('decimal-comma.csv'))
    expect(wine.table!.dialect).toMatchObject({ delimiter: ';', decimal: ',', thousands: '' })
    expect(wine.source).toMatchObject({ label: 'Qualität', decimal: ',' })
    expect(typesOf(wine)).toEqual({ Säure: 'numeric', Zucker: 'numeric', Qualität: 'categorical' })
    expect(wine.table!.rows[0]).toEqual(['8.38', '2.516', 'schlecht'])
    expect(wine.problems).toEqual([])
    const read = await openPreparing({ kind: 'table', path: fixture('decimal-comma.csv'), label: 'Qualität' })
    expect(read.raw.gather(Int32Array.of(0, 1))).toEqual(Float32Array.of(8.38, 2.516, 6.68, 1.518))
    const points = await proposeData(fixture('decimal-comma.csv'), { ...wine.source, decimal: '.' } as DataSource)
    expect(points.source).toMatchObject({ decimal: '.' })
    // With a decimal point, commas before three digits can only be thousands separators.
    expect(points.table!.rows[0]).toEqual(['8,38', '2516', 'schlecht'])
  })

  it.each([
    ['1,234', '2,375.5', ',', { decimal: '.', thousands: ',' }, ['1234', '2375.5']],
    ['1.234', '2.375,5', ';', { decimal: ',', thousands: '.' }, ['1234', '2375.5']],
    ["1'234.5", "12'375", ';', { decimal: '.', thousands: "'" }, ['1234.5', '12375']],
    ['1 234,5', '12 375', ';', { decimal: ',', thousands: ' ' }, ['1234.5', '12375']],
    ['12,34,567', '5', '\t', { decimal: '.', thousands: ',' }, ['1234567', '5']],
    ['1.234', '2.375', ',', { decimal: '.', thousands: '' }, ['1.234', '2.375']],
  ])('may have thousands separators: %s, %s', async (a, b, delimiter, dialect, values) => {
    const rows = Array.from({ length: 6 }, (_, i) => [`"${i % 2 ? b : a}"`, i % 3 ? 'x' : 'y'].join(delimiter))
    const { table, problems } = await proposeText([`n${delimiter}class`, ...rows].join('\n'))
    expect(table!.dialect).toMatchObject(dialect)
    expect(table!.rows.slice(0, 2).map(([cell]) => cell)).toEqual(values)
    expect(problems).toEqual([])
  })

  it('may write numbers in two ways, which is reported', async () => {
    const { table, problems } = await proposeText('n,class\n"1,234",a\n"2,375",b\n"3,111",a\n')
    expect(table!.dialect).toMatchObject({ decimal: '.', thousands: ',' })
    expect(problems).toMatchObject([{ code: 'data-dialect', received: '1,234' }])
  })

  it('may have words and numbers for missing values', async () => {
    const proposal = await proposeData(fixture('missing-words.csv'))
    expect(missingOf(proposal)).toMatchObject({ co: 0, no2: 9, temp: 8, wind: 7 })
    expect(typesOf(proposal)).toMatchObject({ co: 'numeric', no2: 'numeric', temp: 'numeric', wind: 'numeric' })
    expect(proposal.problems).toMatchObject([
      { code: 'data-suspicious', place: { column: 'co' }, received: '-999', data: { case: 'sentinel' } },
    ])
    const said = await proposeData(fixture('missing-words.csv'), {
      ...proposal.source,
      sentinels: [-999],
    } as DataSource)
    expect(missingOf(said)).toMatchObject({ co: 9 })
    expect(said.source).toMatchObject({ sentinels: [-999] })
    expect(said.problems).toEqual([])
  })

  it('may have a number for missing values, which the project stores', async () => {
    const source = { kind: 'table' as const, path: fixture('sentinel.csv'), label: 'label', sentinels: [-999] }
    const read = await openPreparing(source, [{ kind: 'fill-missing', strategy: 'mean' }])
    expect(read.facts.sample.columns).toMatchObject([
      { name: 'co', missing: 20 },
      { name: 'temp', missing: 0 },
    ])
    expect(read.statistics.sample[0]).toMatchObject({ min: expect.toSatisfy((min: number) => min >= 1) as number })
  })

  it('keeps NA if it is a word, and a dash if it is a sign', async () => {
    const text = 'country,x,class\nNA,1,a\nDE,2,b\nNA,3,a\nFR,4,b\n'
    expect(missingOf(await proposeText(text))).toEqual({ country: 2, x: 0, class: 0 })
    const given = { kind: 'table' as const, path: '', label: 'class', columns: [], missing: ['?'] }
    const kept = await proposeText(text, given)
    expect(missingOf(kept)).toEqual({ country: 0, x: 0, class: 0 })
    expect(kept.source).toMatchObject({ missing: ['?'] })
    const signs = await proposeText('x,class\n1,+\n2,-\n3,+\n-,-\n')
    expect(signs.classes).toEqual([
      { name: '+', count: 2 },
      { name: '-', count: 2 },
    ])
    expect(missingOf(signs)).toEqual({ x: 1, class: 0 })
  })

  it('may specify its delimiter in the first line', async () => {
    const { table, count } = await proposeData(fixture('excel-sep-line.csv'))
    expect(table!.dialect).toMatchObject({ delimiter: ';', header: true })
    expect(table!.columns.map(({ name }) => name)).toEqual(['x', 'y', 'label'])
    expect(count).toBe(40)
    const read = await openPreparing({ kind: 'table', path: fixture('excel-sep-line.csv'), label: 'label' })
    expect(read.samples.count).toBe(40)
    // Explicit options take precedence, and the line is still not a row.
    const bars = await proposeText('sep=;\nx|y\n1|a\n2|b\n', {
      kind: 'table',
      path: '',
      label: '',
      columns: [],
      delimiter: '|',
    })
    expect(bars.table!.columns.map(({ name }) => name)).toEqual(['x', 'y'])
  })

  it('may have comments, and a trailing delimiter in every row', async () => {
    const proposal = await proposeData(fixture('comment-and-trailing-comma.csv'))
    expect(proposal.table!.dialect).toMatchObject({ comment: '#', delimiter: ',', header: true })
    expect(rolesOf(proposal)).toEqual({ x: 'feature', y: 'feature', label: 'label' })
    expect(proposal).toMatchObject({ count: 60, problems: [], source: { comment: '#' } })
    const read = await openPreparing({ kind: 'table', path: fixture('comment-and-trailing-comma.csv'), label: 'label' })
    expect(read.samples.count).toBe(60)
    expect(read.samples.gather(Int32Array.of(0))).toEqual(Float32Array.of(0.44, 0.958))
    const colors = await proposeText('color,class\n#ff0000,a\n#00ff00,b\n#ff0000,a\n')
    expect(colors).toMatchObject({ count: 3, table: { dialect: { comment: '' } } })
  })

  it('may have spaces between its columns', async () => {
    const proposal = await proposeData(fixture('blank-separated.data'))
    expect(proposal.table!.dialect).toMatchObject({ delimiter: ' ', header: false })
    expect(proposal.table!.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3', 'column 4'])
    expect(proposal.table!.rows[0]).toEqual(['39.4', '8', '105.5', '135.0'])
    expect(proposal.count).toBe(40)
    const words = await proposeText('a sentence of words\nanother one of words\none more of words\n')
    expect(words.table!.dialect!.delimiter).not.toBe(' ')
  })

  it('may have a word for the label inside another word', async () => {
    const adult = await proposeData(fixture('label-word-inside-name.csv'))
    expect(adult.source).toMatchObject({ label: 'income' })
    expect((await proposeText('a,targetClass,b\n1,x,u\n2,y,v\n3,x,u\n4,y,u\n')).source).toMatchObject({
      label: 'targetClass',
    })
  })

  it('may have a word for the label before the word that describes it', async () => {
    const grades = await proposeText('class_size,a,grade\n20,1.5,A\n25,2.5,B\n20,1,A\n25,3,B\n')
    expect(grades.source).toMatchObject({ label: 'grade' })
    expect((await proposeText('true_class_2,a,grade\nx,1.5,A\ny,2.5,B\nx,1,A\n')).source).toMatchObject({
      label: 'true_class_2',
    })
  })

  it('may have a label without any value, and no other column replaces it', async () => {
    for (const name of ['target', 'is_target']) {
      const empty = await proposeText(`a,b,${name}\n0.375,0.31,\n0.448,0.762,\n0.751,0.301,\n`)
      expect(empty).toMatchObject({ source: { label: name }, problems: [{ code: 'data-empty', severity: 'error' }] })
      expect(empty.problems[0]).toMatchObject({ place: { column: name }, received: '3 rows in which it is missing' })
    }
  })

  it.each(['Id', 'ID', 'Index', 'Row', 'Nr', 'Unnamed: 0', 'Obs', 'No.', 'num', 'idx', 'Sample'])(
    'may number its rows as %s',
    async (name) => {
      const rows = [3, 1, 2, 4].map((n) => `${n},${n / 8},${n % 2 ? 'a' : 'b'}`)
      const counted = await proposeText([`${name},x,y`, ...rows].join('\n'))
      expect(rolesOf(counted)).toEqual({ [name]: 'ignored', x: 'feature', y: 'label' })
    },
  )

  it('may have a measurement under a name that could number rows', async () => {
    expect(rolesOf(await proposeText('num,x,y\n3,0.5,a\n11,0.75,b\n20,0.25,a\n'))).toMatchObject({ num: 'feature' })
    expect(rolesOf(await proposeText('valid,x,y\n3,0.5,a\n11,0.75,b\n20,0.25,a\n'))).toMatchObject({ valid: 'feature' })
  })

  it.each(['\t', ','])('may have commas after a zero, which are unambiguously decimal commas', async (delimiter) => {
    const rows = [
      ['0,276', '1,409', 'a'],
      ['-0,773', '-3,107', 'b'],
      ['0,662', '2,382', 'a'],
    ]
    const text = rows.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join('\n')
    const { table, problems } = await proposeText(`${['a', 'b', 'y'].join(delimiter)}\n${text}\n`)
    expect(table!.dialect).toMatchObject({ decimal: ',', thousands: '' })
    expect(table!.rows[1]).toEqual(['-0.773', '-3.107', 'b'])
    expect(problems).toEqual([])
  })
})
