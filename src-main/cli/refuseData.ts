/** Explains how to create a project when data is given instead of one. */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { fail } from '#core/problems/problem'
import { isArrayFile } from '../data/propose/proposeArrays'
import { proposeData } from '../data/propose/proposeData'
import { isIdxFile } from '../data/propose/proposeIdx'
import { isTableFile } from '../data/propose/proposeTable'
import { readAt, withFile } from '../data/readers/file'
import { imageExtensions } from '../data/readers/imageFormat'
import { shellWord, shortPath } from './view/paths'

/** Bytes within which a project has its opening brace. */
const BEGIN = 64

/**
 * @throws ProblemError `project-format` where the path is data: a folder with data files, or a file with a data
 * extension that is not a project
 */
export async function refuseData(path: string): Promise<void> {
  const info = await stat(path).catch(() => undefined)
  const kind = info && (await kindOf(path, info))
  if (kind === undefined) return
  const command = `layerloom new ${shellWord(shortPath(path))}`
  fail('project-format', 'data', { received: kind, command }, { file: path })
}

async function kindOf(path: string, info: Stats): Promise<string | undefined> {
  if (info.isDirectory()) return (await proposeData(path)).source === null ? undefined : 'a folder of data'
  const kind = kindOfName(path)
  return kind !== undefined && info.isFile() && !(await beginsAsJson(path)) ? kind : undefined
}

function kindOfName(path: string): string | undefined {
  if (isArrayFile(path) || isIdxFile(path)) return 'an array'
  if (imageExtensions[extname(path).toLowerCase()] !== undefined) return 'an image'
  return isTableFile(path) ? 'a table or a text' : undefined
}

async function beginsAsJson(path: string): Promise<boolean> {
  const begin = await withFile(path, (file) => readAt(file, 0, BEGIN))
  return begin.toString('utf8').replace('\ufeff', '').trimStart().startsWith('{')
}
