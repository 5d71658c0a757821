/** Building blocks shared by all proposals. */
import { availableParallelism } from 'node:os'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'

/** An empty proposal, which the finders fill in. */
export function emptyProposal(title: string): DataProposal {
  return {
    title,
    source: null,
    task: 'classification',
    preprocess: [],
    transforms: [],
    count: null,
    bytes: 0,
    classes: null,
    splits: null,
    table: null,
    pictures: [],
    texts: [],
    reading: null,
    folders: null,
    problems: [],
  }
}

/** The problems an attempt failed with. @throws errors that are not problems of the data */
export function problemsOfError(error: unknown): Problem[] {
  if (!(error instanceof ProblemError)) throw error
  return [...error.problems]
}

/** A proposal is interactive: work that takes too long is cut short. */
export class Patience {
  readonly #begin = performance.now()

  constructor(protected readonly milliseconds: number) {}

  get isOver(): boolean {
    return this.waited >= this.milliseconds
  }

  protected get waited(): number {
    return performance.now() - this.#begin
  }
}

/** Items processed concurrently. */
const AT_ONCE = 4
/** Maximum factor by which a busy computer extends the time limit. */
const BUSY = 6

/** Mostly ignores time taken by other programs, so that a small folder is read completely even on a busy computer. */
export class BusyPatience extends Patience {
  readonly #used = process.cpuUsage()

  override get isOver(): boolean {
    if (!super.isOver) return false
    const { user, system } = process.cpuUsage(this.#used)
    const work = this.milliseconds * Math.min(AT_ONCE, availableParallelism())
    return this.waited >= BUSY * this.milliseconds || (user + system) / 1000 >= work
  }
}

/** At most `count` of the items, evenly spread. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length)
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]!)
}

/** The results of `work` for the items, in order and partly concurrent, as far as time allows; at least the first. */
export async function inTime<T, R>(
  items: readonly T[],
  patience: Patience,
  work: (item: T) => Promise<R | undefined>,
): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length && !(patience.isOver && results.length > 0); at += AT_ONCE)
    for (const result of await Promise.all(items.slice(at, at + AT_ONCE).map(work)))
      if (result !== undefined) results.push(result)
  return results
}
