/** Decodes image files on all cores, in their order, with a bounded number of them under way. */
import { physicalCores } from '../../engine/cores'
import { restrictImageLoaders } from '../readers/imageLibrary'
import { WorkerThread } from '../workers/workerThread'
import type { DecodedFile, DecoderSetup } from './decodeWorker'

/** Files of one request: few, so that the workers end together, but so many that messages cost nothing. */
const BATCH = 8
/** Requests that a worker has waiting, so that it never stands still. */
const AHEAD = 2

export async function* decodeFiles(
  setup: DecoderSetup,
  files: readonly string[],
  workers = physicalCores(),
): AsyncGenerator<{ readonly index: number; readonly decoded: DecodedFile }> {
  if (files.length === 0) return
  restrictImageLoaders()
  const count = Math.max(1, Math.min(workers, Math.ceil(files.length / BATCH)))
  const threads = Array.from(
    { length: count },
    () => new WorkerThread<readonly string[], readonly DecodedFile[]>('decoder', setup),
  )
  const waiting: { begin: number; answer: Promise<readonly DecodedFile[]> }[] = []
  let next = 0
  const ask = (): void => {
    while (waiting.length < count * AHEAD && next < files.length) {
      const begin = next
      next += BATCH
      const answer = threads[(begin / BATCH) % count]!.ask(files.slice(begin, next))
      // Whoever takes it gets the failure; one that is never taken must not end the process.
      answer.catch(() => undefined)
      waiting.push({ begin, answer })
    }
  }
  try {
    ask()
    for (let first = waiting.shift(); first; first = waiting.shift()) {
      const answer = await first.answer
      ask()
      for (const [i, decoded] of answer.entries()) yield { index: first.begin + i, decoded }
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}
