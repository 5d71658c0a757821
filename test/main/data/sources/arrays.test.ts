/** NumPy arrays as datasets. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyCache, prepare } from '../prepare/preparing'
import { npyBytes } from '../readers/npyBytes'
import { zipBytes } from '../readers/zipBytes'
import { problemsOf, temporaryFolder } from '../temporaryFolder'

const ints = (...values: number[]) =>
  npyBytes('<i8', `${values.length},`, new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer))
const floats = (shape: string, ...values: number[]) =>
  npyBytes('<f8', shape, new Uint8Array(Float64Array.from(values).buffer))
const pixels = (count: number, first = 0) =>
  npyBytes(
    '|u1',
    `${count}, 2, 2`,
    Uint8Array.from({ length: count * 4 }, (_, i) => first + Math.floor(i / 4)),
  )

type Arrays = Readonly<Record<string, Buffer>>

/** Opens arrays of one archive by name: x, y, and x_test with y_test if they exist. */
async function archive(arrays: Arrays, more: object = {}, task: 'classification' | 'regression' = 'classification') {
  const folder = await temporaryFolder()
  const members = Object.entries(arrays).map(([name, content], i) => ({
    name: `${name}.npy`,
    content,
    deflated: i % 2 === 0,
  }))
  const path = await folder.write('数据.npz', zipBytes(...members))
  const tested = 'x_test' in arrays && { testSamples: `${path}#x_test`, testLabels: `${path}#y_test` }
  const source = { kind: 'arrays' as const, samples: `${path}#x`, labels: `${path}#y`, ...tested, ...more }
  return prepare({ source, split: { validation: 0 } }, await emptyCache(), { task })
}

describe('arrays of bytes', () => {
  it('are images, followed by their test set', async () => {
    const dataset = await archive({ x: pixels(3), y: ints(2, 0, 1), x_test: pixels(2, 100), y_test: ints(1, 1) })
    expect(dataset.facts).toEqual({
      sample: { dtype: 'uint8', shape: [1, 2, 2] },
      target: { kind: 'classes', classes: ['0', '1', '2'] },
    })
    expect([...dataset.samples.inMemory!.subarray(8, 16)]).toEqual([2, 2, 2, 2, 100, 100, 100, 100])
    expect([...dataset.targets]).toEqual([2, 0, 1, 1, 1])
    expect([...dataset.splits.test]).toEqual([3, 4])
    expect(dataset.given).toEqual(['test'])
  })

  it('are the same from an archive and from separate files', async () => {
    const folder = await temporaryFolder()
    const samples = await folder.write('x.npy', pixels(2))
    const labels = await folder.write('y.npy', ints(0, 1))
    const cache = await emptyCache()
    const files = await prepare({ source: { kind: 'arrays', samples, labels }, split: { validation: 0 } }, cache)
    const zipped = await archive({ x: pixels(2), y: ints(0, 1) })
    expect(files.fingerprint).toBe(zipped.fingerprint)
  })
})

describe('arrays of numbers', () => {
  it('are samples of any shape, in float32', async () => {
    const dataset = await archive({ x: floats('2, 1, 3', 1, 2, 3, 4, 5, 6.5), y: ints(0, 1) })
    expect(dataset.facts.sample).toEqual({ dtype: 'float32', shape: [1, 3] })
    expect([...dataset.samples.inMemory!]).toEqual([1, 2, 3, 4, 5, 6.5])
  })

  it('have continuous targets for regression, also in a column', async () => {
    const dataset = await archive({ x: floats('2, 1', 1, 2), y: floats('2, 1', -0.5, 0.25) }, {}, 'regression')
    expect(dataset.facts.target).toMatchObject({ kind: 'numbers', size: 1 })
    expect([...dataset.targets]).toEqual([-0.5, 0.25])
  })

  it('cause a warning if float32 cannot distinguish them, and only then', async () => {
    const seconds = [0, 1, 2, 3].map((i) => 1_700_000_000 + 17 * i)
    const x = floats('4, 2', ...seconds.flatMap((second, i) => [i, second]))
    const { notes } = await archive({ x, y: floats('4,', ...seconds) }, {}, 'regression')
    expect(notes).toMatchObject([
      { code: 'data-precision', severity: 'warning', data: { case: 'labels' } },
      {
        code: 'data-precision',
        received: 'values from 1700000000 to 1700000051 at place 1',
        data: { case: 'array', places: 1, all: 2, apart: '128' },
      },
    ])
    const fine = await archive({ x: floats('3, 1', 1e9, 2e9, 3e9), y: ints(0, 1, 1) })
    expect(fine.notes.filter(({ code }) => code === 'data-precision')).toEqual([])
  })

  it.each([
    ['NaN', NaN, 'array-finite'],
    ['−∞', -Infinity, 'array-finite'],
    ['a number that float32 cannot hold', 3.5e38, 'array-huge'],
  ])('are rejected if they contain %s, both in samples and in continuous labels', async (_what, value, kind) => {
    const x = floats('3, 2, 2', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, value, 12)
    const [problem] = await problemsOf(archive({ x, y: ints(0, 1, 0) }))
    expect(problem).toMatchObject({
      code: 'data-cell',
      place: { column: 'entry 2' },
      received: `${value} at [2, 1, 0] of 3×2×2 float64`,
      data: { case: kind, sample: 2 },
    })
    expect(problem!.place.file).toMatch(/#x$/)
    const fine = floats('2, 1', 3.4028234663852886e38, -1e-320)
    const [label] = await problemsOf(archive({ x: fine, y: floats('2,', 1, value) }, {}, 'regression'))
    expect(label).toMatchObject({ code: 'data-cell', received: `${value} at [1] of 2 float64` })
    expect(label!.place.file).toMatch(/#y$/)
  })

  it('have the classes listed in the project', async () => {
    const dataset = await archive({ x: floats('2, 1', 1, 2), y: ints(0, 1) }, { classes: ['no', 'yes', 'maybe'] })
    expect(dataset.facts.target).toEqual({ kind: 'classes', classes: ['no', 'yes', 'maybe'] })
  })
})

describe('arrays that do not fit', () => {
  const x = floats('3, 1', 1, 2, 3)
  it.each<[string, Arrays, object, object]>([
    ['of different lengths', { x, y: ints(0, 1) }, {}, { code: 'data-count' }],
    ['with labels of several axes', { x, y: floats('3, 2', 1, 2, 3, 4, 5, 6) }, {}, { code: 'data-format' }],
    [
      'with a label outside the classes',
      { x, y: ints(0, 1, 2) },
      { classes: ['a', 'b'] },
      { code: 'data-label', received: '2' },
    ],
    ['with a negative label', { x, y: ints(0, -1, 1) }, {}, { code: 'data-label', received: '-1' }],
    [
      'with a label that is no whole number',
      { x, y: floats('3,', 0, 0.5, 1) },
      {},
      { code: 'data-label', received: '0.5' },
    ],
    ['with a label far beyond', { x, y: ints(0, 1, 2 ** 40) }, {}, { code: 'data-label' }],
    ['of one axis', { x: ints(1, 2), y: ints(0, 1) }, {}, { code: 'data-format' }],
    [
      'with test samples of another form',
      { x, y: ints(0, 1, 0), x_test: floats('1, 2', 1, 2), y_test: ints(0) },
      {},
      { code: 'data-format' },
    ],
    [
      'with channels last',
      { x: npyBytes('|u1', '1, 4, 4, 3', new Uint8Array(48)), y: ints(0) },
      {},
      { code: 'data-format' },
    ],
  ])('%s are refused', async (_, arrays, more, expected) => {
    expect(await problemsOf(archive(arrays, more))).toMatchObject([expected])
  })

  it('are rejected with the available names if one does not exist', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('a.npz', zipBytes({ name: 'x.npy', content: x }))
    const source = { kind: 'arrays' as const, samples: `${path}#x`, labels: `${path}#y` }
    expect(await problemsOf(prepare({ source }, await emptyCache()))).toMatchObject([
      { code: 'data-missing', expected: expect.stringContaining('x') as string },
    ])
    const gone = { ...source, labels: join(folder.path, 'y.npy') }
    expect(await problemsOf(prepare({ source: gone }, await emptyCache()))).toMatchObject([{ code: 'data-missing' }])
  })

  it('are rejected if only half of a test set is named', async () => {
    const arrays = { x, y: ints(0, 1, 0) }
    expect(await problemsOf(archive(arrays, { testSamples: 'x.npy' }))).toMatchObject([
      { code: 'data-missing', place: { param: 'data.source.testLabels' } },
    ])
  })
})
