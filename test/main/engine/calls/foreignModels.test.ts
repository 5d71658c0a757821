/**
 * Models written by other programs (scripts/make-model-fixtures.py): fed, answered, or rejected for the right reason.
 */
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { predict } from '../../../../src-main/engine/calls/predictor'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'

const fixture = (name: string) => join(import.meta.dirname, '../../../fixtures/models', `${name}.onnx`)

function npy(shape: readonly number[], data: readonly number[]): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n'
  const bytes = Buffer.from(Float32Array.from(data).buffer)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'), Buffer.from(header), bytes])
}

/** The numbers a model predicts for the samples of one file. */
async function numbersOf(model: string, file: string) {
  const { files } = await predict({ target: fixture(model), files: [file], threads: 1 })
  return files[0]!.predictions.map((answer) => answer.kind === 'numbers' && answer.numbers.map(({ value }) => value))
}

describe('a model of another program', () => {
  it('may leave the types inside the branches of If to be inferred', async () => {
    const folder = await temporaryFolder()
    const positive = await folder.write('p.npy', npy([1, 2], [1, 2]))
    const negative = await folder.write('n.npy', npy([1, 2], [1, -2]))
    expect(await numbersOf('if-branches', positive)).toEqual([[2, 4]])
    expect(await numbersOf('if-branches', negative)).toEqual([[-1, 2]])
  })

  it('that leaves the image size open accepts images of any size', async () => {
    const folder = await temporaryFolder()
    const picture = (width: number, height: number, background: string) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer()
    const small = await folder.write('small.png', await picture(3, 5, '#102030'))
    const large = await folder.write('large.png', await picture(40, 7, '#ff0001'))
    const grey = await folder.write('grey.pgm', Buffer.concat([Buffer.from('P5\n2 1\n255\n'), Buffer.of(10, 20)]))
    expect(await numbersOf('open-image', small)).toEqual([[16, 32, 48]])
    expect(await numbersOf('open-image', large)).toEqual([[255, 0, 1]])
    expect(await numbersOf('open-image', grey)).toEqual([[15, 15, 15]])
  })

  it('that leaves the length of arrays open accepts one or several of any length, with the sizes it specifies', async () => {
    const folder = await temporaryFolder()
    const one = await folder.write('one.npy', npy([2, 3], [1, 2, 3, 4, 5, 6]))
    const two = await folder.write('two.npy', npy([2, 2, 1], [1, 2, 3, 4]))
    const wrong = await folder.write(
      'wrong.npy',
      npy(
        [3, 4],
        Array.from({ length: 12 }, () => 0),
      ),
    )
    expect(await numbersOf('open-array', one)).toEqual([[6, 15]])
    expect(await numbersOf('open-array', two)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(await problemsOf(numbersOf('open-array', wrong))).toMatchObject([
      { code: 'model-input', expected: 'arrays of 2×any', received: '3×4' },
    ])
  })

  it('that takes batches of four predicts five samples', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write('five.npy', npy([5, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    expect(await numbersOf('batch-of-four', file)).toEqual([
      [2, 4],
      [6, 8],
      [10, 12],
      [14, 16],
      [18, 20],
    ])
  })

  it('predicts with its scores, after labels and lists, from weights of foreign types', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write('x.npy', npy([1, 3], [1, 2, 3]))
    expect(await numbersOf('labels-first', file)).toEqual([[1, 4, 12]])
  })

  it('that takes numbers which files cannot provide is rejected by type', async () => {
    const folder = await temporaryFolder()
    const file = await folder.write('x.npy', npy([1, 3], [1, 2, 3]))
    expect(await problemsOf(numbersOf('half-input', file))).toMatchObject([
      { code: 'model-format', expected: 'an input of float32 or uint8', received: 'x: float16 [batch, 3]' },
    ])
  })
})
