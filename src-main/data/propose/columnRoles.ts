/** Guesses what the columns of a table are for: the label, the split, a text, images, and what is of no use. */
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import type { ColumnSample } from './columnSample'

export interface ColumnRoles {
  readonly label: ColumnSample
  readonly split: ColumnSample | undefined
  /** The one column of texts, where samples are texts. */
  readonly text: ColumnSample | undefined
  /** The column of paths, where they look like images. */
  readonly image: ColumnSample | undefined
  readonly ignored: ReadonlySet<ColumnSample>
  readonly task: Project['task']
}

/** Names that labels usually have, the likeliest first. */
const labelNames = [
  ...['label', 'labels', 'class', 'target', 'y', 'classification', 'category', 'species', 'diagnosis', 'sentiment'],
  ...['outcome', 'output', 'result', 'response', 'survived', 'quality', 'price', 'charges', 'mpg'],
]
/** A number with more different values is measured and not counted. */
const CLASSES = 20

/** What the person has said of the columns goes before any guess. Undefined where there is nothing to predict. */
export function guessRoles(
  columns: readonly ColumnSample[],
  given: { readonly label?: string; readonly columns?: readonly ColumnSettings[] } = {},
): ColumnRoles | undefined {
  const said = new Map((given.columns ?? []).map((column) => [column.name, column]))
  const roleOf = (column: ColumnSample) => said.get(column.name)?.role
  const split =
    columns.find((column) => roleOf(column) === 'split') ??
    columns.find((column) => column.namesSplits && roleOf(column) === undefined)
  const image = columns.find((column) => column.namesImages)
  const open = columns.filter((column) => column !== split && column !== image && roleOf(column) !== 'ignored')
  const label = columns.find(({ name }) => name === given.label) ?? guessLabel(open)
  if (!label) return undefined
  const features = open.filter((column) => column !== label)
  const text =
    features.find((column) => said.get(column.name)?.type === 'text') ??
    longest(features.filter((column) => column.isText && said.get(column.name)?.type === undefined))
  const isUseless = (column: ColumnSample) => column.present === 0 || column.isIdentifier
  const ignored = new Set(
    columns.filter(
      (column) =>
        roleOf(column) === 'ignored' ||
        (features.includes(column) &&
          column !== text &&
          (text !== undefined || (roleOf(column) === undefined && isUseless(column)))),
    ),
  )
  return { label, split, text, image, ignored, task: taskOf(label) }
}

function guessLabel(columns: readonly ColumnSample[]): ColumnSample | undefined {
  const usable = columns.filter((column) => column.counts.size >= 2 && !column.isText && !column.isIdentifier)
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  for (const name of labelNames) {
    const found = usable.find((column) => bare(column.name) === name)
    if (found) return found
  }
  const named = usable.find((column) => /label|target|class/i.test(column.name))
  if (named) return named
  // Most tables have it at the end; one of classes anywhere is likelier than a measurement.
  const isClasses = (column: ColumnSample) => column.type === 'categorical' && column.counts.size <= CLASSES
  const last = usable.at(-1)
  return last && (isClasses(last) || !usable.some(isClasses)) ? last : (usable.findLast(isClasses) ?? last)
}

function taskOf(label: ColumnSample): Project['task'] {
  if (label.type !== 'numeric') return 'classification'
  const isMeasured = label.integers < label.present || label.overflows || label.counts.size > CLASSES
  return isMeasured ? 'regression' : 'classification'
}

function longest(columns: readonly ColumnSample[]): ColumnSample | undefined {
  return [...columns].sort((a, b) => b.length - a.length)[0]
}
