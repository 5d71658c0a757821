/** The image and text files that training skips because they cannot be read, each with its reason. */
import { join } from 'node:path'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { plainReading } from '#core/data/imageReading'
import { ProblemError, type Problem } from '#core/problems/problem'
import { CacheStore } from '../prepare/cacheStore'
import { decodeFiles } from '../prepare/decodeFiles'
import { FILES, readImageFiles } from '../prepare/imageFiles'
import { readSource } from '../prepare/readStep'
import type { Work } from '../prepare/work'
import { readTextFile } from '../readers/textFolder'
import { openSource } from '../sources/openSource'

export interface UnreadableFile {
  /** Relative to the folder of the data. */
  readonly file: string
  readonly problem: Problem
}

export interface Unreadable {
  readonly settings: DataSettings
  readonly task: Project['task']
  /** Folder that the paths in the settings are relative to. */
  readonly projectFolder: string
  /** Indices of the files that could be prepared; absent if none could. */
  readonly kept?: Int32Array | undefined
}

/**
 * In file order. Files that could be prepared are not decoded again.
 * @throws ProblemError where the source itself cannot be read
 */
export async function unreadableFiles({ settings, task, projectFolder, kept }: Unreadable, work: Work) {
  const reader = await openSource(settings.source, task, projectFolder)
  if (reader.kind !== 'image' && reader.kind !== 'text') return []
  const { entry, root, details } = await readSource(reader, new CacheStore(), work)
  if (reader.kind === 'text') return unreadableTexts(root, details.unreadable ?? [])
  if (!(FILES in entry.files)) return []
  const files = await readImageFiles(entry)
  const fine = new Set(kept)
  const asked = files.filter((_, index) => !fine.has(index))
  const result: UnreadableFile[] = []
  for await (const { index, decoded } of decodeFiles({ root, steps: [], reading: plainReading }, asked)) {
    if ('problem' in decoded) result.push({ file: asked[index]!, problem: decoded.problem })
    await work.advance({ step: 'look', done: index, total: asked.length })
  }
  return result
}

async function unreadableTexts(root: string, files: readonly string[]): Promise<UnreadableFile[]> {
  const result: UnreadableFile[] = []
  for (const file of files) {
    try {
      await readTextFile(join(root, file))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      result.push({ file, problem: error.problems[0]! })
    }
  }
  return result
}
