/** Reads a file that a trained model is to predict on into raw samples, exactly as the model was given them in training. */
import { extname } from 'node:path'
import type { ColumnFacts, SampleFacts } from '#core/data/facts'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { isMissing } from './readers/cells'
import { openIdx, readIdxBytes } from './readers/idx'
import { readNpy, type NpyArray } from './readers/npy'
import { readPnm } from './readers/pnm'
import type { SampleArray } from './samples'
import { CellProblems, cellCode } from './sources/cellCodes'
import { imageShape } from './sources/imageShape'
import { openRows, type RowReader } from './sources/rows'

/** What a model was trained on: its stored samples, and by column whether a missing cell is allowed. */
export interface ExpectedSample {
  readonly sample: SampleFacts
  readonly acceptsMissing?: readonly boolean[]
}

export interface ReadSamples {
  readonly count: number
  /** [count, …shape] in the stored element type. */
  readonly data: SampleArray
}

type Reader = (path: string, expected: ExpectedSample) => Promise<ReadSamples>

/** By extension; files whose name ends in `-ubyte` are IDX as well. */
const readers: Readonly<Record<string, Reader>> = {
  '.csv': readRows,
  '.tsv': readRows,
  '.idx': readIdxImages,
  '.gz': readIdxImages,
  '.npy': readNpySamples,
  '.pgm': readImage,
  '.ppm': readImage,
}

/** Reads one file, which may hold several samples; fails with problems where it does not fit the model. */
export async function readSample(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const reader = /-u?byte$/.test(path) ? readIdxImages : readers[extname(path).toLowerCase()]
  if (reader) return reader(path, expected)
  return fail({
    code: 'model-input',
    place: { file: path },
    message: 'A file of this kind cannot be read as input of a model.',
    expected: Object.keys(readers).join(', '),
    received: extname(path) || 'a name without extension',
    fix: 'Convert the image to PGM or PPM, or the table to CSV.',
  })
}

async function readImage(path: string, { sample }: ExpectedSample): Promise<ReadSamples> {
  checkImages(path, sample)
  const { shape, data } = await readPnm(path)
  checkShape(path, sample, shape)
  return { count: 1, data }
}

async function readIdxImages(path: string, { sample }: ExpectedSample): Promise<ReadSamples> {
  checkImages(path, sample)
  const idx = await openIdx(path)
  checkShape(path, sample, imageShape(idx))
  const data = new Uint8Array(idx.length)
  await readIdxBytes(idx, data)
  return { count: idx.shape[0]!, data }
}

/** Arrays of one sample or of several; a channel axis of 1 may be absent. */
async function readNpySamples(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { sample } = expected
  const array = await readNpy(path)
  const one = sample.shape.join()
  const [first, ...rest] = array.shape
  const bare = sample.shape[0] === 1 && sample.shape.length > 1 ? sample.shape.slice(1).join() : one
  const single = array.shape.join() === one || array.shape.join() === bare
  const several = first !== undefined && (rest.join() === one || rest.join() === bare)
  if (!single && !several) checkShape(path, sample, array.shape)
  const count = single ? 1 : first!
  if (sample.dtype === 'uint8') return { count, data: pixelsOf(array) }
  checkCells(array, expected)
  return { count, data: Float32Array.from(array.data) }
}

/** Columns are found by name, so that others may be there and the order is free; without a header all must be there. */
async function readRows(path: string, expected: ExpectedSample): Promise<ReadSamples> {
  const { columns } = expected.sample
  if (!columns) failShape(path, expected.sample, 'a table')
  const table = await openRows(
    path,
    {},
    columns.map(({ name }) => name),
  )
  if (!table.hasHeader && table.names.length !== columns.length)
    failShape(path, expected.sample, `${table.names.length} columns`)
  const places = placesOf(table, columns)
  const problems = new CellProblems()
  const coders = columns.map((facts) => cellCode(facts, problems))
  const values: number[] = []
  let count = 0
  for await (const { rows, lines } of table.batches()) {
    rows.forEach((row, r) => {
      columns.forEach(({ name }, c) => {
        const cell = row[places[c]!]!
        const place = { file: path, line: lines[r]!, column: name }
        if (isMissing(cell) && expected.acceptsMissing?.[c] === false) problems.add(missingCell(place))
        else values.push(coders[c]!(cell, () => place))
      })
    })
    count += rows.length
  }
  problems.check()
  return { count, data: Float32Array.from(values) }
}

/** Index in the table of every column of the model. @throws ProblemError that names all columns that are not there */
function placesOf(table: RowReader, columns: readonly ColumnFacts[]): number[] {
  const absent = table.hasHeader ? columns.filter(({ name }) => !table.names.includes(name)) : []
  if (absent.length > 0) throw new ProblemError(absent.map(({ name }) => missingColumn(table, name)))
  return columns.map(({ name }, position) => (table.hasHeader ? table.names.indexOf(name) : position))
}

function missingColumn({ path, names }: RowReader, column: string): Problem {
  return {
    code: 'data-column',
    severity: 'error',
    place: { file: path, column },
    message: `The table has no column ${JSON.stringify(column)}, which the model needs.`,
    expected: column,
    received: names.slice(0, 30).join(', '),
    fix: 'Add the column; its cells may be empty where the model fills missing values.',
  }
}

/** Whole numbers from 0 to 255, whatever the element type. */
function pixelsOf({ path, elementType, data, shape }: NpyArray): Uint8Array {
  const at = data.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 255)
  // Floats that reach from 0 to 1 are on that scale, even where all are whole; they are not an almost black image.
  const unit =
    elementType.startsWith('float') &&
    data.some((value) => value > 0) &&
    data.every((value) => value >= 0 && value <= 1)
  if (at < 0 && !unit) return Uint8Array.from(data)
  return fail({
    code: 'model-input',
    place: { file: path },
    message: 'The numbers are not pixels on the scale of the training images.',
    expected: 'whole numbers from 0 to 255',
    received: unit ? `${elementType} from 0 to 1` : `${data[at]} at element ${at} of ${shape.join('×')}`,
    fix: unit ? 'Multiply by 255 and save as uint8.' : 'Scale the pixels to 0…255 and save as uint8.',
  })
}

function checkCells({ path, data }: NpyArray, { sample, acceptsMissing }: ExpectedSample): void {
  const { columns = [] } = sample
  data.forEach((value, i) => {
    const c = i % Math.max(1, columns.length)
    const column = columns[c]
    if (!column) return
    if (Number.isNaN(value) && acceptsMissing?.[c] === false)
      throw new ProblemError([missingCell({ file: path, column: column.name })])
    const codes = column.type === 'categorical' ? column.categories.length : undefined
    const fits =
      codes === undefined ? Number.isFinite(Math.fround(value)) : Number.isInteger(value) && value >= 0 && value < codes
    if (fits || Number.isNaN(value)) return
    fail({
      code: 'data-cell',
      place: { file: path, column: column.name },
      message: `Element ${i} cannot be a value of column ${column.name}.`,
      expected: codes === undefined ? 'a finite number or NaN' : `a category code from 0 to ${codes - 1} or NaN`,
      received: `${value}`,
      fix:
        codes === undefined
          ? 'Correct the number.'
          : 'Give the codes of the training data, or a CSV file with the names.',
    })
  })
}

function checkImages(path: string, sample: SampleFacts): void {
  if (sample.columns || sample.dtype !== 'uint8') failShape(path, sample, 'an image')
}

function checkShape(path: string, sample: SampleFacts, received: readonly number[]): void {
  if (received.join() !== sample.shape.join()) failShape(path, sample, received.join('×'))
}

function failShape(path: string, { shape, columns }: SampleFacts, received: string): never {
  return fail({
    code: 'model-input',
    place: { file: path },
    message: 'The file does not fit the model.',
    expected: columns
      ? `${shape[0]} columns: ${columns.map(({ name }) => name).join(', ')}`
      : `images of ${shape.join('×')} (channels × height × width)`,
    received,
    fix: columns
      ? 'Give a table with these columns.'
      : 'Resize, crop or convert the image to this shape, channels first.',
  })
}

function missingCell(place: Problem['place']): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place,
    message: 'The cell is missing, and the model was not trained to fill it.',
    expected: 'a value',
    received: 'a missing cell',
    fix: 'Fill in the cell, or train with the pre-transform fill-missing.',
  }
}
