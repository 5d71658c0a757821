/**
 * One side of a benchmark in a separate process, so that its memory is separate and the other side is idle meanwhile.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Answer {
  readonly milliseconds: number
  readonly loss: number
  readonly peakBytes: number
}

export interface Contestant {
  readonly version: string
  take(steps: number): Promise<Answer>
  close(): void
}

/** Starts the process and waits until it is ready; undefined if it cannot be started. */
export async function startContestant(command: string, words: readonly string[]): Promise<Contestant | undefined> {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async <T>(): Promise<T | undefined> => {
    const line = await lines.next()
    return line.done ? undefined : (JSON.parse(line.value) as T)
  }
  const ready = await next<{ version: string }>()
  if (!ready) return undefined
  return {
    version: ready.version,
    async take(steps) {
      child.stdin.write(`${steps}\n`)
      const answer = await next<Answer>()
      if (!answer) throw new Error(`${command} ${words.join(' ')} ended`)
      return answer
    },
    close: () => void child.kill(),
  }
}
