/** What the Data screen shows of a data set beside its samples: balance, columns, channels, duplicates, and what looks wrong. */
import { counted } from '../base/counted'
import type { Problem } from '../problems/problem'
import type { Histogram } from './columnLook'
import type { DuplicateReport, SplitName } from './duplicates'

export interface ColumnLook {
  readonly name: string
  readonly type: 'numeric' | 'categorical'
  /** Over the training split. */
  readonly present: number
  readonly missing: number
  /** Of numeric columns. */
  readonly mean?: number
  readonly deviation?: number
  readonly min?: number
  readonly median?: number
  readonly max?: number
  readonly histogram?: Histogram
  /** Values further than three times the distance of the quartiles beyond them. */
  readonly outliers?: number
  /** Of categorical columns. */
  readonly categories?: readonly { readonly name: string; readonly count: number }[]
}

export interface DataLook {
  readonly counts: Readonly<Record<SplitName, number>>
  /** Samples by class and split; null for a regression. */
  readonly balance: {
    readonly classes: readonly string[]
    readonly counts: Readonly<Record<SplitName, readonly number[]>>
  } | null
  /** Of the numbers a regression predicts, over the training split. */
  readonly targets: readonly ColumnLook[]
  readonly columns: readonly ColumnLook[]
  /** Of images, on the scale 0…255. */
  readonly channels: readonly { readonly mean: number; readonly deviation: number }[]
  /** Row-major; null where there are fewer than two numeric columns. The targets of a regression come last. */
  readonly correlation: { readonly names: readonly string[]; readonly values: Float64Array } | null
  readonly duplicates: DuplicateReport
  /** Lengths of texts in tokens, over the training split; null for others. */
  readonly lengths: Histogram | null
  /** How often the test set was looked at. */
  readonly testLooks: number
  /** What should make a person look twice. */
  readonly checks: readonly Problem[]
}

/** A class with less than this share of the largest one is rare. */
const RARE = 0.1

/** Warnings that follow from what the look found. */
export function checksOf(look: Omit<DataLook, 'checks'>): Problem[] {
  return [...duplicateChecks(look), ...balanceChecks(look), ...columnChecks(look)]
}

function warning(problem: Omit<Problem, 'severity' | 'code'>): Problem {
  return { code: 'data-suspicious', severity: 'warning', ...problem }
}

function duplicateChecks({ duplicates, counts }: Omit<DataLook, 'checks'>): Problem[] {
  const across = duplicates.across.map(({ from, to, count }) =>
    warning({
      place: { param: 'data.split' },
      message: `${count} of ${counts[to]} ${to} samples ${count === 1 ? 'is' : 'are'} also in the ${from} split, so they measure memory and not understanding.`,
      expected: 'no sample in two splits',
      received: `${counted(count, 'sample')} of ${to} in ${from}`,
      fix: 'Remove the repeated samples, or split by a column that keeps them together.',
      data: { case: 'duplicates-across', from, to, count, of: counts[to] },
    }),
  )
  const repeated = duplicates.within.train
  if (repeated * 20 < counts.train || repeated === 0) return across
  return [
    ...across,
    warning({
      place: {},
      message: `${repeated} of ${counts.train} training samples repeat another one.`,
      fix: 'Nothing where repetition is meant; otherwise remove the copies.',
      data: { case: 'duplicates-within', count: repeated, of: counts.train },
    }),
  ]
}

/** Of the samples of every class that are trained on; `classes` names all of them. */
export function unseenChecks(classes: readonly string[], train: readonly number[]): Problem[] {
  const unseen = classes.filter((_, c) => !train[c])
  const seen = classes.filter((_, c) => train[c])
  const few = unseen.slice(0, 5).join(', ')
  const absent = { case: 'unseen', classes: few, count: unseen.length }
  if (seen.length === 1)
    return [
      warning({
        place: { param: 'data.split' },
        message: `All training samples are of the class ${seen[0]!}, so there is nothing to tell apart.`,
        expected: 'training samples of two classes or more',
        received: `samples of 1 of ${counted(classes.length, 'class', 'classes')}`,
        fix: 'Give the training split samples of other classes: correct the split or the labels.',
        data: unseen.length > 0 ? absent : { case: 'one-class', class: seen[0]! },
      }),
    ]
  if (unseen.length === 0 || seen.length === 0) return []
  return [
    warning({
      place: { param: 'data.split' },
      message: `The training split has no sample of ${few}${unseen.length > 5 ? ', …' : ''}.`,
      expected: 'samples of every class in the training split',
      received: `samples of ${seen.length} of ${classes.length} classes`,
      fix: 'Stratify the split or, where the data gives it, put samples of every class into its training part.',
      data: absent,
    }),
  ]
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
          warning({
            place: { param: 'training.loader.balanced' },
            message: `${rare.slice(0, 5).join(', ')}: less than a tenth of the samples of the largest class.`,
            fix: 'Draw the classes equally often (balanced sampling), and look at figures by class, not only at accuracy.',
            data: { case: 'rare', classes: rare.slice(0, 5).join(', '), count: rare.length },
          }),
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
    const result: Problem[] = []
    if (constant)
      result.push(
        warning({
          place: { column: column.name },
          message: `Column ${column.name} has the same value in every training row.`,
          fix: 'Give it the role "ignored": it cannot tell anything apart.',
          data: { case: 'constant', column: column.name },
        }),
      )
    if (column.missing * 2 > rows)
      result.push(
        warning({
          place: { column: column.name },
          message: `Column ${column.name} is missing in ${column.missing} of ${rows} training rows.`,
          fix: 'Ignore the column, or fill it with an indicator column.',
          data: { case: 'missing', column: column.name, count: column.missing, of: rows },
        }),
      )
    if ((column.outliers ?? 0) * 200 > column.present)
      result.push(
        warning({
          place: { column: column.name },
          message: `Column ${column.name} has ${counted(column.outliers!, 'value')} far outside the others.`,
          fix: 'Look at them; the pre-transforms clip-outliers and log take their power away.',
          data: { case: 'outliers', column: column.name, count: column.outliers! },
        }),
      )
    return result
  })
}
