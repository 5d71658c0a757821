/**
 * What a file or folder contains, and how a project would use it: determined in well under a second, because it is
 * interactive, and without side effects. No file content makes it fail: problems are part of the result.
 */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { DataSource } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { failUnreadable, readAt, withFile } from '../readers/file'
import { checkReading } from '../readers/readingLimits'
import { imageExtensions } from '../readers/imageFormat'
import { emptyProposal, problemsOfError } from './proposal'
import { isArrayFile, proposeArrays } from './proposeArrays'
import { proposeFolder } from './proposeFolder'
import { isIdxFile, proposeIdx } from './proposeIdx'
import { proposeTable } from './proposeTable'

/** `given` is the source of an earlier proposal with the user's changes. */
export async function proposeData(path: string, given?: DataSource): Promise<DataProposal> {
  try {
    return await propose(path, given)
  } catch (error) {
    return { ...emptyProposal(basename(path)), problems: problemsOfError(error) }
  }
}

async function propose(path: string, given: DataSource | undefined): Promise<DataProposal> {
  await checkReading(path)
  const info = await stat(path).catch((error: unknown) => failUnreadable(path, error))
  if (info.isDirectory()) {
    const isClasses = given?.kind === 'image-folder' || given?.kind === 'text-folder'
    return proposeFolder(path, isClasses ? given : undefined)
  }
  if (isArrayFile(path)) return proposeArrays(path, given)
  if (isIdxFile(path) || (await isIdxContent(path))) return proposeIdx(path, given)
  if (isImageFile(path)) failSingleImage(path)
  return proposeTable(path, given)
}

/** The IDX magic number, which no text starts with. */
async function isIdxContent(path: string): Promise<boolean> {
  const [zero, alsoZero, type, rank] = await withFile(path, (file) => readAt(file, 0, 4))
  return zero === 0 && alsoZero === 0 && type !== undefined && type >= 8 && type <= 14 && rank !== undefined && rank > 0
}

function isImageFile(path: string): boolean {
  const extension = /\.[^.]*$/.exec(path)?.[0].toLowerCase() ?? ''
  return imageExtensions[extension] !== undefined
}

function failSingleImage(file: string): never {
  return fail('data-format', 'single-image', { received: basename(file) }, { file })
}
