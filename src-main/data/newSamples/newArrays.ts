/** NumPy arrays as model samples: in the model's own shape, one sample or several. */
import { fail, ProblemError } from '#core/problems/problem'
import { readNpy, type NpyArray } from '../readers/npy'
import { checkShape, type ExpectedSample, type ReadSamples } from './expectedSample'
import { missingCell } from './newRows'

/** A channel axis of 1 is optional. */
export async function readNewArrays(path: string, expected: ExpectedSample): Promise<ReadSamples> {
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
  if (sample.dtype === 'int32') return { count, data: tokenIds(array, sample.vocabulary?.length ?? 1) }
  checkCells(array, expected)
  return { count, data: sample.dtype === 'float64' ? Float64Array.from(array.data) : Float32Array.from(array.data) }
}

/** Integers from 0 to 255, in any element type. */
function pixelsOf({ path, elementType, data, shape }: NpyArray): Uint8Array {
  const at = data.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 255)
  // Floats from 0 to 1 are on that scale, even if all are whole; they are not an almost black image.
  const unit =
    elementType.startsWith('float') &&
    data.some((value) => value > 0) &&
    data.every((value) => value >= 0 && value <= 1)
  if (at < 0 && !unit) return Uint8Array.from(data)
  if (unit) return fail('model-input', 'unit-pixels', { type: elementType }, { file: path })
  return fail('model-input', 'pixels', { value: data[at]!, at, shape: shape.join('×') }, { file: path })
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
    const values = { index: i, name: column.name, received: value }
    const where = { file: path, column: column.name }
    if (codes === undefined) fail('data-cell', 'array-number', values, where)
    fail('data-cell', 'array-category', { ...values, largest: codes - 1 }, where)
  })
}

/** Integers within the vocabulary. */
function tokenIds({ path, data, shape }: NpyArray, words: number): Int32Array {
  const at = data.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= words)
  if (at < 0) return Int32Array.from(data)
  const values = { largest: words - 1, value: data[at]!, at, shape: shape.join('×') }
  return fail('model-input', 'token-ids', values, { file: path })
}
