/** Problems with the columns and cells of a table. */
import { listed } from '#core/data/listed'
import { fail, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { CATEGORY_LIMIT, type TableProfile } from './tableProfile'

export interface TablePlace {
  readonly path: string
  readonly names: readonly string[]
}

/** A cell for display, truncated if long. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell)
}

export function notANumber(place: Problem['place'], cell: string): Problem {
  return makeProblem('data-cell', 'number', { received: quoted(cell) }, place)
}

export function unknownCategory(place: Problem['place'], cell: string, categories: readonly string[]): Problem {
  const values = { expected: listed(categories.map(quoted)), received: quoted(cell) }
  return makeProblem('data-cell', 'category', values, place)
}

export function unknownSplit(place: Problem['place'], cell: string): Problem {
  return makeProblem('data-cell', 'split', { received: quoted(cell) }, place)
}

/** `words` are the cells that meant a missing label. */
export function noteDropped(
  { path }: TablePlace,
  label: string,
  profile: TableProfile,
  words: readonly string[] = [],
): Problem {
  const { unlabelled: count, rows, firstUnlabeled } = profile
  const values = { count, rows: rows + count, label }
  const line = firstUnlabeled !== undefined && { line: firstUnlabeled }
  const where = { file: path, ...line, column: label, severity: 'warning' } as const
  if (words.length === 0) return makeProblem('data-label', 'unlabelled', values, where)
  const read = words.slice(0, 3).map(quoted).join(', ')
  return makeProblem('data-label', 'unlabelled-words', { ...values, words: read }, where)
}

/** Why a column is no feature. */
export type ReasonToLeaveOut =
  | { readonly case: 'all-missing' | 'row-names' | 'many-texts' }
  | { readonly case: 'identifiers'; readonly count: number; readonly rows: number }

export function noteLeftOut({ path }: TablePlace, column: string, reason: ReasonToLeaveOut): Problem {
  const where = { file: path, column, severity: 'warning' } as const
  switch (reason.case) {
    case 'many-texts':
      return makeProblem('data-column', 'many-texts', { column, most: CATEGORY_LIMIT }, where)
    case 'identifiers':
      return makeProblem('data-column', 'identifiers', { column, count: reason.count, rows: reason.rows }, where)
    default:
      return makeProblem('data-column', reason.case, { column }, where)
  }
}

/** For numeric targets. */
export function noteCoarse({ path }: TablePlace, label: string): Problem {
  return makeProblem('data-precision', 'target', { column: label }, { file: path, column: label, severity: 'warning' })
}

export function failUnlabeled({ path }: TablePlace, label: string, count: number): never {
  return fail('data-empty', 'no-labels', { column: label, count }, { file: path, column: label })
}

export function failNoFeatures({ path, names }: TablePlace, label: string): never {
  const others = names.filter((name) => name !== label)
  if (others.length === 0) return fail('data-column', 'only-label', {}, { file: path })
  return fail('data-column', 'no-features', { received: listed(others) }, { file: path })
}

export function failTextWithOthers({ path }: TablePlace, text: string, other: string): never {
  const where = { file: path, column: other, param: 'data.source.columns' }
  return fail('data-column', 'text-beside', { text, other }, where)
}

export function failClasses({ path }: TablePlace, label: string, classes: readonly string[], tooMany: boolean): never {
  const where = { file: path, column: label }
  if (tooMany) return fail('data-label', 'many-classes', { most: CATEGORY_LIMIT }, where)
  return fail('data-label', 'one-class', { most: CATEGORY_LIMIT, class: quoted(classes[0]!) }, where)
}

export function failCategories({ path }: TablePlace, column: string): never {
  return fail('data-too-large', 'many-categories', { most: CATEGORY_LIMIT }, { file: path, column })
}
