/** Tables: their columns with guessed roles, and the steps that suit them; a table may also list images, or hold texts. */
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { ColumnSettings, DataSource, SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'
import type { DataProposal, FoundColumn } from '#core/rpc/contract/data'
import { isMissing } from '../readers/cells'
import { fileSize } from '../readers/file'
import { splitNamed } from '../sources/source'
import { guessRoles, type ColumnRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import { dialectSettings, openTable, shownDialect, type TableBegin } from './openTable'
import { emptyProposal, Patience } from './proposal'
import { lookAtImages } from './proposeImageFiles'
import { stepsForTexts } from './proposeTexts'

/** Milliseconds for rows, and for pictures. */
const READ = 400
const LOOK = 350
const TEXTS = 12
/** Paths of which one has to be a file for a column to list images. */
const TRIED = 5

type TableLike = SourceOf<'table' | 'image-list'>

const extensions = new Set(['.csv', '.tsv', '.tab', '.txt', '.data', '.parquet', '.pq'])

/** By its name. */
export function isTableFile(name: string): boolean {
  return extensions.has(extname(name).toLowerCase())
}

/** `given` is the source as the person has changed it; its path is not read. */
export async function proposeTable(path: string, given?: DataSource): Promise<DataProposal> {
  const bytes = await fileSize(path)
  const said = given?.kind === 'table' || given?.kind === 'image-list' ? given : undefined
  const begin = await openTable(path, said ?? {}, new Patience(READ))
  const roles = guessRoles(begin.columns, saidColumns(said))
  const table = tableOf(begin, roles, said?.kind === 'table' ? said.columns : [])
  const start: DataProposal = {
    ...emptyProposal(basename(path)),
    bytes,
    count: begin.count,
    table,
    problems: [...begin.problems],
  }
  if (!roles) return { ...start, problems: [...start.problems, nothingToPredict(path, begin)] }
  const common = { ...start, task: roles.task, ...countsOf(begin, roles) }
  const isList = said ? said.kind === 'image-list' : await listsImages(path, roles)
  if (isList && roles.image) return proposeImageList(path, common, begin, { ...roles, image: roles.image })
  const source: SourceOf<'table'> = {
    kind: 'table',
    path,
    label: roles.label.name,
    columns: saidOrGuessed(begin.columns, roles, said?.kind === 'table' ? said.columns : []),
    ...dialectSettings(begin),
  }
  if (roles.text) return { ...common, source, ...textsOf(begin, roles.text, roles.label, roles.task) }
  return { ...common, source, preprocess: stepsForColumns(begin, roles, source.columns) }
}

function saidColumns(said: TableLike | undefined): { label?: string; columns?: readonly ColumnSettings[] } {
  if (!said) return {}
  if (said.kind === 'table') return { label: said.label, columns: said.columns }
  const { label, split } = said
  return { label, columns: split === undefined ? [] : [{ name: split, role: 'split' }] }
}

/** Only what could be guessed otherwise is written into the project. */
function saidOrGuessed(
  columns: readonly ColumnSample[],
  { split, text, ignored }: ColumnRoles,
  said: readonly ColumnSettings[],
): ColumnSettings[] {
  const known = new Map(said.map((column) => [column.name, column]))
  return columns.flatMap((column): ColumnSettings[] => {
    const { name } = column
    const own = known.get(name)
    if (own) return [own]
    if (column === split) return [{ name, role: 'split' }]
    if (column === text) return [{ name, role: 'feature', type: 'text' }]
    return ignored.has(column) ? [{ name, role: 'ignored' }] : []
  })
}

function tableOf(
  begin: TableBegin,
  roles: ColumnRoles | undefined,
  said: readonly ColumnSettings[],
): NonNullable<DataProposal['table']> {
  const types = new Map(said.map(({ name, type }) => [name, type]))
  const roleOf = (column: ColumnSample): FoundColumn['role'] => {
    if (column === roles?.label) return 'label'
    if (column === roles?.split) return 'split'
    return roles?.ignored.has(column) ? 'ignored' : 'feature'
  }
  return {
    dialect: shownDialect(begin),
    columns: begin.columns.map((column) => ({
      name: column.name,
      type: types.get(column.name) ?? column.type,
      role: roleOf(column),
      missing: column.missing,
      values: column.counts.size + (column.overflows ? 1 : 0),
      examples: column.examples,
    })),
    rows: begin.first.map((row) => [...row]),
  }
}

/** Of tables that were read to their end. */
function countsOf(
  { whole }: TableBegin,
  { label, split, task }: ColumnRoles,
): Pick<DataProposal, 'classes' | 'splits'> {
  if (!whole) return { classes: null, splits: null }
  const classes = task === 'classification' && !label.overflows ? classCounts(label) : null
  if (!split) return { classes, splits: null }
  const splits = { train: 0, validation: 0, test: 0 }
  for (const [cell, count] of split.counts) {
    const name = splitNamed(cell) ?? 'train'
    splits[name === 'none' ? 'train' : name] += count
  }
  return { classes, splits }
}

function classCounts(label: ColumnSample): { name: string; count: number }[] {
  const counts = [...label.counts].map(([name, count]) => ({ name, count }))
  if (label.numbers === label.present) return counts.sort((a, b) => Number(a.name) - Number(b.name))
  return counts.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function stepsForColumns(
  { columns }: TableBegin,
  { label, split, image, ignored, task }: ColumnRoles,
  settings: readonly ColumnSettings[],
): DataProposal['preprocess'] {
  const types = new Map(settings.map(({ name, type }) => [name, type]))
  const features = columns.filter((column) => ![label, split, image].includes(column) && !ignored.has(column))
  const typeOf = (column: ColumnSample) =>
    types.get(column.name) ?? (column.type === 'numeric' ? 'numeric' : 'categorical')
  const has = (type: string) => features.some((column) => typeOf(column) === type)
  return [
    ...(has('numeric') ? [{ kind: 'fill-missing', strategy: 'median' }, { kind: 'standardize' }] : []),
    ...(has('categorical') ? [{ kind: 'one-hot' }] : []),
    ...targetSteps(task),
  ]
}

const targetSteps = (task: Project['task']): DataProposal['preprocess'] =>
  task === 'regression' ? [{ kind: 'standardize-target' }] : []

function textsOf(
  { first }: TableBegin,
  text: ColumnSample,
  label: ColumnSample,
  task: Project['task'],
): Pick<DataProposal, 'texts' | 'preprocess'> {
  const some = [...text.counts.keys()].slice(0, 200)
  const shown = first.filter((row) => !isMissing(row[text.index]!)).slice(0, TEXTS)
  return {
    texts: shown.map((row) => ({ text: row[text.index]!, label: row[label.index]! })),
    preprocess: [...stepsForTexts(some, text.present), ...targetSteps(task)],
  }
}

async function listsImages(path: string, { image }: ColumnRoles): Promise<boolean> {
  if (!image) return false
  for (const name of [...image.counts.keys()].slice(0, TRIED)) {
    const info = await stat(join(dirname(path), name)).catch(() => undefined)
    if (info?.isFile()) return true
  }
  return false
}

async function proposeImageList(
  path: string,
  common: DataProposal,
  begin: TableBegin,
  { image, label, split, task }: ColumnRoles & { readonly image: ColumnSample },
): Promise<DataProposal> {
  const root = dirname(path)
  const files = [...image.counts.keys()].map((name) => ({ path: name, label: '' }))
  const labelled = new Map(begin.first.map((row) => [row[image.index]!, row[label.index]!]))
  const known = [...labelled].map(([name, of]) => ({ path: name, label: of }))
  const found = await lookAtImages(
    root,
    [...known, ...files.filter(({ path: name }) => !labelled.has(name))],
    new Patience(LOOK),
  )
  const { bytesOfFile, problems, preprocess, ...rest } = found
  return {
    ...common,
    source: {
      kind: 'image-list',
      path,
      image: image.name,
      label: label.name,
      ...(split && { split: split.name }),
      ...dialectSettings(begin),
    },
    bytes: common.bytes + Math.round(bytesOfFile * (begin.count ?? begin.read)),
    ...rest,
    preprocess: [...preprocess, ...targetSteps(task)],
    problems: [...common.problems, ...problems],
  }
}

function nothingToPredict(path: string, { columns }: TableBegin): Problem {
  return {
    code: 'data-label',
    severity: 'error',
    place: { file: path },
    message: 'No column can be the label: each is empty, always the same, or different in every row.',
    expected: 'a column with classes or numbers to predict',
    received: columns
      .slice(0, 20)
      .map(({ name }) => name)
      .join(', '),
    fix: 'Choose the label yourself, or check the delimiter.',
  }
}
