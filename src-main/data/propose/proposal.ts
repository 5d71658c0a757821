/** What every proposal is made of, whatever was found. */
import { availableParallelism } from 'node:os'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'

/** A proposal of nothing, which the finders fill in. */
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

/** The problems that an attempt ended with. @throws what is no problem of the data */
export function problemsOfError(error: unknown): Problem[] {
  if (!(error instanceof ProblemError)) throw error
  return [...error.problems]
}

/** A proposal is made while a person waits: what takes longer is cut short. */
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

/** Items that are worked on at once. */
const AT_ONCE = 4
/** Times as long as its milliseconds that patience with a busy computer lasts at most. */
const BUSY = 6

/** What other programs have of the processor counts little, so that a small folder is seen whole on a busy computer, too. */
export class BusyPatience extends Patience {
  readonly #used = process.cpuUsage()

  override get isOver(): boolean {
    if (!super.isOver) return false
    const { user, system } = process.cpuUsage(this.#used)
    const work = this.milliseconds * Math.min(AT_ONCE, availableParallelism())
    return this.waited >= BUSY * this.milliseconds || (user + system) / 1000 >= work
  }
}

/** At most `count` of the items, from all over them. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length)
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]!)
}

/** What `work` gives for the items, some at once and in their order, as far as there is time; a first one always is there. */
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
