/** Guesses what the columns of a table are for: the label, the split, a text, images, and what is of no use. */
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { isImagePath, type ColumnSample } from './columnSample'

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
/**
 * Words that a name of the label ends in; inside of a word they mean nothing, as in “workclass”, and before the last one they
 * say what it is of, as in “class_size”.
 */
const labelWords = new Set(['label', 'labels', 'target', 'targets', 'class', 'classes'])
/** A number with more different values is measured and not counted. */
const CLASSES = 20

/** What the person has said of the columns, which goes before any guess. */
export interface SaidRoles {
  readonly label?: string
  /** The column of images. */
  readonly image?: string
  readonly columns?: readonly ColumnSettings[]
}

/** `whole` says whether all rows were looked at. Undefined where there is nothing to predict. */
export function guessRoles(
  columns: readonly ColumnSample[],
  whole: boolean,
  given: SaidRoles = {},
): ColumnRoles | undefined {
  const said = new Map((given.columns ?? []).map((column) => [column.name, column]))
  const roleOf = (column: ColumnSample) => said.get(column.name)?.role
  const split =
    columns.find((column) => roleOf(column) === 'split') ??
    columns.find((column) => roleOf(column) === undefined && column.name !== given.label && splits(column, whole))
  const image = columns.find(({ name }) => name === given.image) ?? columns.find((column) => column.namesImages)
  const open = columns.filter((column) => column !== split && column !== image && roleOf(column) !== 'ignored')
  const label = columns.find(({ name }) => name === given.label) ?? guessLabel(open)
  if (!label) return undefined
  const features = open.filter((column) => column !== label)
  const text = features.find((column) => said.get(column.name)?.type === 'text') ?? guessText(features, roleOf)
  const isLeftOut = (column: ColumnSample): boolean => {
    const role = roleOf(column)
    if (role !== undefined || !features.includes(column)) return role === 'ignored' && column !== label
    if (column === text) return false
    if (column.isUnnamed) return true
    return text !== undefined || column.present === 0 || column.isIdentifier || column.isText
  }
  return { label, split, text, image, ignored: new Set(columns.filter(isLeftOut)), task: taskOf(label) }
}

function splits(column: ColumnSample, whole: boolean): boolean {
  if (!column.namesSplits) return false
  return column.counts.size > 1 || (!whole && /^(split|set|subset|partition|usage)$/i.test(column.name.trim()))
}

/** A text is taken alone, so there is none where the person wants columns, and only a long one beside what else there is. */
function guessText(
  features: readonly ColumnSample[],
  roleOf: (column: ColumnSample) => string | undefined,
): ColumnSample | undefined {
  if (features.some((column) => roleOf(column) === 'feature')) return undefined
  const hasOthers = features.some((column) => column.present > 0 && !column.isText && !column.isIdentifier)
  const texts = features.filter((column) => (hasOthers ? column.isLongText : column.isText))
  return texts.sort((a, b) => b.length - a.length)[0]
}

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The last word of `true_label`, `targetClass`, `y (class)`, `target_2` in small letters. */
const lastWord = (name: string): string | undefined =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .findLast((word) => word !== '')

/** Whether the names are certainly no cells: that of the label is a usual one, or that of the images is no path. */
export function areNames({ label, image }: ColumnRoles): boolean {
  return labelNames.includes(bare(label.name)) || (image !== undefined && !isImagePath(image.name))
}

function guessLabel(columns: readonly ColumnSample[]): ColumnSample | undefined {
  const possible = columns.filter((column) => column.hasRows && !column.isText && !column.isIdentifier)
  const usable = possible.filter((column) => column.counts.size > 1)
  // One that is named so stays the label with a single class or none, too: no other column is meant by it.
  for (const name of labelNames) {
    const found = possible.find((column) => bare(column.name) === name)
    if (found) return found
  }
  const similar = possible.find((column) => labelWords.has(lastWord(column.name) ?? ''))
  if (similar) return similar
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
