/** Converts the cells of the label column to targets. */
import type { TargetFacts } from '#core/data/facts'
import { classFinder } from '#core/data/labels'
import { cellCode, type CellCode, type CellProblems } from './cellCodes'
import { unknownCategory } from './tableProblems'

/** The encoder of the label in column `name`; an invalid cell gives NaN and a problem. */
export function labelCode(target: TargetFacts, name: string, problems: CellProblems): CellCode {
  if (target.kind === 'numbers') return cellCode({ name, type: 'numeric' }, problems)
  const find = classFinder(target.classes)
  return (cell, place) => {
    const code = find(cell)
    if (code === undefined) problems.add(unknownCategory(place(), cell, target.classes))
    return code ?? NaN
  }
}
