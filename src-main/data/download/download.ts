/**
 * Downloads a published file from its mirrors: resumes after an interruption, and accepts only what was published. A
 * failing mirror is retried where that may help, then the next one is tried; received bytes are kept across mirrors.
 */
import { rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { text } from '#core/base/text'
import { fail } from '#core/problems/problem'
import { failWrite } from '../../disk/atomicFile'
import { makeFolder } from '../../disk/makeFolder'
import type { DownloadFile } from './catalogue'
import { sha256Of } from './checksum'
import { canceled, failed, type MirrorFailure } from './failure'
import { takeFileLock } from './fileLock'
import { Meter } from './meter'
import { PartFile } from './partFile'
import { transfer } from './transfer'

export interface DownloadProgress {
  readonly file: string
  readonly bytes: number
  readonly total: number
  /** Bytes per second, over the last seconds. */
  readonly rate: number
  readonly secondsLeft: number
  /** Host of the current mirror. */
  readonly mirror: string
}

export interface DownloadOptions {
  /** Received bytes are kept for the next attempt. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
  /** Overrides the file's own mirrors. */
  readonly mirrors?: readonly string[]
  /** Seconds without a byte after which a mirror is dropped. */
  readonly stallSeconds?: number
  /** Seconds before the first retry of a mirror; doubled for each further one. */
  readonly backOffSeconds?: number
}

export type DownloadOutcome = 'complete' | 'canceled'

/** Maximum consecutive failures of a mirror without progress. */
const ATTEMPTS = 4
/** Bytes that count as progress. */
const SOMETHING = 1 << 16
/** Seconds between progress reports. */
const REPORT_INTERVAL = 0.1

/** @throws ProblemError `data-download`, `file-write` */
export async function downloadFile(
  file: DownloadFile,
  folder: string,
  options: DownloadOptions = {},
): Promise<DownloadOutcome> {
  const target = join(folder, file.name)
  await makeFolder(folder).catch((error: unknown) => failWrite(folder, error as NodeJS.ErrnoException))
  const lock = await takeFileLock(`${target}.lock`)
  if (lock === undefined) return failBusy(target)
  try {
    if (options.signal?.aborted) return 'canceled'
    const present = await checkPresent(file, target, options.signal)
    if (present !== 'absent') return present
    const part = await PartFile.open(target)
    try {
      await requireRoom(file, part)
      return await fromMirrors(file, target, part, options)
    } finally {
      await part.close()
    }
  } finally {
    await lock.release()
  }
}

/** Removes an existing file that is damaged, or was put there by the user and differs. */
async function checkPresent(
  file: DownloadFile,
  path: string,
  signal: AbortSignal | undefined,
): Promise<DownloadOutcome | 'absent'> {
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) return 'absent'
  if (info.size === file.bytes) {
    const received = await sha256Of(path, signal)
    if (received === undefined) return 'canceled'
    if (received === file.sha256) return 'complete'
  }
  await rm(path, { force: true })
  return 'absent'
}

async function requireRoom({ bytes, name }: DownloadFile, part: PartFile): Promise<void> {
  const disk = await statfs(dirname(part.path)).catch(() => undefined)
  const needed = bytes - part.size
  if (disk === undefined) return
  const free = disk.bsize * disk.bavail
  if (free < needed) fail('file-write', 'download-room', { name, needed, free }, { file: part.path })
}

async function fromMirrors(
  file: DownloadFile,
  target: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<DownloadOutcome> {
  const failures: { mirror: string; failure: MirrorFailure }[] = []
  for (const url of options.mirrors ?? file.mirrors) {
    const result = await fromMirror(file, url, part, options)
    if (result.kind !== 'failed') return result.kind
    failures.push({ mirror: hostOf(url), failure: result })
  }
  return failMirrors(file, target, failures)
}

const complete = { kind: 'complete' } as const

async function fromMirror(
  file: DownloadFile,
  url: string,
  part: PartFile,
  options: DownloadOptions,
): Promise<typeof complete | typeof canceled | MirrorFailure> {
  const { signal, stallSeconds = 30, backOffSeconds = 1 } = options
  const onBytes = progressOf(file, url, options)
  let furthest = part.size
  for (let idle = 0; ;) {
    const result = await transfer(file, url, part, { stallSeconds, signal, onBytes })
    if (result.kind === 'canceled') return result
    if (result.kind === 'whole') {
      const checked = await accept(file, url, part, signal)
      if (checked.kind !== 'failed' || !checked.again) return checked
      furthest = 0
      continue
    }
    if (!result.again) return result
    const progressed = part.size >= furthest + SOMETHING
    furthest = Math.max(furthest, part.size)
    idle = progressed ? 0 : idle + 1
    if (idle === ATTEMPTS) return result
    const seconds = result.waitSeconds ?? backOffSeconds * 2 ** Math.max(0, idle - 1)
    if (!(await wait(seconds, signal))) return canceled
  }
}

/** Compares the received file with what was published; a file that differs is deleted. */
async function accept(
  file: DownloadFile,
  url: string,
  part: PartFile,
  signal: AbortSignal | undefined,
): Promise<typeof complete | typeof canceled | MirrorFailure> {
  const received = await sha256Of(part.path, signal)
  if (received === undefined) return canceled
  if (received === file.sha256) {
    await part.finish()
    return complete
  }
  // If parts came from an earlier download or another mirror, this mirror may still be right.
  const again = !part.isOnlyFrom(url)
  await part.discard()
  return failed(
    text(
      `gives another file (SHA-256 ${received.slice(0, 12)}…)`,
      `给出另一个文件（SHA-256 ${received.slice(0, 12)}…）`,
    ),
    { again },
  )
}

/** False if `signal` ends the wait. */
async function wait(seconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await delay(seconds * 1000, undefined, { ...(signal && { signal }) })
    return true
  } catch {
    return false
  }
}

/** Reports received bytes, a few times per second and at the end. */
function progressOf({ name, bytes: total }: DownloadFile, url: string, { onProgress }: DownloadOptions) {
  const meter = new Meter()
  let reported = -Infinity
  return (bytes: number): void => {
    const now = performance.now() / 1000
    meter.mark(bytes, now)
    if (bytes < total && now - reported < REPORT_INTERVAL) return
    reported = now
    const { rate } = meter
    const secondsLeft = bytes === total ? 0 : (total - bytes) / rate
    onProgress?.({ file: name, bytes, total, rate, secondsLeft, mirror: hostOf(url) })
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

function failBusy(file: string): never {
  return fail('data-download', 'busy', { lock: `${file}.lock` }, { file })
}

function failMirrors(
  { name, bytes, sha256 }: DownloadFile,
  path: string,
  failures: readonly { readonly mirror: string; readonly failure: MirrorFailure }[],
): never {
  const offline = failures.every(({ failure }) => failure.unreachable)
  const reasons = failures.map(({ mirror, failure: { reason } }) => ({ mirror, reason }))
  const tried = (language: 'en' | 'zh') =>
    [...new Set(reasons.map(({ mirror, reason }) => `${mirror} ${reason[language]}`))].join('\n')
  const values = { name, bytes, sha256, tried: text(tried('en'), tried('zh')) }
  if (offline) return fail('data-download', 'offline', values, { file: path })
  return fail('data-download', 'mirrors', { ...values, folder: dirname(path) }, { file: path })
}
