/** Converts the cells of a column to numbers: the number itself, a category code, or NaN for a missing cell. */
import type { ColumnFacts } from '#core/data/facts'
import { ProblemError, type Problem } from '#core/problems/problem'
import { isMissing, isNumber } from '../readers/cells'
import { notANumber, unknownCategory } from './tableProblems'

/** Maximum problems of one file to report together. */
const PROBLEM_LIMIT = 10

/** Receives problems with cells. */
export interface ProblemSink {
  add(problem: Problem): void
}

/** Collects problems with cells and stops reading when there are enough to show. */
export class CellProblems implements ProblemSink {
  readonly #problems: Problem[] = []

  add(problem: Problem): void {
    this.#problems.push(problem)
    if (this.#problems.length >= PROBLEM_LIMIT) this.check()
  }

  /** @throws ProblemError with the collected problems */
  check(): void {
    if (this.#problems.length > 0) throw new ProblemError([...this.#problems])
  }
}

export type CellCode = (cell: string, place: () => Problem['place']) => number

/** The encoder of a column; an invalid cell gives NaN and a problem. */
export function cellCode(facts: ColumnFacts, problems: ProblemSink): CellCode {
  if (facts.type === 'numeric') {
    return (cell, place) => {
      if (isMissing(cell)) return NaN
      if (isNumber(cell)) return Number(cell)
      problems.add(notANumber(place(), cell))
      return NaN
    }
  }
  const codes = new Map(facts.categories.map((category, code) => [category, code]))
  return (cell, place) => {
    if (isMissing(cell)) return NaN
    const code = codes.get(cell)
    if (code !== undefined) return code
    problems.add(unknownCategory(place(), cell, facts.categories))
    return NaN
  }
}
