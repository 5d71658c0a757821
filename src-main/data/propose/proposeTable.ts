/** Tables: columns with guessed roles, and suitable steps; a table may also list images, or contain texts. */
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { ColumnSettings, DataSource, SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import type { DataProposal } from '#core/rpc/contract/data'
import { isMissing } from '../readers/cells'
import { fileSize } from '../readers/file'
import { areNames, guessRoles, type ColumnRoles, type SaidRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import { classesAndSplits, tableOf } from './foundTable'
import { dialectSettings, openTable, type TableBegin } from './openTable'
import { emptyProposal, Patience } from './proposal'
import { proposeImageList } from './proposeImageList'
import { stepsForTexts } from './proposeTexts'
import { isHeaderDoubt, isUnread, nothingToPredict, problemsOfColumns, withoutImages } from './tableDoubts'
import { targetSteps } from './targetSteps'

/** Milliseconds for reading rows. */
const READ = 400
const TEXTS = 12
/** Number of paths of which one has to be a file for a column to list images. */
const TRIED = 5

type TableLike = SourceOf<'table' | 'image-list'>

const extensions = new Set(['.csv', '.tsv', '.tab', '.txt', '.data', '.parquet', '.pq'])

/** By its name. */
export function isTableFile(name: string): boolean {
  return extensions.has(extname(name).toLowerCase())
}

/** `given` is the source with the user's changes; its path is ignored. */
export async function proposeTable(path: string, given?: DataSource): Promise<DataProposal> {
  const said = given?.kind === 'table' || given?.kind === 'image-list' ? given : undefined
  const bytes = await fileSize(path)
  const begin = await openTable(path, said ?? {}, new Patience(READ))
  const found = guessRoles(begin.columns, begin.whole, saidRoles(said))
  const { count, problems } = begin
  const start: DataProposal = { ...emptyProposal(basename(path)), bytes, count, problems: [...problems] }
  if (!found)
    return {
      ...start,
      table: tableOf(begin, undefined, []),
      problems: isUnread(begin) ? start.problems : [...problems, nothingToPredict(path, begin)],
    }
  const { image } = found
  if (areNames(found)) start.problems = problems.filter((problem) => !isHeaderDoubt(problem))
  const isList = said ? said.kind === 'image-list' : image !== undefined && (await listsImages(path, image))
  if (isList && image)
    return proposeImageList(path, start, begin, { ...found, image }, said?.kind === 'image-list' ? said : {})
  const columns = said?.kind === 'table' ? said.columns : []
  return proposeRows(path, start, begin, leaveOutImages(found, columns), columns)
}

function saidRoles(said: TableLike | undefined): SaidRoles {
  if (!said) return {}
  if (said.kind === 'table') return { label: said.label, columns: said.columns }
  const { label, image, split } = said
  return { label, image, columns: split === undefined ? [] : [{ name: split, role: 'split' }] }
}

async function listsImages(path: string, image: ColumnSample): Promise<boolean> {
  for (const name of [...image.counts.keys()].slice(0, TRIED)) {
    const info = await stat(join(dirname(path), name)).catch(() => undefined)
    if (info?.isFile()) return true
  }
  return false
}

/** If images are not read, their paths are useless. */
function leaveOutImages(roles: ColumnRoles, said: readonly ColumnSettings[]): ColumnRoles {
  const { image, ignored } = roles
  if (!image || said.some(({ name }) => name === image.name)) return roles
  return { ...roles, ignored: new Set([...ignored, image]) }
}

function proposeRows(
  path: string,
  start: DataProposal,
  begin: TableBegin,
  roles: ColumnRoles,
  said: readonly ColumnSettings[],
): DataProposal {
  const { label, text, task, image } = roles
  const columns = saidOrGuessed(begin.columns, roles, said)
  const source: DataSource = { kind: 'table', path, label: label.name, columns, ...dialectSettings(begin) }
  return {
    ...start,
    source,
    task,
    ...classesAndSplits(begin, roles),
    table: tableOf(begin, roles, columns),
    ...(text ? textsOf(begin, text, label, task) : { preprocess: stepsForColumns(begin, roles, columns) }),
    problems: [
      ...start.problems,
      ...(image && roles.ignored.has(image) ? [withoutImages(path, image)] : []),
      ...problemsOfColumns(path, begin, roles, columns),
    ],
  }
}

/** Only what could be guessed differently is written into the project. */
function saidOrGuessed(
  columns: readonly ColumnSample[],
  { label, split, text, ignored }: ColumnRoles,
  said: readonly ColumnSettings[],
): ColumnSettings[] {
  const known = new Map(said.map((column) => [column.name, column]))
  return columns.flatMap((column): ColumnSettings[] => {
    const { name } = column
    if (column === label) return []
    const own = known.get(name)
    if (own && own.role !== 'label') return [own]
    if (column === split) return [{ name, role: 'split' }]
    if (column === text) return [{ name, role: 'feature', type: 'text' }]
    return ignored.has(column) ? [{ name, role: 'ignored' }] : []
  })
}

function stepsForColumns(
  { columns }: TableBegin,
  { label, split, ignored, task }: ColumnRoles,
  settings: readonly ColumnSettings[],
): DataProposal['preprocess'] {
  const types = new Map(settings.map(({ name, type }) => [name, type]))
  const features = columns.filter((column) => column !== label && column !== split && !ignored.has(column))
  const has = (type: ColumnSettings['type']) => features.some(({ name, kind }) => (types.get(name) ?? kind) === type)
  return [
    ...(has('numeric') ? [{ kind: 'fill-missing', strategy: 'median' }, { kind: 'standardize' }] : []),
    ...(has('categorical') ? [{ kind: 'one-hot' }] : []),
    ...targetSteps(task),
  ]
}

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
