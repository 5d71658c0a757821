/** The downloadable datasets on this computer: their location and state, downloading and deleting them. */
import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadNames, type DownloadName } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import { sharedDataFolder } from '../../machine/appFolders'
import { downloadableSets, totalBytes, type DownloadableSet } from './catalogue'
import { downloadFile, type DownloadOptions, type DownloadOutcome } from './download'
import { takeFileLock } from './fileLock'

export type SetState =
  | { readonly state: 'absent' }
  /** `bytes` have been received. */
  | { readonly state: 'partial'; readonly bytes: number }
  | { readonly state: 'complete' }

export interface DownloadedSet {
  readonly set: DownloadableSet
  readonly folder: string
  /** Total bytes of all files. */
  readonly total: number
  readonly state: SetState
}

/** Shared by the desktop app, browser mode and the command line. */
export function downloadsFolder(): string {
  return join(sharedDataFolder(), 'datasets')
}

/** All downloadable datasets, with what is on disk of each. */
export function listDownloads(root = downloadsFolder()): Promise<DownloadedSet[]> {
  return Promise.all(downloadNames.map((name) => describeDownload(name, root)))
}

export async function describeDownload(name: DownloadName, root = downloadsFolder()): Promise<DownloadedSet> {
  const set = downloadableSets[name]
  const folder = join(root, name)
  const total = totalBytes(set)
  const there = await Promise.all(set.files.map((file) => bytesThere(join(folder, file.name), file.bytes)))
  const bytes = there.reduce((sum, { bytes }) => sum + bytes, 0)
  const whole = there.every(({ whole }) => whole)
  const state = whole ? 'complete' : bytes === 0 ? 'absent' : 'partial'
  return { set, folder, total, state: state === 'partial' ? { state, bytes } : { state } }
}

async function bytesThere(path: string, expected: number): Promise<{ bytes: number; whole: boolean }> {
  const sizeOf = async (name: string) => (await stat(name).catch(() => undefined))?.size
  if ((await sizeOf(path)) === expected) return { bytes: expected, whole: true }
  return { bytes: Math.min((await sizeOf(`${path}.part`)) ?? 0, expected), whole: false }
}

/** File paths of a dataset, in catalog order. @throws ProblemError `data-missing` where it is not downloaded */
export async function downloadedFiles(name: DownloadName, root = downloadsFolder()): Promise<string[]> {
  const { set, folder, state } = await describeDownload(name, root)
  if (state.state === 'complete') return set.files.map((file) => join(folder, file.name))
  const values = { title: set.title, name, expected: set.files.map((file) => file.name).join(', ') }
  if (state.state === 'absent') return fail('data-missing', 'download', values, { file: folder })
  return fail('data-missing', 'download-part', { ...values, bytes: state.bytes }, { file: folder })
}

export interface SetOptions extends Omit<DownloadOptions, 'mirrors'> {
  /** URLs of folders that contain the files, instead of the catalog's. */
  readonly mirrors?: readonly string[]
}

/**
 * Downloads all files of a dataset; progress counts the bytes of the whole dataset.
 * @throws ProblemError `data-download`, `file-write`
 */
export async function downloadSet(
  name: DownloadName,
  { mirrors, onProgress, ...rest }: SetOptions = {},
  root = downloadsFolder(),
): Promise<DownloadOutcome> {
  const set = downloadableSets[name]
  const total = totalBytes(set)
  let before = 0
  for (const file of set.files) {
    const done = before
    const outcome = await downloadFile(file, join(root, name), {
      ...rest,
      ...(mirrors && { mirrors: mirrors.map((folder) => folder.replace(/\/?$/, '/') + file.name) }),
      onProgress: (progress) => {
        const bytes = done + progress.bytes
        const secondsLeft = bytes === total ? 0 : (total - bytes) / progress.rate
        onProgress?.({ ...progress, bytes, total, secondsLeft })
      },
    })
    if (outcome === 'canceled') return outcome
    before += file.bytes
  }
  return 'complete'
}

/** Deletes what is on disk of a dataset. @throws ProblemError `data-download` while it is being downloaded */
export async function deleteDownload(name: DownloadName, root = downloadsFolder()): Promise<void> {
  const folder = join(root, name)
  if ((await readdir(folder).catch(() => [])).length === 0) return
  for (const { name: file } of downloadableSets[name].files) {
    const path = join(folder, file)
    const lock = await takeFileLock(`${path}.lock`)
    if (lock === undefined) failBusyDelete(path)
    try {
      for (const ending of ['', '.part', '.part.json']) await rm(path + ending, { force: true })
    } finally {
      await lock.release()
    }
  }
  // A folder that contains other files of the user is kept.
  await rmdir(folder).catch(() => undefined)
}

function failBusyDelete(file: string): never {
  return fail('data-download', 'busy-delete', { lock: `${file}.lock` }, { file })
}
