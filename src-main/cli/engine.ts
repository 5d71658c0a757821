/** One engine request from a command. The engine process ends with the command, also on interruption. */
import { EngineHost } from '../engine/host/host'
import { INTERRUPTED } from '../machine/exitCode'

/** Runs `work` on an engine; all engine processes have ended when this settles. */
export async function withEngine<T>(work: (engine: EngineHost) => Promise<T>): Promise<T> {
  const engine = new EngineHost()
  const close = (): void => engine.close()
  // A second Ctrl-C exits immediately.
  process.once('exit', close)
  try {
    return await work(engine)
  } finally {
    process.removeListener('exit', close)
    close()
  }
}

/** Same for short requests with no state to save: an interruption cancels them. */
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
