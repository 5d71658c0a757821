/** Decodes image files on all cores, in order, with a bounded number in flight. */
import { physicalCores } from '../../machine/cores'
import { imageLibrary } from '../readers/imageLibrary'
import { WorkerThread } from '../workers/workerThread'
import type { SeenFile } from '../readers/imageTraits'
import type { DecodedFile, DecoderSetup, WorkerSetup } from './decodeWorker'

/** Files per request: few, so that the workers finish together, but enough to make messages cheap. */
const BATCH = 8
/** Requests queued per worker, so that it never idles. */
const AHEAD = 2

interface Done<Answer> {
  readonly index: number
  readonly done: Answer
}

export async function* decodeFiles(
  setup: DecoderSetup,
  files: readonly string[],
  workers?: number,
): AsyncGenerator<{ readonly index: number; readonly decoded: DecodedFile }> {
  for await (const { index, done } of inOrder<DecodedFile>(setup, files, workers)) yield { index, decoded: done }
}

/** Reads what has to be known about the files before they can be decoded. */
export async function* lookAtFiles(
  root: string,
  files: readonly string[],
): AsyncGenerator<{ readonly index: number; readonly seen: SeenFile }> {
  for await (const { index, done } of inOrder<SeenFile>({ root }, files)) yield { index, seen: done }
}

async function* inOrder<Answer>(
  setup: WorkerSetup,
  files: readonly string[],
  workers = physicalCores(),
): AsyncGenerator<Done<Answer>> {
  if (files.length === 0) return
  await imageLibrary()
  const count = Math.max(1, Math.min(workers, Math.ceil(files.length / BATCH)))
  const threads = Array.from(
    { length: count },
    () => new WorkerThread<readonly string[], readonly Answer[]>('decoder', setup),
  )
  const waiting: { begin: number; answer: Promise<readonly Answer[]> }[] = []
  let next = 0
  const ask = (): void => {
    while (waiting.length < count * AHEAD && next < files.length) {
      const begin = next
      next += BATCH
      const answer = threads[(begin / BATCH) % count]!.ask(files.slice(begin, next))
      // The failure surfaces where the answer is taken; an unused answer must not crash the process.
      answer.catch(() => undefined)
      waiting.push({ begin, answer })
    }
  }
  try {
    ask()
    for (let first = waiting.shift(); first; first = waiting.shift()) {
      const answer = await first.answer
      ask()
      for (const [i, done] of answer.entries()) yield { index: first.begin + i, done }
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}
