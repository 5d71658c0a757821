import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ColumnStatistics } from '#core/data/facts'
import { dataSchema } from '#core/graph/dataSettings'
import { openDataset, type Dataset } from '../../../src-main/data/openDataset'
import { openSamples, pickTargets } from '../../../src-main/data/samples'
import { problemsOf, temporaryFolder } from './temporaryFolder'

type Settings = Parameters<typeof dataSchema.parse>[0]

const open = (settings: Settings, task: 'classification' | 'regression' = 'classification', folder = '/') =>
  openDataset(dataSchema.parse(settings), task, folder)

const tableSteps = [{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }]

function classCounts({ targets, facts }: Dataset, indices: Int32Array): number[] {
  const classes = facts.target.kind === 'classes' ? facts.target.classes.length : 0
  const counts = new Array<number>(classes).fill(0)
  for (const index of indices) counts[targets[index]!]!++
  return counts
}

function expectPartition(dataset: Dataset): void {
  const { train, validation, test } = dataset.splits
  const all = [...train, ...validation, ...test].sort((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: dataset.samples.count }, (_, i) => i))
}

describe('MNIST', () => {
  let mnist: Dataset
  beforeAll(async () => {
    mnist = await open({ source: { kind: 'builtin', name: 'mnist' } })
  })

  it('has 70,000 samples; its 10,000 test images are the test set, and a tenth of the others is for validation', () => {
    expect(mnist.facts.sample).toEqual({ dtype: 'uint8', shape: [1, 28, 28] })
    const { train, validation, test } = mnist.splits
    expect([train.length, validation.length, test.length]).toEqual([54000, 6000, 10000])
    expect([test[0], test[9999]]).toEqual([60000, 69999])
    expect(Math.max(...validation.subarray(-1), ...train.subarray(-1))).toBe(59999)
    expectPartition(mnist)
    expect(mnist.notes).toEqual([])
  })

  it('has the published count of each digit', () => {
    const { train, validation, test } = mnist.splits
    const pool = Int32Array.from([...train, ...validation])
    expect(classCounts(mnist, pool)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    expect(classCounts(mnist, test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  })

  it('puts a tenth of every digit into the validation split', () => {
    const counts = classCounts(mnist, mnist.splits.validation)
    expect(counts).toEqual([592, 674, 596, 613, 584, 542, 592, 627, 585, 595])
  })

  it('holds all images in one array without a copy per split', () => {
    const samples = mnist.samples.inMemory!
    expect(samples.byteLength).toBe(70000 * 784)
    expect(samples.buffer.byteLength).toBe(70000 * 784)
  })

  it.each([
    ['in memory', Infinity],
    ['on disk', 0],
  ])('returns samples and labels in the requested order, %s', async (_, memory) => {
    const all = await openSamples(mnist.samples.stored, memory)
    expect(all.inMemory === undefined).toBe(memory === 0)
    const indices = Int32Array.of(60000, 0, 60000)
    const samples = all.gather(indices)
    all.close()
    expect([...pickTargets(mnist.targets, indices, 1)]).toEqual([7, 5, 7])
    const sums = [0, 1, 2].map((i) => [...samples.subarray(i * 784, (i + 1) * 784)].reduce((a, b) => a + b, 0))
    expect(sums).toEqual([18454, 27525, 18454])
  })

  it('is described by the well-known mean and deviation, of the training images only', async () => {
    const whole = await open({ source: { kind: 'builtin', name: 'mnist' }, split: { validation: 0 } })
    const [channel] = whole.statistics.sample as readonly ColumnStatistics[]
    expect(channel!.mean / 255).toBeCloseTo(0.1307, 4)
    expect(channel!.deviation / 255).toBeCloseTo(0.3081, 4)
    const [part] = mnist.statistics.sample as readonly ColumnStatistics[]
    expect(part!.mean).not.toBe(channel!.mean)
    expect(whole.fingerprint).toBe(mnist.fingerprint)
    expect(whole.splits.validation).toHaveLength(0)
  })
})

describe('penguins', () => {
  const source = { kind: 'builtin', name: 'penguins' }

  it('has 344 rows, 3 species and 19 missing cells, and enters the network as 9 columns', async () => {
    const penguins = await open({ source, preprocess: tableSteps })
    expect(penguins.samples.count).toBe(344)
    expect(penguins.facts.target).toEqual({ kind: 'classes', classes: ['Adelie', 'Chinstrap', 'Gentoo'] })
    expect(
      classCounts(
        penguins,
        Int32Array.from({ length: 344 }, (_, i) => i),
      ),
    ).toEqual([152, 68, 124])
    expect(penguins.facts.sample.columns!.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['Island', 'categorical', 0],
      ['Beak Length (mm)', 'numeric', 2],
      ['Beak Depth (mm)', 'numeric', 2],
      ['Flipper Length (mm)', 'numeric', 2],
      ['Body Mass (g)', 'numeric', 2],
      ['Sex', 'categorical', 11],
    ])
    expect(penguins.preprocess.shape).toEqual([9])
    expectPartition(penguins)
  })

  it('stores category codes, numbers, and NaN for missing cells', async () => {
    const { raw, targets } = await open({ source, preprocess: tableSteps })
    const rows = raw.gather(Int32Array.of(0, 3))
    expect([...rows]).toEqual([2, 39.1, 18.7, 181, 3750, 1, 2, NaN, NaN, NaN, NaN, NaN].map(Math.fround))
    expect([targets[0], targets[3]]).toEqual([0, 0])
  })

  it('fits nothing on validation and test rows: changing them does not change what is fitted', async () => {
    const folder = await temporaryFolder()
    const rows = Array.from({ length: 60 }, (_, i) => [
      `${(i * 37) % 23}`,
      i % 4 === 0 ? '' : `${i}`,
      i % 2 ? 'yes' : 'no',
    ])
    const write = (content: string[][]) =>
      folder.write('t.csv', ['a,b,answer', ...content.map((row) => row.join(','))].join('\n'))
    const settings = {
      source: { kind: 'table', path: 't.csv', label: 'answer' },
      split: { validation: 0.2, test: 0.2 },
      preprocess: tableSteps,
    }
    await write(rows)
    const before = await open(settings, 'classification', folder.path)
    const held = new Set([...before.splits.validation, ...before.splits.test])
    expect(held.size).toBe(24)
    await write(rows.map((row, i) => (held.has(i) ? ['999999', '-5', row[2]!] : row)))
    const after = await open(settings, 'classification', folder.path)
    expect(after.splits).toEqual(before.splits)
    expect(after.statistics).toEqual(before.statistics)
    expect(after.preprocess.sample).toEqual(before.preprocess.sample)
    expect(after.fingerprint).not.toBe(before.fingerprint)
  })

  it('is rejected without a step for its missing cells, and warns about plain category codes', async () => {
    const [problem] = await problemsOf(open({ source, preprocess: [{ kind: 'one-hot' }] }))
    expect(problem).toMatchObject({
      code: 'data-preprocess',
      place: { column: 'Beak Length (mm)' },
      fix: 'Add the pre-transform fill-missing, or give the column the role "ignored".',
    })
    const bare = await problemsOf(open({ source, preprocess: [{ kind: 'fill-missing' }] }))
    expect(bare[0]!.message).toBe('Missing cells would enter the network as NaN in Sex.')
  })
})

describe('cars', () => {
  it('drops the 8 of 406 rows without miles per gallon, with a note, and keeps the 6 without horsepower', async () => {
    const cars = await open(
      {
        source: { kind: 'builtin', name: 'cars' },
        split: { test: 0.1 },
        preprocess: [...tableSteps, { kind: 'standardize-target' }],
      },
      'regression',
    )
    expect(cars.samples.count).toBe(398)
    expect(cars.notes.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['data-label', 'warning', '8 of 406 rows have no Miles_per_Gallon and were left out.'],
    ])
    expect(cars.targets.slice(0, 3)).toEqual(Float32Array.of(18, 15, 18))
    expect(cars.facts.target).toEqual({ kind: 'numbers', size: 1, names: ['Miles_per_Gallon'] })
    expect(cars.facts.sample.columns!.map(({ name, missing }) => [name, missing])).toEqual([
      ['Cylinders', 0],
      ['Displacement', 0],
      ['Horsepower', 6],
      ['Weight_in_lbs', 0],
      ['Acceleration', 0],
      ['Year', 0],
      ['Origin', 0],
    ])
    const [target] = cars.preprocess.target
    const [statistics] = cars.statistics.target as ColumnStatistics[]
    expect(target!.fitted).toEqual({ mean: [statistics!.mean], std: [statistics!.deviation] })
    expect(cars.splits.train.length + cars.splits.validation.length + cars.splits.test.length).toBe(398)
    expect(cars.splits.test).toHaveLength(40)
  })
})

describe('any table', () => {
  const folderWith = async (text: string) => {
    const folder = await temporaryFolder()
    await folder.write('写真/数据.csv', text)
    return folder.path
  }
  const csv = { kind: 'table', path: '写真/数据.csv', label: 'y' }
  const openTable = async (text: string, task: 'classification' | 'regression' = 'regression', source: object = csv) =>
    open({ source, split: { validation: 0 } }, task, await folderWith(text))
  const refused = async (text: string, task: 'classification' | 'regression' = 'regression', source: object = csv) =>
    (await problemsOf(openTable(text, task, source)))[0]!

  it('is found by a non-ASCII path, relative to the project', async () => {
    const { samples, facts } = await openTable('x,y\n1,2\n3,4\n5,NA\n')
    expect(samples.count).toBe(2)
    expect(facts.sample.columns).toEqual([{ name: 'x', type: 'numeric', missing: 0 }])
  })

  it('treats empty cells, NA, NaN, null and ? as missing, regardless of case', async () => {
    const folder = await folderWith('x,y\n,1\nNA,1\nnan,1\nNULL,1\n?,1\nn/a,1\n7,1\n8,1\n')
    const dataset = await open(
      { source: csv, split: { validation: 0 }, preprocess: [{ kind: 'fill-missing' }] },
      'regression',
      folder,
    )
    expect(dataset.facts.sample.columns![0]).toMatchObject({ type: 'numeric', missing: 6 })
    expect(dataset.statistics.sample[0]).toMatchObject({ count: 2, missing: 6, mean: 7.5 })
  })

  it('reports every non-numeric cell in a column of numbers, with its line', async () => {
    const folder = await folderWith('x,y\n1,2\n2,2\nabc,2\n4,2\n"1,5",2\n6,2\n1e39,2\n8,8\n9,9\n')
    const problems = await problemsOf(open({ source: csv }, 'regression', folder))
    expect(problems.map(({ code, place, received }) => [code, place.line, place.column, received])).toEqual([
      ['data-cell', 4, 'x', '"abc"'],
      ['data-cell', 6, 'x', '"1,5"'],
      ['data-cell', 8, 'x', '"1e39"'],
    ])
  })

  it('takes the type from the project if given', async () => {
    const source = { ...csv, columns: [{ name: 'x', type: 'categorical' }] }
    const { facts } = await openTable('x,y\n10,1\n9,2\nabc,3\n10,4\n', 'regression', source)
    expect(facts.sample.columns![0]).toMatchObject({ type: 'categorical', categories: ['10', '9', 'abc'] })
    expect(
      await refused('x,y\na,1\nb,2\n', 'regression', { ...csv, columns: [{ name: 'x', type: 'numeric' }] }),
    ).toMatchObject({
      code: 'data-cell',
      place: { line: 2, column: 'x' },
    })
  })

  it('orders numeric classes by value, others by their characters', async () => {
    const numbers = await openTable('x,y\n1,10\n1,9\n1,10\n', 'classification')
    expect(numbers.facts.target).toMatchObject({ classes: ['9', '10'] })
    expect([...numbers.targets]).toEqual([1, 0, 1])
    const texts = await openTable('x,y\n1,ä\n1,b\n1,Z\n', 'classification')
    expect(texts.facts.target).toMatchObject({ classes: ['Z', 'b', 'ä'] })
  })

  it('leaves out columns of names and empty columns, with a note', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `person ${i},,${i},${i}`)
    const { facts, notes } = await openTable(['who,nothing,x,y', ...rows].join('\n'))
    expect(facts.sample.columns!.map(({ name }) => name)).toEqual(['x'])
    expect(notes.map(({ message }) => message)).toEqual([
      'Column who was left out: it holds 40 different texts in 40 rows, like names or identifiers.',
      'Column nothing was left out: every cell is missing.',
    ])
  })

  it.each([
    ['an unknown label', 'x,z\n1,2\n', 'data-column', { column: 'y' }],
    ['a label that stands nowhere', 'x,y\n1,\n2,NA\n', 'data-empty', { column: 'y' }],
    ['a label that is no number', 'x,y\n1,2\n2,3\n2,many\n', 'data-cell', { column: 'y', line: 4 }],
    ['nothing but the label', 'y\n1\n2\n', 'data-column', {}],
    ['a row that is too short', 'x,y\n1,2\n3\n', 'data-row', { line: 3 }],
  ])('rejects %s', async (_, text, code, place) => {
    expect(await refused(text)).toMatchObject({ code, place })
  })

  it('rejects a class with a single sample, and measurements as classes', async () => {
    expect(await refused('x,y\n1,a\n2,a\n', 'classification')).toMatchObject({ code: 'data-label' })
    const rows = Array.from({ length: 1500 }, (_, i) => `${i},${i / 7}`)
    expect(await refused(['x,y', ...rows].join('\n'), 'classification')).toMatchObject({
      code: 'data-label',
      received: 'more than 1000 different values',
    })
  })

  it('rejects a setting for a column that does not exist, and two labels', async () => {
    const columns = (...list: object[]) => ({ ...csv, columns: list })
    expect(await refused('x,y\n1,2\n', 'regression', columns({ name: 'q' }))).toMatchObject({
      code: 'data-column',
      place: { column: 'q' },
      expected: 'x, y',
    })
    expect(await refused('x,y\n1,2\n', 'regression', columns({ name: 'x', role: 'label' }))).toMatchObject({
      code: 'data-column',
      place: { column: 'x' },
    })
  })

  it('rejects shares that leave a split empty', async () => {
    const folder = await folderWith('x,y\n1,2\n3,4\n')
    const shares = (split: object) => problemsOf(open({ source: csv, split }, 'regression', folder))
    expect((await shares({ validation: 0.5, test: 0.5 }))[0]).toMatchObject({
      code: 'data-split',
      place: { param: 'data.split' },
    })
    expect((await shares({ validation: 0.1 }))[0]).toMatchObject({ code: 'data-split' })
  })

  it('has the same fingerprint for the same content, regardless of line endings', async () => {
    const unix = await openTable('x,y\n1,2\n3,4\n')
    const windows = await openTable('x;y\r\n1;2\r\n3;4\r\n')
    expect(windows.fingerprint).toBe(unix.fingerprint)
    expect((await openTable('x,y\n1,2\n3,5\n')).fingerprint).not.toBe(unix.fingerprint)
  })

  it('returns every number and category as it was written', async () => {
    const folder = await temporaryFolder()
    const row = fc.record({
      number: fc.option(
        fc.float({ noNaN: true, noDefaultInfinity: true, max: Math.fround(3e38), min: Math.fround(-3e38) }),
      ),
      word: fc.option(fc.constantFrom('red', 'green', 'blue', 'a, b', '"q"')),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 30 }), async (rows) => {
        fc.pre(rows.some(({ word }) => word !== null) && rows.some(({ number }) => number !== null))
        const lines = rows.map(({ number, word }) => `${number ?? ''},"${word?.replaceAll('"', '""') ?? ''}",1`)
        await folder.write('any.csv', ['n,w,y', ...lines].join('\n'))
        const source = {
          kind: 'table',
          path: 'any.csv',
          label: 'y',
          columns: [
            { name: 'n', type: 'numeric' },
            { name: 'w', type: 'categorical' },
          ],
        }
        const preprocess = [{ kind: 'fill-missing' }, { kind: 'one-hot' }]
        const { raw, facts } = await open({ source, split: { validation: 0 }, preprocess }, 'regression', folder.path)
        const [, words] = facts.sample.columns!
        const categories = words!.type === 'categorical' ? words!.categories : []
        const values = raw.inMemory!
        const read = rows.map((_, i) => ({
          number: Number.isNaN(values[2 * i]!) ? null : values[2 * i]! + 0,
          word: Number.isNaN(values[2 * i + 1]!) ? null : categories[values[2 * i + 1]!],
        }))
        expect(read).toEqual(rows.map(({ number, word }) => ({ number: number === null ? null : number + 0, word })))
      }),
      { numRuns: 20 },
    )
  })
})
