/** One request to the engine from a command: the process is ended with the command, also when a person interrupts it. */
import { EngineHost } from '../engine/host/host'
import { INTERRUPTED } from '../machine/exitCode'

/** Runs `work` on an engine; the engine processes are gone when this settles. */
export async function withEngine<T>(work: (engine: EngineHost) => Promise<T>): Promise<T> {
  const engine = new EngineHost()
  const close = (): void => engine.close()
  // A second Ctrl-C leaves without waiting for anything.
  process.once('exit', close)
  try {
    return await work(engine)
  } finally {
    process.removeListener('exit', close)
    close()
  }
}

/** The same for short requests, which have nothing to keep: an interruption gives them up. */
export async function answerOrInterrupted(
  interruption: AbortSignal,
  work: (engine: EngineHost) => Promise<number>,
): Promise<number> {
  const interrupted = new Promise<number>((resolve) => {
    interruption.addEventListener('abort', () => resolve(INTERRUPTED), { once: true })
    if (interruption.aborted) resolve(INTERRUPTED)
  })
  return withEngine(async (engine) => {
    const answer = work(engine)
    answer.catch(() => undefined)
    return Promise.race([answer, interrupted])
  })
}
