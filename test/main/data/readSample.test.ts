import { describe, expect, it } from 'vitest'
import type { ColumnFacts } from '#core/data/facts'
import sharp from 'sharp'
import { expectedSample, type ExpectedSample } from '../../../src-main/data/newSamples/expectedSample'
import { readLabeledSamples } from '../../../src-main/data/newSamples/labeledSamples'
import { readSample } from '../../../src-main/data/readSample'
import { openPreparing } from './prepare/preparing'
import { idxBytes } from './readers/idxBytes'
import { problemsOf, temporaryFolder } from './temporaryFolder'

const grey: ExpectedSample = { sample: { dtype: 'uint8', shape: [1, 2, 3] } }
const colour: ExpectedSample = { sample: { dtype: 'uint8', shape: [3, 1, 2] } }
const columns: readonly ColumnFacts[] = [
  { name: 'mass', type: 'numeric' },
  { name: 'island', type: 'categorical', categories: ['Biscoe', 'Dream'] },
]
const words: ExpectedSample = {
  sample: { dtype: 'int32', shape: [3], vocabulary: ['<padding>', '<unknown>', 'free', 'prize'] },
  steps: [{ kind: 'lower-case' }, { kind: 'pad', length: 3, side: 'end' }],
  textColumn: 'mail',
}
const table: ExpectedSample = { sample: { dtype: 'float32', shape: [2], columns }, acceptsMissing: [false, true] }

async function read(name: string, content: string | Uint8Array, expected: ExpectedSample) {
  const folder = await temporaryFolder()
  return readSample(await folder.write(name, content), expected)
}

const refused = async (...args: Parameters<typeof read>) => (await problemsOf(read(...args)))[0]!

/** As numpy.save writes it. */
function npy(descr: string, shape: string, payload: Uint8Array, order = 'False'): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`
  const header = `${dict.padEnd(117)}\n`
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([header.length, 0]),
    Buffer.from(header),
    payload,
  ])
}
const bytesOf = (array: Float32Array | Float64Array | Int32Array) => new Uint8Array(array.buffer)

describe('reading the input of a prediction', () => {
  it('reads gray and color images, with comments, channel by channel', async () => {
    const pgm = Buffer.concat([Buffer.from('P5\n# made by hand\n3 2 # size\n255\n'), Buffer.from([1, 2, 3, 4, 5, 255])])
    expect(await read('写真.pgm', pgm, grey)).toEqual({ count: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 255) })
    const ppm = Buffer.concat([Buffer.from('P6 2 1 255\n'), Buffer.from([1, 2, 3, 4, 5, 6])])
    expect((await read('a.PPM', ppm, colour)).data).toEqual(Uint8Array.of(1, 4, 2, 5, 3, 6))
  })

  it('scales other gray ranges to 0…255', async () => {
    const narrow = Buffer.concat([Buffer.from('P5 3 2 15\n'), Buffer.from([0, 1, 2, 3, 14, 15])])
    expect((await read('a.pgm', narrow, grey)).data).toEqual(Uint8Array.of(0, 17, 34, 51, 238, 255))
    const wide = Buffer.concat([
      Buffer.from('P5 3 2 65535\n'),
      Buffer.from([0, 0, 1, 1, 128, 0, 255, 255, 0, 128, 0, 129]),
    ])
    expect((await read('a.pgm', wide, grey)).data).toEqual(Uint8Array.of(0, 1, 128, 255, 0, 1))
  })

  it('reads all images of an IDX file', async () => {
    const values = Array.from({ length: 12 }, (_, i) => i)
    const { count, data } = await read('t10k-images-idx3-ubyte', idxBytes('uint8', [2, 2, 3], values), grey)
    expect([count, [...data]]).toEqual([2, values])
  })

  it('reads arrays of one sample or several, with integers of any type', async () => {
    expect(await read('a.npy', npy('|u1', '2, 3', Uint8Array.of(1, 2, 3, 4, 5, 6)), grey)).toEqual({
      count: 1,
      data: Uint8Array.of(1, 2, 3, 4, 5, 6),
    })
    const floats = Float32Array.from({ length: 12 }, (_, i) => i * 20)
    const { count, data } = await read('a.npy', npy('<f4', '2, 1, 2, 3', bytesOf(floats)), grey)
    expect([count, [...data]]).toEqual([2, [...floats]])
    const big = new Uint8Array(12)
    ;[1, 2, 3, 4, 5, 255].forEach((value, i) => new DataView(big.buffer).setUint16(2 * i, value))
    expect((await read('a.npy', npy('>u2', '1, 2, 3', big), grey)).data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 255))
    const columns = await read('a.npy', npy('|u1', '2, 3', Uint8Array.of(1, 4, 2, 5, 3, 6), 'True'), grey)
    expect(columns.data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6))
    const row = await read('a.npy', npy('<f8', '2,', bytesOf(Float64Array.of(3.5, 1))), table)
    expect(row).toEqual({ count: 1, data: Float32Array.of(3.5, 1) })
  })

  it('finds columns by name, in any order, ignoring others', async () => {
    const { count, data } = await read('a.csv', 'island,extra,mass\nDream,x,1.5\nNA,y,2\n', table)
    expect([count, [...data]]).toEqual([2, [1.5, 1, 2, NaN]])
    expect((await read('a.tsv', '4\tBiscoe\n', table)).data).toEqual(Float32Array.of(4, 0))
  })

  it('preserves numbers that float32 would round, in tables and arrays', async () => {
    const seconds: ExpectedSample = {
      sample: { dtype: 'float64', shape: [1], columns: [{ name: 'second', type: 'numeric' }] },
    }
    const data = Float64Array.of(1_700_000_001, 1_700_000_002)
    expect(await read('a.csv', 'second\n1700000001\n1700000002\n', seconds)).toEqual({ count: 2, data })
    expect(await read('a.npy', npy('<f8', '2, 1', bytesOf(data)), seconds)).toEqual({ count: 2, data })
  })
})

describe('preparing new samples as in training', () => {
  const resized: ExpectedSample = {
    sample: { dtype: 'uint8', shape: [1, 2, 2] },
    steps: [
      { kind: 'color', mode: 'grayscale' },
      { kind: 'resize', size: 2, mode: 'stretch' },
    ],
  }
  const picture = (width: number, height: number, background: string) =>
    sharp({ create: { width, height, channels: 3, background } })

  it("converts images of any size, color and format to the model's input", async () => {
    const jpeg = await picture(40, 30, '#ffffff').jpeg().toBuffer()
    expect(await read('写真.jpg', jpeg, resized)).toEqual({ count: 1, data: Uint8Array.of(255, 255, 255, 255) })
    const png = await picture(5, 9, '#ff0000').png().toBuffer()
    // 19595 · 255 / 65536, rounded.
    expect((await read('a.png', png, resized)).data).toEqual(Uint8Array.of(76, 76, 76, 76))
    const { count, data } = await read('images.idx', idxBytes('uint8', [2, 1, 1], [7, 9]), resized)
    expect([count, [...data]]).toEqual([2, [7, 7, 7, 7, 9, 9, 9, 9]])
  })

  it('converts gray images saved as color, and gray images for a color model', async () => {
    const png = await picture(3, 2, '#404040').png().toBuffer()
    expect((await read('a.png', png, grey)).data).toEqual(new Uint8Array(6).fill(64))
    expect((await read('a.pgm', Buffer.from('P5 2 1 255\nab'), colour)).data).toEqual(
      Uint8Array.of(97, 98, 97, 98, 97, 98),
    )
  })

  it('maps the words of texts to their ids in the vocabulary', async () => {
    expect(await read('mail.eml', 'A FREE prize, free!', words)).toEqual({ count: 1, data: Int32Array.of(1, 2, 3) })
    expect((await read('mail', 'Prize', words)).data).toEqual(Int32Array.of(3, 0, 0))
  })

  it('uses every row of a table as a text, from the training column or the only one', async () => {
    const rows = await read('a.csv', 'id,mail\n1,free prize\n2,\n', words)
    expect(rows).toEqual({ count: 2, data: Int32Array.of(2, 3, 0, 0, 0, 0) })
    expect((await read('a.csv', 'text\nfree\n', words)).count).toBeGreaterThan(0)
    expect((await read('a.npy', npy('<i4', '1, 3', bytesOf(Int32Array.of(2, 3, 1))), words)).data).toEqual(
      Int32Array.of(2, 3, 1),
    )
  })
})

describe('rejecting what does not fit the model', () => {
  it.each([
    ['an image of another size', 'a.pgm', Buffer.from('P5 1 1 255\n0'), grey, 'model-input', '1×1×1'],
    [
      'a color image for a gray model',
      'a.ppm',
      Buffer.from('P6 3 2 255\nabcdefghijklmnopqr'),
      grey,
      'model-input',
      '3×2×3',
    ],
    ['an image for a table model', 'a.pgm', Buffer.from('P5 1 1 255\n0'), table, 'model-input', 'an image'],
    ['a table for an image model', 'a.csv', 'a,b\n1,2\n', grey, 'model-input', 'a table'],
    ['an array of another shape', 'a.npy', npy('|u1', '3, 2', new Uint8Array(6)), grey, 'model-input', '3×2'],
    ['another kind of file', 'a.pdf', '%PDF-1.4', grey, 'model-input', '.pdf'],
    ['an image cut off after its first bytes', 'a.gif', 'GIF89a', grey, 'data-truncated', /./],
    ['a table with too few columns', 'a.csv', '1\n2\n', table, 'model-input', '1 columns'],
    ['a text image', 'a.pgm', 'P2 1 1 255 0', grey, 'data-format', 'a PBM, PAM or text PGM/PPM image'],
    ['an image without size', 'a.pgm', 'P5 0 2 255\n', grey, 'data-format', '0 × 2, largest value 255'],
    ['an image cut off', 'a.pgm', 'P5 3 2 255\nxx', grey, 'data-truncated', '2 bytes'],
    [
      'a huge image that is not there',
      'a.pgm',
      'P5 999999999 999999999 255\n',
      grey,
      'data-too-large',
      '999999999 × 999999999',
    ],
    ['a text for an image model', 'a.txt', 'Hello', grey, 'model-input', '.txt'],
    ['an image for a model of texts', 'a.png', 'x', words, 'model-input', 'an image'],
    [
      'ids beyond the vocabulary',
      'a.npy',
      npy('|u1', '1, 3', Uint8Array.of(1, 4, 0)),
      words,
      'model-input',
      '4 at element 1 of 1×3',
    ],
    ['a table that does not say where its texts are', 'a.csv', 'a,b\nx,y\n', words, 'data-column', 'a, b'],
    ['an array cut off', 'a.npy', npy('|u1', '2, 3', new Uint8Array(5)), grey, 'data-truncated', '5 bytes'],
    [
      'a huge array that is not there',
      'a.npy',
      npy('<f8', '99999999, 99999999', new Uint8Array(8)),
      grey,
      'data-truncated',
      '8 bytes',
    ],
    ['an array of objects', 'a.npy', npy('|O', '1,', new Uint8Array(6)), grey, 'data-format', /'\|O'/],
    ['something that is no array', 'a.npy', 'numpy', grey, 'data-format', '"numpy"'],
  ])('refuses %s', async (_, name, content, expected, code, received) => {
    const problem = await refused(name, content, expected)
    expect(problem.code).toBe(code)
    expect(problem.received).toMatch(typeof received === 'string' ? new RegExp(escape(received)) : received)
    expect(problem.fix).not.toBe('')
  })

  it('reports how to scale pixels as in training', async () => {
    const unit = bytesOf(Float32Array.of(0, 0.5, 1, 0, 0, 0))
    expect(await refused('a.npy', npy('<f4', '2, 3', unit), grey)).toMatchObject({
      code: 'model-input',
      received: 'float32 from 0 to 1',
      fix: 'Multiply by 255 and save as uint8.',
    })
    const high = bytesOf(Float32Array.of(0, 300, 1, 0, 0, 0))
    expect(await refused('a.npy', npy('<f4', '2, 3', high), grey)).toMatchObject({
      received: '300 at element 1 of 2×3',
    })
  })

  it('reports cells that the model cannot take if no row can be predicted', async () => {
    const folder = await temporaryFolder()
    const path = await folder.write('a.csv', 'mass,island\n1,Atlantis\nx,Biscoe\n')
    const problems = await problemsOf(readSample(path, { ...table, acceptsMissing: [true, true] }))
    expect(problems.map(({ code, place, received }) => [code, place.line, place.column, received])).toEqual([
      ['data-cell', 2, 'island', '"Atlantis"'],
      ['data-cell', 3, 'mass', '"x"'],
    ])
    expect(await refused('a.csv', 'mass,island\n,Dream\n', table)).toMatchObject({
      code: 'data-cell',
      place: { line: 2, column: 'mass' },
      received: 'a missing cell',
    })
    expect(await refused('a.csv', 'mass,isle\n1,Dream\n', table)).toMatchObject({
      code: 'data-column',
      expected: 'island',
    })
    expect(await refused('a.npy', npy('<f8', '2,', bytesOf(Float64Array.of(1, 7))), table)).toMatchObject({
      code: 'data-cell',
      place: { column: 'island' },
    })
  })
})

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

describe('rows that a model cannot take', () => {
  it('are marked, and the others can be predicted', async () => {
    const text = 'mass,island\n1.5,Dream\n2,Bonn\n?,Biscoe\nx,Dream\n4,Biscoe\n'
    const { count, data, unusable } = await read('rows.csv', text, table)
    expect(count).toBe(5)
    expect([...data.subarray(0, 2), ...data.subarray(8)]).toEqual([1.5, 1, 4, 0])
    expect([...unusable!].map(([row, { code, place }]) => [row, code, place.line, place.column])).toEqual([
      [1, 'data-cell', 3, 'island'],
      [2, 'data-cell', 4, 'mass'],
      [3, 'data-cell', 5, 'mass'],
    ])
  })

  it('are the problem of the file if there are no others', async () => {
    expect(await refused('rows.csv', 'mass,island\n2,Bonn\n3,Berlin\n', table)).toMatchObject({
      code: 'data-cell',
      place: { line: 2, column: 'island' },
      received: '"Bonn"',
    })
  })

  it('report the first of many categories, and the number of the rest', async () => {
    const categories = Array.from({ length: 28 }, (_, i) => `c${i}`)
    const one: ExpectedSample = {
      sample: { dtype: 'float32', shape: [1], columns: [{ name: 'c', type: 'categorical', categories }] },
    }
    const { expected } = await refused('rows.csv', 'c\nother\n', one)
    expect(expected).toMatch(/^"c0", .*"c19", … and 8 more$/)
  })

  it('are detected in the dialect of the training data', async () => {
    const written = { decimal: ',' as const, sentinels: [-999], missing: ['k. A.'] }
    const expected: ExpectedSample = { ...table, acceptsMissing: [true, true], written }
    const { data, unusable } = await read('rows.csv', 'mass;island\n1,234;Dream\n-999;k. A.\n', expected)
    expect([...data]).toEqual([Math.fround(1.234), 1, NaN, NaN])
    expect(unusable).toBeUndefined()
  })

  it('can come from files with blanks and periods too, for tables', async () => {
    expect((await read('rows.data', ' 1.5 Dream\n 2.5 Biscoe\n', { ...table })).data).toEqual(
      Float32Array.of(1.5, 1, 2.5, 0),
    )
    // A single row does not prove that blanks are delimiters: it could also be the name of a column.
    const one = await read('one.data', '39.4   8     105.5\n', {
      sample: { dtype: 'float32', shape: [2], columns: [1, 3].map((i) => ({ name: `column ${i}`, type: 'numeric' })) },
      acceptsMissing: [false, false],
      written: { delimiter: ' ', header: false },
      width: 3,
    })
    expect(one).toEqual({ count: 1, data: Float32Array.of(39.4, 105.5) })
  })

  it('can come from tables without names: only the columns of the model, or all of the training data', async () => {
    const folder = await temporaryFolder()
    const text = 'x,0.5,7,1.5\ny,0.25,8,2.5\nx,0.75,9,3.5\ny,0.125,7,4.5\n'
    const path = await folder.write('training.csv', text)
    const ignored = { name: 'column 3', role: 'ignored' as const }
    const source = { kind: 'table' as const, path, label: 'column 1', header: false, columns: [ignored] }
    const { facts, preprocess } = await openPreparing(source)
    const known = { facts, preprocess, source }
    const expected = await expectedSample(known)
    const values = Float32Array.of(0.5, 1.5, 0.25, 2.5, 0.75, 3.5, 0.125, 4.5)
    expect((await readSample(path, expected)).data).toEqual(values)
    expect((await readSample(await folder.write('few.csv', '0.5,1.5\n0.25,2.5\n'), expected)).data).toEqual(
      values.slice(0, 4),
    )
    expect(await readLabeledSamples(path, known)).toMatchObject({ data: values, targets: Int32Array.of(0, 1, 0, 1) })
    const [problem] = await problemsOf(readSample(await folder.write('other.csv', '1.5,2,3\n1.5,2,4\n'), expected))
    expect(problem).toMatchObject({ code: 'model-input', received: '3 columns' })
  })
})
