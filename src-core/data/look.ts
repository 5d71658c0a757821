/**
 * What the Data screen shows about a dataset besides its samples: balance, columns, channels, duplicates, and possible
 * issues.
 */
import type { Place, Problem, ProblemData } from '../problems/problem'
import type { CaseOf, CaseValues } from '../problems/sentences/index'
import { wordProblem } from '../problems/wording'
import type { Histogram } from './columnLook'
import type { DuplicateReport } from './duplicates'
import type { SplitName } from './split'

export interface ColumnLook {
  readonly name: string
  readonly type: 'numeric' | 'categorical'
  /** Over the training split. */
  readonly present: number
  readonly missing: number
  /** For numeric columns. */
  readonly mean?: number
  readonly deviation?: number
  readonly min?: number
  readonly median?: number
  readonly max?: number
  readonly histogram?: Histogram
  /** Values more than three times the interquartile range beyond the quartiles. */
  readonly outliers?: number
  /** For categorical columns. */
  readonly categories?: readonly { readonly name: string; readonly count: number }[]
}

export interface DataLook {
  readonly counts: Readonly<Record<SplitName, number>>
  /** Samples by class and split; null for a regression. */
  readonly balance: {
    readonly classes: readonly string[]
    readonly counts: Readonly<Record<SplitName, readonly number[]>>
  } | null
  /** For the regression targets, over the training split. */
  readonly targets: readonly ColumnLook[]
  readonly columns: readonly ColumnLook[]
  /** For images, on the scale 0…255. */
  readonly channels: readonly { readonly mean: number; readonly deviation: number }[]
  /** Row-major; null if there are fewer than two numeric columns. Regression targets come last. */
  readonly correlation: { readonly names: readonly string[]; readonly values: Float64Array } | null
  readonly duplicates: DuplicateReport
  /** Text lengths in tokens, over the training split; null for others. */
  readonly lengths: Histogram | null
  /** How often the test set was viewed. */
  readonly testLooks: number
  /** Findings worth a second look. */
  readonly checks: readonly Problem[]
}

/** A class with less than this share of the largest one is rare. */
const RARE = 0.1

/** Warnings derived from the findings. */
export function checksOf(look: Omit<DataLook, 'checks'>): Problem[] {
  return [...duplicateChecks(look), ...balanceChecks(look), ...columnChecks(look)]
}

/** A warning that something in the data is suspicious. */
function warning<K extends CaseOf<'data-suspicious'>>(
  problemCase: K,
  values: CaseValues<'data-suspicious', K>,
  place: Place,
  data: ProblemData = {},
): Problem {
  return wordProblem('data-suspicious', problemCase, values, { ...place, severity: 'warning', data })
}

function duplicateChecks({ duplicates, counts }: Omit<DataLook, 'checks'>): Problem[] {
  const across = duplicates.across.map(({ from, to, count }) =>
    warning('duplicates-across', { from, to, count, of: counts[to] }, { param: 'data.split' }),
  )
  const repeated = duplicates.within.train
  if (repeated * 20 < counts.train || repeated === 0) return across
  return [...across, warning('duplicates-within', { count: repeated, of: counts.train }, {})]
}

/** Checks for classes without training samples; `classes` names all classes. */
export function unseenChecks(classes: readonly string[], train: readonly number[]): Problem[] {
  const unseen = classes.filter((_, c) => !train[c])
  const seen = classes.filter((_, c) => train[c])
  const place = { param: 'data.split' }
  if (seen.length === 1) return [warning('one-class', { class: seen[0]!, of: classes.length }, place)]
  if (unseen.length === 0 || seen.length === 0) return []
  const few = unseen.slice(0, 5).join(', ') + (unseen.length > 5 ? ', …' : '')
  const values = { classes: few, seen: seen.length, of: classes.length }
  return [warning('unseen', values, place, { count: unseen.length })]
}

function balanceChecks({ balance }: Omit<DataLook, 'checks'>): Problem[] {
  if (!balance) return []
  const { classes, counts } = balance
  const largest = Math.max(...counts.train)
  const rare = classes.filter((_, c) => counts.train[c]! > 0 && counts.train[c]! < RARE * largest)
  return [
    ...unseenChecks(classes, counts.train),
    ...(rare.length > 0
      ? [
          warning(
            'rare',
            { classes: rare.slice(0, 5).join(', ') },
            { param: 'training.loader.balanced' },
            { count: rare.length },
          ),
        ]
      : []),
  ]
}

function columnChecks({ columns }: Omit<DataLook, 'checks'>): Problem[] {
  return columns.flatMap((column) => {
    const constant =
      column.type === 'numeric'
        ? column.present > 0 && column.min === column.max
        : column.categories!.filter(({ count }) => count > 0).length === 1
    const rows = column.present + column.missing
    const named = { column: column.name }
    const result: Problem[] = []
    if (constant) result.push(warning('constant', named, named))
    if (column.missing * 2 > rows) result.push(warning('missing', { ...named, count: column.missing, of: rows }, named))
    if ((column.outliers ?? 0) * 200 > column.present)
      result.push(warning('outliers', { ...named, count: column.outliers! }, named))
    return result
  })
}
