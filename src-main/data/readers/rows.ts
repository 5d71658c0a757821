/** Rows of a table as every table reader gives them: in batches, cells as text, with the place they were read from. */
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'

/** Some rows in the order of the file. Nothing in them keeps more of the file in memory than they show. */
export interface RowBatch {
  /** As many cells a row as the table has columns; what is missing is an empty text. */
  readonly rows: readonly (readonly string[])[]
  /** Of each row the 1-based line on which it begins; in files without lines the 1-based number of the row. */
  readonly lines: readonly number[]
}

/** Characters of one cell. */
export const CELL_LIMIT = 2 ** 20
export const COLUMN_LIMIT = 10_000
/** Problems of one file that are reported together. */
export const PROBLEM_LIMIT = 10
/** Rows that are shown before an import. */
export const FIRST_ROWS = 100

/** Columns without a name of their own, at most ten of them. */
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

/** A text of the file as it is printed in a message. */
export function shortened(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
