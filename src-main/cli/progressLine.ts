/** Progress of long work on the error stream, so that the output has only the result. */
import type { Terminal } from './terminal'
import { wrap } from './view/text'

/** Seconds before the first line, and between lines that cannot be redrawn. */
const PATIENCE = 0.5
const PLAIN_INTERVAL = 10

export interface ProgressLine {
  /** Shows the text, possibly with a delay. */
  show(text: string): void
  /** Removes the line. */
  clear(): void
}

export function createProgressLine({ columns, errorInteractive, writeError }: Terminal): ProgressLine {
  let drawn = false
  let next = performance.now() + (errorInteractive ? PATIENCE : PLAIN_INTERVAL) * 1000
  return {
    show(text) {
      if (performance.now() < next) return
      next = performance.now() + (errorInteractive ? 0.05 : PLAIN_INTERVAL) * 1000
      const [line] = wrap(text, columns - 1)
      writeError(errorInteractive ? `\r${line}\u001B[K` : `${line}\n`)
      drawn = errorInteractive
    },
    clear() {
      if (drawn) writeError('\r\u001B[K')
      drawn = false
    },
  }
}
