/**
 * The dataset that windows currently use, kept in memory because they request facts and samples of the same one
 * repeatedly. Concurrent requests share one preparation, which is canceled when all of them have left.
 */
import { access } from 'node:fs/promises'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { openDataset, type Dataset } from './openDataset'
import { CacheStore } from './prepare/cacheStore'
import { entryFile } from './prepare/entry'
import { openWork, type Progress, type Work } from './prepare/work'

/** Milliseconds after the last request. */
const KEPT_FOR = 120_000

export interface Asking {
  /** Whether files may have changed on disk, so that the kept dataset has to be checked. */
  readonly fresh?: boolean
  readonly report?: (progress: Progress) => void
  /** Cancels this request: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export class OpenDatasets {
  readonly #opening = new Map<string, Opening>()
  #kept: { readonly key: string; readonly dataset: Dataset } | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly cache = new CacheStore()) {}

  /** @throws ProblemError like `openDataset` */
  async open(
    settings: DataSettings,
    task: Project['task'],
    projectFolder: string,
    asking: Asking = {},
  ): Promise<Dataset> {
    const key = JSON.stringify([settings, task, projectFolder])
    this.#postpone()
    const kept = await this.#keptFor(key, asking)
    if (kept) return kept
    const opening =
      this.#opening.get(key) ?? this.#begin(key, (work) => this.#open(key, settings, task, projectFolder, work))
    return opening.join(asking)
  }

  /** The next request reads the files again. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#kept?.dataset.close()
    this.#kept = undefined
  }

  async #keptFor(key: string, { fresh }: Asking): Promise<Dataset | undefined> {
    const kept = this.#kept
    if (fresh || kept?.key !== key) return undefined
    return (await isThere(kept.dataset)) ? kept.dataset : undefined
  }

  #begin(key: string, open: (work: Work) => Promise<Dataset>): Opening {
    const opening = new Opening(open, () => {
      if (this.#opening.get(key) === opening) this.#opening.delete(key)
    })
    this.#opening.set(key, opening)
    return opening
  }

  async #open(
    key: string,
    settings: DataSettings,
    task: Project['task'],
    projectFolder: string,
    work: Work,
  ): Promise<Dataset> {
    const dataset = await openDataset(settings, task, projectFolder, { cache: this.cache, work })
    const kept = this.#kept
    // Unchanged: old and new holders share its memory.
    if (kept?.key === key && kept.dataset.fingerprint === dataset.fingerprint && (await isThere(kept.dataset))) {
      dataset.close()
      return kept.dataset
    }
    kept?.dataset.close()
    this.#kept = { key, dataset }
    this.#postpone()
    return dataset
  }

  #postpone(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.forget(), KEPT_FOR)
    this.#timer.unref()
  }
}

/** Cache entries may have been cleared, also by another process. */
async function isThere({ samples, raw, source }: Dataset): Promise<boolean> {
  const folders = new Set([samples.stored.entry.folder, raw.stored.entry.folder, source.entry.folder])
  const all = [...folders].map((folder) => access(entryFile(folder)))
  return Promise.all(all).then(
    () => true,
    () => false,
  )
}

/** A dataset being prepared, and the requests that wait for it. */
class Opening {
  readonly #abort = new AbortController()
  readonly #waiting = new Set<Asking>()
  readonly #dataset: Promise<Dataset>
  #latest: Progress | undefined

  /** `ended` is called once no request can join any more. */
  constructor(
    open: (work: Work) => Promise<Dataset>,
    private readonly ended: () => void,
  ) {
    const report = (progress: Progress): void => {
      this.#latest = progress
      for (const asking of this.#waiting) asking.report?.(progress)
    }
    this.#dataset = open(openWork(report, this.#abort.signal)).finally(ended)
    // Waiting requests get the failure; if all have left, it is ignored.
    this.#dataset.catch(() => undefined)
  }

  async join(asking: Asking): Promise<Dataset> {
    const { signal, report } = asking
    signal?.throwIfAborted()
    this.#waiting.add(asking)
    if (this.#latest) report?.(this.#latest)
    let leave = (): void => undefined
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason as Error)
      signal?.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([this.#dataset, left])
    } finally {
      signal?.removeEventListener('abort', leave)
      this.#waiting.delete(asking)
      if (this.#waiting.size === 0) this.#giveUp()
    }
  }

  #giveUp(): void {
    this.ended()
    this.#abort.abort()
  }
}
