/**
 * Rows of a table in the common form of all table readers: in batches, cells as text, with their position in the file.
 */
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'

/** Some rows in file order. They retain no more of the file in memory than they show. */
export interface RowBatch {
  /** As many cells per row as the table has columns; missing ones are empty texts. */
  readonly rows: readonly (readonly string[])[]
  /** Per row, the 1-based line where it starts; in files without lines, the 1-based row number. */
  readonly lines: readonly number[]
}

/** Maximum characters per cell. */
export const CELL_LIMIT = 2 ** 20
export const COLUMN_LIMIT = 10_000
/** Maximum problems of one file to report together. */
export const PROBLEM_LIMIT = 10
/** Rows to show before an import. */
export const FIRST_ROWS = 100

/** Columns without a unique name, at most ten of them. */
export function nameProblems(file: string, names: readonly string[], line?: number): Problem[] {
  const firsts = new Map<string, number>()
  const problems: Problem[] = []
  names.forEach((name, i) => {
    const first = firsts.get(name)
    if (first === undefined) firsts.set(name, i)
    if ((name !== '' && first === undefined) || problems.length >= PROBLEM_LIMIT) return
    const where = { file, ...(line !== undefined && { line }) }
    problems.push(
      name === ''
        ? makeProblem('data-column', 'unnamed', { number: i + 1 }, { ...where, column: `${i + 1}` })
        : makeProblem(
            'data-column',
            'same-name',
            { name: shortened(name), first: first! + 1, second: i + 1 },
            { ...where, column: shortened(name) },
          ),
    )
  })
  return problems
}

/** A text from the file, shortened for a message. */
export function shortened(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
