/** Files written by other programs (scripts/make-data-fixtures.py), and the numbers they contain. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export function fixture(name: string): string {
  return join(import.meta.dirname, '../../../fixtures/data', name)
}

/** An array of bytes in C order as saved by NumPy. */
export function savedBytes(name: string): { shape: number[]; data: Uint8Array } {
  const bytes = readFileSync(fixture(name))
  const begin = 10 + bytes.readUInt16LE(8)
  const shape = /'shape': \(([^)]*)\)/.exec(bytes.subarray(10, begin).toString('latin1'))![1]!
  return {
    shape: shape
      .split(',')
      .filter((size) => size.trim() !== '')
      .map(Number),
    data: new Uint8Array(bytes.subarray(begin)),
  }
}
