/** Guesses the roles of table columns: the label, the split, a text, images, and columns to ignore. */
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { isImagePath, type ColumnSample } from './columnSample'

export interface ColumnRoles {
  readonly label: ColumnSample
  readonly split: ColumnSample | undefined
  /** The text column, if samples are texts. */
  readonly text: ColumnSample | undefined
  /** The column of paths, if they look like images. */
  readonly image: ColumnSample | undefined
  readonly ignored: ReadonlySet<ColumnSample>
  readonly task: Project['task']
}

/** Common label names, most likely first. */
const labelNames = [
  ...['label', 'labels', 'class', 'target', 'y', 'classification', 'category', 'species', 'diagnosis', 'sentiment'],
  ...['outcome', 'output', 'result', 'response', 'survived', 'quality', 'price', 'charges', 'mpg'],
]
/**
 * Words a label name ends in. Within a word they are meaningless, as in “workclass”; before the last word they qualify
 * it, as in “class_size”.
 */
const labelWords = new Set(['label', 'labels', 'target', 'targets', 'class', 'classes'])
/** A number with more distinct values is continuous, not a class. */
const CLASSES = 20

/** What the user has specified about the columns, which overrides any guess. */
export interface SaidRoles {
  readonly label?: string
  /** The column of images. */
  readonly image?: string
  readonly columns?: readonly ColumnSettings[]
}

/** `whole`: whether all rows were inspected. Undefined if there is nothing to predict. */
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

/**
 * A text is used alone, so there is none if the user wants columns, and only a long one if there are other features.
 */
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

/** The last word of `true_label`, `targetClass`, `y (class)`, `target_2`, in lower case. */
const lastWord = (name: string): string | undefined =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .findLast((word) => word !== '')

/**
 * Whether the names are certainly not cells: the label has a common name, or the name of the image column is not a
 * path.
 */
export function areNames({ label, image }: ColumnRoles): boolean {
  return labelNames.includes(bare(label.name)) || (image !== undefined && !isImagePath(image.name))
}

function guessLabel(columns: readonly ColumnSample[]): ColumnSample | undefined {
  const possible = columns.filter((column) => column.hasRows && !column.isText && !column.isIdentifier)
  const usable = possible.filter((column) => column.counts.size > 1)
  // A column with such a name is the label even with a single class or none: no other column can be meant.
  for (const name of labelNames) {
    const found = possible.find((column) => bare(column.name) === name)
    if (found) return found
  }
  const similar = possible.find((column) => labelWords.has(lastWord(column.name) ?? ''))
  if (similar) return similar
  // Most tables have the label last; a column of classes anywhere is more likely than a measurement.
  const isClasses = (column: ColumnSample) => column.type === 'categorical' && column.counts.size <= CLASSES
  const last = usable.at(-1)
  return last && (isClasses(last) || !usable.some(isClasses)) ? last : (usable.findLast(isClasses) ?? last)
}

function taskOf(label: ColumnSample): Project['task'] {
  if (label.type !== 'numeric') return 'classification'
  const isMeasured = label.integers < label.present || label.overflows || label.counts.size > CLASSES
  return isMeasured ? 'regression' : 'classification'
}
