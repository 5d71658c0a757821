/** What every proposal is made of, whatever was found. */
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
export function problemsOf(error: unknown): Problem[] {
  if (!(error instanceof ProblemError)) throw error
  return [...error.problems]
}

/** A proposal is made while a person waits: what takes longer is cut short. */
export class Patience {
  readonly #end: number

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds
  }

  get isOver(): boolean {
    return performance.now() >= this.#end
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
  const atOnce = 4
  for (let at = 0; at < items.length && !(patience.isOver && results.length > 0); at += atOnce)
    for (const result of await Promise.all(items.slice(at, at + atOnce).map(work)))
      if (result !== undefined) results.push(result)
  return results
}
