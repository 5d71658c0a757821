/** Cells that name the split of their row. */
import type { Problem } from '#core/problems/problem'
import { isMissing } from '../readers/cells'
import type { CellProblems } from './cellCodes'
import { givenSplits, splitNamed } from './source'
import { unknownSplit } from './tableProblems'

/** The byte of `given.bin` for a cell. */
export function splitCode(cell: string, place: () => Problem['place'], problems: CellProblems): number {
  const name = isMissing(cell) ? 'none' : splitNamed(cell)
  if (name === undefined) problems.add(unknownSplit(place(), cell))
  return givenSplits[name ?? 'none']
}
