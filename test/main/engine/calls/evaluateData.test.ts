/** The data a model is evaluated on: its training data, located again and verified, or other given data. */
import { cp, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import { decodeModel } from '#core/onnx/decode'
import { readFile } from 'node:fs/promises'
import { evaluate } from '../../../../src-main/engine/calls/evaluator'
import { exportRun } from '../../../../src-main/engine/calls/exportRun'
import { openRun } from '../../../../src-main/runs/store'
import { problemsOf, temporaryFolder, type TemporaryFolder } from '../../data/temporaryFolder'
import { train } from '../training/trainHere'

const edges = (...ids: string[]) => ids.slice(1).map((to, i) => ({ from: ids[i]!, to }))

/** A project whose classes a single layer can separate. */
function projectOf(source: object, layers: object[], task = 'classification') {
  const ids = layers.map((layer) => (layer as { id: string }).id)
  const { project, problems } = parseProject(
    JSON.stringify({
      format: 'layerloom',
      version: 1,
      name: 'Measured',
      task,
      data: { source, split: { validation: 0.2, test: 0.2 }, preprocess: [] },
      graph: {
        nodes: [{ id: 'in', kind: 'input' }, ...layers, { id: 'out', kind: 'output' }],
        edges: edges('in', ...ids, 'out'),
      },
      training: {
        optimizer: { kind: 'adam' },
        loss: { kind: task === 'regression' ? 'mse' : 'cross-entropy' },
        learningRate: 0.1,
        batchSize: 20,
        epochs: 20,
        threads: 1,
      },
    }),
  )
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'))
  return project
}

/** Rows whose class is the sign of `a`; `answer` can override it. */
const rows = (answer: (a: number) => string) => {
  const lines = Array.from({ length: 60 }, (_, i) => {
    const a = (i % 2 === 0 ? 1 : -1) * (1 + (i % 7))
    return `${a},${i % 5},${answer(a)}`
  })
  return ['a,b,answer', ...lines].join('\n')
}
const truth = rows((a) => (a > 0 ? 'yes' : 'no'))

/** A model of the table, exported into a folder unrelated to the project's. */
async function tableModel(home: TemporaryFolder) {
  const table = await home.write('project/data.csv', truth)
  const project = projectOf({ kind: 'table', path: 'data.csv', label: 'answer' }, [
    { id: 'fc', kind: 'linear', params: { outFeatures: 2 } },
  ])
  const projectFolder = join(home.path, 'project')
  const { finished } = await train({ project, projectFolder, out: join(home.path, 'runs', 'one') })
  await mkdir(join(home.path, 'away'))
  const model = join(home.path, 'away', 'model.onnx')
  await exportRun({ run: finished.run, file: model })
  return { table, model, finished }
}

describe('a model of a table', () => {
  it('is evaluated on its training data from any location, and never on other data by mistake', async () => {
    const home = await temporaryFolder()
    const { table, model, finished } = await tableModel(home)
    const { record } = await openRun(finished.run)
    const { metadata } = decodeModel(await readFile(model), model)
    expect(JSON.parse(metadata.layerloom!)).toMatchObject({ fingerprint: record.data.fingerprint })
    expect(JSON.stringify(metadata)).not.toContain(home.path)

    expect(await evaluate({ target: model, threads: 1 })).toMatchObject({
      split: 'test',
      samples: 12,
      figures: { accuracy: 1 },
    })
    // The same columns and classes, different answers.
    await home.write(
      'project/data.csv',
      rows((a) => (a > 0 ? 'no' : 'yes')),
    )
    expect(await problemsOf(evaluate({ target: model }))).toMatchObject([
      {
        code: 'data-checksum',
        place: { file: model },
        message: `The data in ${table} is not what the model was trained on.`,
        expected: `data with SHA-256 ${record.data.fingerprint.slice(0, 16)}…`,
      },
    ])
    await rename(table, join(home.path, 'elsewhere.csv'))
    expect(await problemsOf(evaluate({ target: model }))).toMatchObject([
      { code: 'data-missing', fix: expect.stringContaining('--data') as string },
    ])
  })

  it('is evaluated on moved training data, by its splits', async () => {
    const home = await temporaryFolder()
    const { table, model, finished } = await tableModel(home)
    const moved = join(home.path, 'moved.csv')
    await rename(table, moved)
    for (const target of [model, finished.run])
      expect(await evaluate({ target, data: moved, split: 'validation', threads: 1 })).toMatchObject({
        split: 'validation',
        samples: 12,
        figures: { accuracy: 1 },
      })
  })

  it('is evaluated on all rows of other labeled data', async () => {
    const home = await temporaryFolder()
    const { model, finished } = await tableModel(home)
    const data = await home.write('new.csv', 'answer,b,a\nyes,1,5\nno,1,-5\nno,2,4\nyes,0,3\n,0,1\n')
    for (const target of [model, finished.run])
      expect(await evaluate({ target, data, threads: 1 })).toMatchObject({
        split: null,
        data,
        samples: 4,
        unlabelled: 1,
        figures: { accuracy: 0.75 },
      })
    expect(await problemsOf(evaluate({ target: model, data, split: 'test' }))).toMatchObject([
      { code: 'data-checksum', place: { file: data }, expected: 'the data of the training, or no --split' },
    ])
    const unlabelled = await home.write('bare.csv', 'a,b\n1,2\n')
    expect(await problemsOf(evaluate({ target: model, data: unlabelled }))).toMatchObject([
      { code: 'data-column', expected: 'answer' },
    ])
    const strange = await home.write('strange.csv', 'a,b,answer\n1,2,maybe\n')
    expect(await problemsOf(evaluate({ target: model, data: strange }))).toMatchObject([
      { code: 'data-cell', received: '"maybe"' },
    ])
  })
})

it('a regression model is evaluated on other numbers in their unit', async () => {
  const home = await temporaryFolder()
  const lines = Array.from({ length: 60 }, (_, i) => `${i % 10},${2 * (i % 10)}`)
  await home.write('data.csv', ['x,y (cm)', ...lines].join('\n'))
  const project = projectOf(
    { kind: 'table', path: 'data.csv', label: 'y (cm)' },
    [{ id: 'fc', kind: 'linear', params: { outFeatures: 1 } }],
    'regression',
  )
  const training = { ...project.training, epochs: 60 }
  const job = { project: { ...project, training }, projectFolder: home.path, out: join(home.path, 'run') }
  const { finished } = await train(job)
  // 2x would be 2, 4 and 6: off by 1 each time, apart from what the network has not learned.
  const data = await home.write('new.csv', 'y (cm),x\n3,1\n5,2\n7,3\n')
  const { figures, unit } = await evaluate({ target: finished.model, data, threads: 1 })
  expect(unit).toBe('cm')
  expect(figures.mae).toBeCloseTo(1, 0)
  expect(figures.loss).toBeCloseTo(1, 0)
})

async function paint(folder: string, shade: string, count: number) {
  await mkdir(folder, { recursive: true })
  for (let i = 0; i < count; i++)
    await sharp({ create: { width: 4, height: 4, channels: 3, background: shade } })
      .extract({ left: 0, top: 0, width: 4, height: 4 })
      .png({ compressionLevel: i % 10 })
      .toFile(join(folder, `${i}.png`))
}

describe('a model of class folders', () => {
  it('is not evaluated on swapped classes, but on other folders', async () => {
    const home = await temporaryFolder()
    const folder = join(home.path, 'data')
    await paint(join(folder, 'cats'), '#ff2020', 10)
    await paint(join(folder, 'dogs'), '#2020ff', 10)
    const project = projectOf({ kind: 'image-folder', path: 'data' }, [
      { id: 'flat', kind: 'flatten' },
      { id: 'fc', kind: 'linear', params: { outFeatures: 2 } },
    ])
    const { finished } = await train({ project, projectFolder: home.path, out: join(home.path, 'runs', 'r') })
    const other = join(home.path, 'other')
    await paint(join(other, 'cats'), '#f01010', 3)
    await cp(join(folder, 'cats', '0.png'), join(other, 'dogs', 'no-dog.png'))
    expect(await evaluate({ target: finished.model, data: other, threads: 1 })).toMatchObject({
      split: null,
      samples: 4,
      figures: { accuracy: 0.75 },
    })
    await rename(join(other, 'dogs'), join(other, 'birds'))
    expect(await problemsOf(evaluate({ target: finished.model, data: other }))).toMatchObject([
      { code: 'data-label', received: 'birds', expected: 'folders named cats, dogs' },
    ])
    await rename(join(folder, 'cats'), join(folder, 'x'))
    await rename(join(folder, 'dogs'), join(folder, 'cats'))
    await rename(join(folder, 'x'), join(folder, 'dogs'))
    for (const target of [finished.model, finished.run])
      expect(await problemsOf(evaluate({ target }))).toMatchObject([{ code: 'data-checksum' }])
  })
})

it('a model of arrays is evaluated on arrays of the same names', async () => {
  const home = await temporaryFolder()
  const npy = (shape: string, type: string, bytes: Uint8Array) => {
    const head = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117) + '\n'
    return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(head), bytes])
  }
  const write = async (folder: string, numbers: number[], labels: number[]) => {
    await home.write(
      `${folder}/x.npy`,
      npy(`${labels.length}, 2`, '<f4', new Uint8Array(Float32Array.from(numbers).buffer)),
    )
    await home.write(`${folder}/y.npy`, npy(`${labels.length},`, '<i4', new Uint8Array(Int32Array.from(labels).buffer)))
  }
  const signs = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1))
  await write(
    'data',
    signs.flatMap((sign, i) => [sign * (1 + (i % 3)), 1]),
    signs.map((sign) => (sign > 0 ? 1 : 0)),
  )
  const source = { kind: 'arrays', samples: 'data/x.npy', labels: 'data/y.npy' }
  const project = projectOf(source, [{ id: 'fc', kind: 'linear', params: { outFeatures: 2 } }])
  const { finished } = await train({ project, projectFolder: home.path, out: join(home.path, 'run') })
  await write('new', [2, 1, -2, 1, 3, 1, -3, 1], [1, 0, 1, 1])
  const data = join(home.path, 'new')
  expect(await evaluate({ target: finished.model, data, threads: 1 })).toMatchObject({
    samples: 4,
    figures: { accuracy: 0.75 },
  })
})
