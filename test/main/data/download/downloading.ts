/** Downloads into new folders, with short timeouts. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { DownloadFile } from '../../../../src-main/data/download/catalogue'
import { downloadFile, type DownloadOptions } from '../../../../src-main/data/download/download'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { arriving, content } from './mirrorServer'

export const quick = { backOffSeconds: 0.01, stallSeconds: 5 }

/** Downloads into a new folder, or into `folder`. */
export async function download(file: DownloadFile, options: DownloadOptions = {}, folder?: string) {
  folder ??= (await temporaryFolder()).path
  arriving.file = join(folder, `${file.name}.part`)
  const outcome = await downloadFile(file, folder, { ...quick, ...options })
  return { outcome, folder, files: readdirSync(folder) }
}

/** The one problem of a failing download, and what is left in its folder. */
export async function failing(file: DownloadFile, options: DownloadOptions = {}, folder?: string) {
  folder ??= (await temporaryFolder()).path
  arriving.file = join(folder, `${file.name}.part`)
  const [problem, ...others] = await problemsOf(downloadFile(file, folder, { ...quick, ...options }))
  expect(others).toEqual([])
  return { problem: problem!, folder, files: readdirSync(folder) }
}

export async function expectWhole(folder: string): Promise<void> {
  expect((await readFile(join(folder, 'images.gz'))).equals(content)).toBe(true)
  expect(readdirSync(folder)).toEqual(['images.gz'])
}
