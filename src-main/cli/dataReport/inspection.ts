/**
 * Collects everything `layerloom data inspect` reports about a project's data, or about a file or folder that is not a
 * project yet.
 */
import { dirname, extname, resolve } from 'node:path'
import { nearestName } from '#core/base/namesLike'
import type { DataLook } from '#core/data/look'
import { listed } from '#core/data/listed'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { settingsOf } from '#core/rpc/importedProject'
import { imageSizes, type ImageSizes } from '../../data/look/imageSizes'
import { lookAtData } from '../../data/look/lookAtData'
import { unreadableFiles, type UnreadableFile } from '../../data/look/unreadableFiles'
import { openDataset, type Dataset } from '../../data/openDataset'
import { openWork, type Progress } from '../../data/prepare/work'
import { proposeData } from '../../data/propose/proposeData'
import { embeddedTable } from '../../data/sources/builtin'
import { TestSeal } from '../../data/testSeal'
import { sharedDataFolder } from '../../machine/appFolders'
import { loadProject } from '../loadProject'
import type { Setting } from '../settings'

export interface Inspection {
  readonly path: string
  readonly title: string
  readonly settings: DataSettings
  readonly task: Project['task']
  /** What was found before any preparation; for projects, only if they use a table. */
  readonly found: DataProposal | null
  /** Absent where the data cannot be prepared. */
  readonly prepared: PreparedData | null
  readonly problems: readonly Problem[]
  /** All image or text files that are left out. */
  readonly unreadable: readonly UnreadableFile[]
}

export interface PreparedData {
  readonly dataset: Dataset
  readonly look: DataLook
  readonly sizes: ImageSizes | null
}

export interface InspectOptions {
  /** Changes to a project. */
  readonly changes: readonly Setting[]
  /** The target column, if a table is inspected and the column should not be guessed. */
  readonly label: string | undefined
  readonly report: (progress: Progress) => void
  readonly signal: AbortSignal
}

interface Subject {
  readonly settings: DataSettings
  readonly task: Project['task']
  readonly title: string
  readonly projectFolder: string
  readonly found: DataProposal | null
  readonly notes: readonly Problem[]
}

export function isProjectFile(path: string): boolean {
  return extname(path).toLowerCase() === '.loom'
}

/** @throws ProblemError where the path is neither a project nor readable as data */
export async function inspectPath(path: string, options: InspectOptions): Promise<Inspection> {
  const isProject = isProjectFile(path)
  const { notes, projectFolder, ...subject } = isProject
    ? await ofProject(path, options.changes)
    : await ofFiles(resolve(path), options.label)
  const common = { path, ...subject }
  if (notes.some(({ severity }) => severity === 'error')) {
    return { ...common, prepared: null, problems: notes, unreadable: [] }
  }
  const leftOut = async (found: readonly Problem[], kept?: Int32Array) => {
    const problems = unique(found)
    const unreadable = problems.some(isOfManyFiles)
      ? await unreadableFiles({ ...subject, projectFolder, kept }, openWork(options.report, options.signal))
      : []
    // A file that was inspected first is already in the list.
    const listed = new Set(unreadable.map(({ problem: { place, message } }) => `${place.file} ${message}`))
    return { problems: problems.filter(({ place, message }) => !listed.has(`${place.file} ${message}`)), unreadable }
  }
  try {
    const prepared = await prepare(subject, projectFolder, options)
    const { notes: own, source, title } = prepared.dataset
    return {
      ...common,
      title,
      prepared,
      ...(await leftOut([...notes, ...own, ...prepared.look.checks], source.places)),
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { ...common, prepared: null, ...(await leftOut([...notes, ...error.problems])) }
  }
}

/** Whether a problem names the first of several unreadable files. */
const isOfManyFiles = ({ data }: Problem): boolean => data?.['case'] === 'skipped' || data?.['case'] === 'broken'

async function prepare(
  { settings, task }: Omit<Subject, 'projectFolder' | 'notes'>,
  projectFolder: string,
  { report, signal }: InspectOptions,
): Promise<PreparedData> {
  const dataset = await openDataset(settings, task, projectFolder, { work: openWork(report, signal) })
  signal.throwIfAborted()
  report({ step: 'look', done: 0, total: null })
  const look = await lookAtData(dataset)
  const testLooks = await new TestSeal(sharedDataFolder()).looks(dataset)
  return { dataset, look: { ...look, testLooks }, sizes: await imageSizes(dataset, signal) }
}

async function ofProject(path: string, changes: readonly Setting[]): Promise<Subject> {
  const { project, projectFolder, notes } = await loadProject(path, changes)
  const { data, task, name } = project
  const { source } = data
  const table = source.kind === 'builtin' ? await embeddedTable(source.name) : source
  const isTable = table?.kind === 'table' || table?.kind === 'image-list'
  // Columns come from the file, problems from the preparation.
  const found = isTable ? await proposeData(resolve(projectFolder, table.path), table) : null
  return { settings: data, task, title: name, projectFolder, found, notes }
}

async function ofFiles(path: string, label: string | undefined): Promise<Subject> {
  const found = await proposalOf(path, label)
  const accepted = settingsOf(found, null)
  if (accepted === null) throw new ProblemError(found.problems)
  const { data, task } = accepted
  return { settings: data, task, title: found.title, projectFolder: dirname(path), found, notes: found.problems }
}

/**
 * What the data is detected as, with an explicit target column for a table.
 * @throws ProblemError `command-line` where there is no such column, and the file's problems where its columns are
 * unknown
 */
export async function proposalOf(path: string, label: string | undefined): Promise<DataProposal> {
  const guessed = await proposeData(path)
  if (label === undefined) return guessed
  const { source, table, problems } = guessed
  const isNamed = table?.columns.some(({ name }) => name === label) ?? false
  if (isNamed && (source === null || source.kind === 'table'))
    return proposeData(path, { kind: 'table', path, ...source, label, columns: [] })
  // An unreadable file has no column information.
  const isUnread = source === null && problems.some(({ data }) => data?.['case'] !== 'no-label')
  if (isUnread) throw new ProblemError(problems)
  return failLabel(label, guessed)
}

function failLabel(label: string, { table, title }: DataProposal): never {
  const names = table?.columns.map(({ name }) => name) ?? []
  const values = { label, title, near: nearestName(label, names) ?? '' }
  if (table === undefined) return fail('command-line', 'no-label', values, { column: label })
  return fail('command-line', 'no-column', { ...values, known: listed(names) }, { column: label })
}

/** Inspecting and preparing may find the same problem; the later one, with everything that is left out, is kept. */
export function unique(problems: readonly Problem[]): Problem[] {
  const keyOf = ({ code, message, data }: Problem) =>
    data?.['case'] === 'left-out' ? 'left-out' : `${code} ${message}`
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]
}
