/** Determines the roles of table columns: label, split, features with their types, and ignored ones. */
import type { ColumnFacts, TargetFacts } from '#core/data/facts'
import { classesOf } from '#core/data/labels'
import { listed } from '#core/data/listed'
import type { ColumnSettings, SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail, type Problem } from '#core/problems/problem'
import type { RowReader } from './rows'
import type { ColumnProfile, TableProfile } from './tableProfile'
import {
  failCategories,
  failClasses,
  failNoFeatures,
  failTextWithOthers,
  failUnlabeled,
  noteCoarse,
  noteDropped,
  noteLeftOut,
  type ReasonToLeaveOut,
  type TablePlace,
} from './tableProblems'

export type TableSource = SourceOf<'table'>

/** A text column with more distinct values than this counts as names or identifiers if they also rarely repeat. */
const IDENTIFIER_VALUES = 20

export interface TableColumns {
  readonly label: number
  /** Column with the split of every row. */
  readonly split: number | undefined
  /** Feature columns, with their index in the table. */
  readonly features: readonly { readonly index: number; readonly facts: ColumnFacts }[]
  /** The element type required by the features. */
  readonly dtype: 'float32' | 'float64'
  /** The text column, if used instead of features. */
  readonly text: number | undefined
  readonly target: TargetFacts
  readonly notes: readonly Problem[]
}

/** Whether the settings make the samples texts. */
export function isTextTable({ columns }: Pick<TableSource, 'columns'>): boolean {
  return columns.some(({ role, type }) => role === 'feature' && type === 'text')
}

/** Index of the label. @throws ProblemError `data-column` where the settings name missing columns */
export function checkColumns(reader: RowReader, { label, columns }: TableSource): number {
  const unknown = [label, ...columns.map(({ name }) => name)].find((name) => !reader.names.includes(name))
  if (unknown !== undefined) {
    const param = unknown === label ? 'data.source.label' : 'data.source.columns'
    const values = { quoted: JSON.stringify(unknown), expected: listed(reader.names), received: unknown }
    const where = { file: reader.path, column: unknown, param }
    fail('data-column', reader.hasHeader ? 'not-there' : 'not-numbered', values, where)
  }
  for (const role of ['label', 'split'] as const) {
    const named = columns.filter((column) => column.role === role).map(({ name }) => name)
    const all = role === 'label' ? [label, ...named.filter((name) => name !== label)] : named
    if (all.length > 1) failSecond(reader, role, all)
  }
  return reader.names.indexOf(label)
}

function failSecond(reader: RowReader, role: 'label' | 'split', [first, second]: readonly string[]): never {
  const where = { file: reader.path, column: second!, param: 'data.source.columns' }
  return fail('data-column', `second-${role}`, { first: first!, second: second! }, where)
}

export function decideColumns(
  reader: RowReader,
  profile: TableProfile,
  source: TableSource,
  task: Project['task'],
): TableColumns {
  const label = reader.names.indexOf(source.label)
  if (profile.rows === 0) failUnlabeled(reader, source.label, profile.unlabelled)
  const notes: Problem[] = []
  if (profile.unlabelled > 0) notes.push(noteDropped(reader, source.label, profile, reader.cells.wordsIn(source.label)))
  const settings = new Map(source.columns.map((column) => [column.name, column]))
  if (task === 'regression' && profile.columns[label]!.isCoarse) notes.push(noteCoarse(reader, source.label))
  const split = source.columns.find(({ role }) => role === 'split')
  const target = targetOf(reader, profile.columns[label]!, task)
  const common = { label, split: split && reader.names.indexOf(split.name), target, notes }
  const text = source.columns.find(({ role, type }) => role === 'feature' && type === 'text')
  if (text) return { ...common, features: [], dtype: 'float32', text: textColumn(reader, source, text.name) }
  const features = profile.columns.flatMap((column) => {
    const chosen = settings.get(column.name)
    if (column.index === label || (chosen !== undefined && chosen.role !== 'feature')) return []
    const facts = featureFacts(reader, column, chosen, profile.rows, notes)
    return facts === undefined ? [] : [{ index: column.index, facts }]
  })
  if (features.length === 0) failNoFeatures(reader, source.label)
  const isWide = features.some(({ index, facts }) => facts.type === 'numeric' && profile.columns[index]!.isCoarse)
  return { ...common, features, dtype: isWide ? 'float64' : 'float32', text: undefined }
}

/** A network takes either a text or columns; other columns named by the project next to the text are rejected. */
function textColumn(reader: RowReader, source: TableSource, name: string): number {
  const others = source.columns.filter((column) => column.role === 'feature' && column.name !== name)
  if (others.length > 0) failTextWithOthers(reader, name, others[0]!.name)
  return reader.names.indexOf(name)
}

export function targetOf(place: TablePlace, column: ColumnProfile, task: Project['task']): TargetFacts {
  if (task === 'regression') return { kind: 'numbers', size: 1, names: [column.name] }
  const classes = column.overflows ? [] : classesOf(column.values)
  if (classes.length < 2) failClasses(place, column.name, classes, column.overflows)
  return { kind: 'classes', classes }
}

/** Facts of a feature, or undefined with a note if it is left out. */
function featureFacts(
  reader: RowReader,
  column: ColumnProfile,
  settings: ColumnSettings | undefined,
  rows: number,
  notes: Problem[],
): ColumnFacts | undefined {
  const { name, missing } = column
  const type = settings?.type === 'text' ? undefined : settings?.type
  const isIndex = settings === undefined && reader.unnamed.includes(name)
  const leftOut = isIndex
    ? ({ case: 'row-names' } as const)
    : type === undefined
      ? reasonToLeaveOut(column, rows)
      : undefined
  if (leftOut !== undefined) {
    notes.push(noteLeftOut(reader, name, leftOut))
    return undefined
  }
  if ((type ?? column.type) === 'numeric') return { name, type: 'numeric', missing }
  if (column.overflows) failCategories(reader, name)
  return { name, type: 'categorical', missing, categories: column.categories }
}

function reasonToLeaveOut(column: ColumnProfile, rows: number): ReasonToLeaveOut | undefined {
  if (column.present === 0) return { case: 'all-missing' }
  if (column.type === 'numeric') return undefined
  const count = column.values.size
  if (column.overflows) return { case: 'many-texts' }
  if (count > IDENTIFIER_VALUES && count * 4 > rows) return { case: 'identifiers', count, rows }
  return undefined
}
