/** Arrow keys in a sheet of tiles. */
import { expect, it } from 'vitest'
import { tileFor } from '../../../src-renderer/ui/rovingGrid'

it('moves by one and by a row, to the ends, and not beyond', () => {
  const from = (at: number) =>
    ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'a'].map((key) => tileFor(key, at, 10, 4))
  expect(from(5)).toEqual([6, 4, 9, 1, 0, 9, undefined])
  expect(from(0)).toEqual([1, undefined, 4, undefined, 0, 9, undefined])
  expect(from(8)).toEqual([9, 7, undefined, 4, 0, 9, undefined])
})
