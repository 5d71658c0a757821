/** Array values that training cannot use: those not finite in float32, which all arrays are read as. */
import { fail } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import type { NpyFile } from '../readers/npy'

/** The smallest magnitude that float32 rounds to infinity. */
const LIMIT = 2 ** 128 - 2 ** 103

/**
 * Entries of an array, starting at `begin`. @throws ProblemError `data-cell` with the first value that is not finite
 */
export function checkFinite(array: NpyFile, data: ArrayLike<number>, begin: number): void {
  // No integer type is that large.
  if (!array.elementType.startsWith('float')) return
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]!) < LIMIT)) failNumber(array, data[i]!, begin, i)
}

function failNumber({ path, shape, elementType }: NpyFile, value: number, begin: number, index: number): never {
  const rest = shape.slice(1)
  const each = elementCount(rest)
  const sample = begin + Math.floor(index / each)
  let left = index % each
  const place = rest.map((_, axis) => {
    const below = elementCount(rest.slice(axis + 1))
    const at = Math.floor(left / below)
    left %= below
    return at
  })
  const values = {
    sample,
    value: `${value}`,
    place: [sample, ...place].join(', '),
    shape: shape.join('×'),
    type: elementType,
  }
  const problemCase = Number.isFinite(value) ? 'array-huge' : 'array-finite'
  return fail('data-cell', problemCase, values, { file: path, column: `entry ${sample}` })
}
