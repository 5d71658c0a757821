/** A folder: with classes of images or texts, or with the files of a dataset. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { listed } from '#core/data/listed'
import type { SourceOf } from '#core/graph/dataSettings'
import { ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { DataProposal } from '#core/rpc/contract/data'
import type { ClassFolder } from '../readers/classFolder'
import { notesOfLeftOut } from '../readers/classFolderProblems'
import { failUnreadable } from '../readers/file'
import { scanImageFolder } from '../readers/imageFolder'
import { readTextFile, scanTextFolder } from '../readers/textFolder'
import { emptyProposal, inTime, Patience, problemsOfError, spread } from './proposal'
import { isArrayFile, proposeArrays } from './proposeArrays'
import { isIdxFile, proposeIdx } from './proposeIdx'
import { lookAtImages } from './proposeImageFiles'
import { isTableFile, proposeTable } from './proposeTable'
import { stepsForTexts } from './proposeTexts'

/** Milliseconds for the scan, and for texts. */
const SCAN = 400
const LOOK = 350
/** Archives often nest folders. */
const DEEPEST = 5
const TEXTS = 12
const SHOWN_CHARACTERS = 600

type FolderSource = SourceOf<'image-folder' | 'text-folder'>

/** `given` is what the user specified. */
export async function proposeFolder(path: string, given?: FolderSource): Promise<DataProposal> {
  const root = await descend(path)
  if (given?.kind === 'text-folder') return proposeTexts(root, given)
  if (given?.kind === 'image-folder') return proposeImages(root, given)
  const names = (await readdir(root)).filter((name) => !name.startsWith('.')).sort()
  const images = await attempt(() => proposeImages(root))
  if (images.proposal) return images.proposal
  const files = await proposeFiles(root, names)
  if (files.proposal) return files.proposal
  const texts = await attempt(() => proposeTexts(root))
  if (texts.proposal) return texts.proposal
  return { ...emptyProposal(basename(root)), problems: likeliest(files.problems, images.problems, texts.problems) }
}

/** Problems of the folder's most likely interpretation: one without any image is hardly an image folder. */
function likeliest(files: Problem[], images: Problem[], texts: Problem[]): Problem[] {
  const isEmpty = (problems: readonly Problem[]) => problems.some(({ code }) => code === 'data-empty')
  const hasImages = images.some(({ data }) => data?.['case'] === 'one-class-folder')
  if (files.length > 0 && !hasImages) return files
  return isEmpty(images) && !isEmpty(texts) ? texts : images
}

/** Descends into a folder that is the only entry. */
async function descend(path: string): Promise<string> {
  let folder = path
  for (let depth = 0; depth < DEEPEST; depth++) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) =>
      failUnreadable(folder, error),
    )
    const [only, ...others] = entries.filter(({ name }) => !name.startsWith('.') && name !== '__MACOSX')
    if (!only?.isDirectory() || others.length > 0) return folder
    folder = join(folder, only.name)
  }
  return folder
}

interface Attempt {
  readonly proposal?: DataProposal
  /** Why there is none. */
  readonly problems: Problem[]
}

async function attempt(propose: () => Promise<DataProposal>): Promise<Attempt> {
  try {
    return { proposal: await propose(), problems: [] }
  } catch (error) {
    return { problems: problemsOfError(error) }
  }
}

/** Dataset files next to each other: IDX, arrays, or one table, which may list images. */
async function proposeFiles(root: string, names: readonly string[]): Promise<Attempt> {
  const idx = names.find((name) => isIdxFile(name))
  const arrays = names.find((name) => isArrayFile(name))
  const tables = names.filter((name) => isTableFile(name))
  const problems: Problem[] = []
  for (const candidate of [
    ...(idx === undefined ? [] : [() => proposeIdx(join(root, idx))]),
    ...(arrays === undefined ? [] : [() => proposeArrays(join(root, arrays))]),
    ...(tables.length === 1 ? [() => proposeTable(join(root, tables[0]!))] : []),
  ]) {
    const { proposal, problems: own } = await attempt(candidate)
    if (proposal?.source) return { proposal, problems: [] }
    if (problems.length === 0) problems.push(...(proposal?.problems ?? own))
  }
  if (problems.length === 0 && tables.length > 1) problems.push(severalTables(root, tables))
  return { problems }
}

function severalTables(file: string, tables: readonly string[]): Problem {
  const values = { count: tables.length, received: listed(tables, 10) }
  return makeProblem('data-format', 'several-tables', values, { file })
}

type Given<Kind extends FolderSource['kind']> = Omit<SourceOf<Kind>, 'kind' | 'path'>

async function proposeImages(root: string, given: Given<'image-folder'> = {}): Promise<DataProposal> {
  const scanning = new Patience(SCAN)
  const { folders, background, levels } = given
  const folder = await scanImageFolder(root, { folders, enough: () => scanning.isOver })
  const files = folder.files.map(({ path, label }) => ({ path, label: folder.classes[label]! }))
  const { bytesOfFile, ...findings } = await lookAtImages(root, files, {
    ...(background && { background }),
    ...(levels && { levels }),
  })
  return {
    ...emptyProposal(basename(root)),
    source: {
      kind: 'image-folder',
      path: root,
      ...(folders && { folders }),
      ...(background && { background }),
      ...(levels && { levels }),
    },
    folders: levelOf(folder, folders),
    ...countsOf(folder),
    bytes: Math.round(bytesOfFile * files.length),
    ...findings,
    problems: [...folder.notes, ...notesOfLeftOut(folder), ...findings.problems],
  }
}

/** The level is shown even if the user specified that there is none. */
function levelOf({ level }: ClassFolder, said: SourceOf<'image-folder'>['folders']): DataProposal['folders'] {
  if (level.length > 0) return level.map((folder) => ({ ...folder }))
  return said ? [] : null
}

async function proposeTexts(root: string, { folders }: Given<'text-folder'> = {}): Promise<DataProposal> {
  const scanning = new Patience(SCAN)
  const folder = await scanTextFolder(root, { folders, enough: () => scanning.isOver })
  const problems: Problem[] = []
  const texts = await inTime(spread(folder.files, TEXTS), new Patience(LOOK), async ({ path, label }) => {
    try {
      const { text } = await readTextFile(join(root, path))
      return { text, label: folder.classes[label]! }
    } catch (error) {
      problems.push(...problemsOfError(error).map((problem) => ({ ...problem, severity: 'warning' as const })))
      return undefined
    }
  })
  if (texts.length === 0) throw new ProblemError(problems.map((problem) => ({ ...problem, severity: 'error' })))
  const mean = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / Math.max(1, texts.length)
  return {
    ...emptyProposal(basename(root)),
    source: { kind: 'text-folder', path: root, ...(folders && { folders }) },
    folders: levelOf(folder, folders),
    ...countsOf(folder),
    bytes: Math.round(mean * folder.files.length),
    preprocess: stepsForTexts(
      texts.map(({ text }) => text),
      folder.files.length,
    ),
    texts: texts.map(({ text, label }) => ({ text: text.slice(0, SHOWN_CHARACTERS), label })),
    problems: [...folder.notes, ...notesOfLeftOut(folder), ...problems.slice(0, 3)],
  }
}

/** No counts if the scan was cut short. */
function countsOf({
  files,
  classes,
  splits,
  partial,
}: ClassFolder): Pick<DataProposal, 'count' | 'classes' | 'splits'> {
  if (partial) return { count: null, classes: null, splits: null }
  const counts = classes.map((name) => ({ name, count: 0 }))
  for (const { label } of files) counts[label]!.count++
  return { count: files.length, classes: counts, splits: splits ? { ...splits } : null }
}
