/** Terminal output: width, color, and whether lines can be redrawn, determined once. */
import { styleText } from 'node:util'

export interface Terminal {
  /** Characters per output line. */
  readonly columns: number
  /** Whether the output is a terminal, so that lines can be redrawn. */
  readonly interactive: boolean
  /** Same for the error stream. */
  readonly errorInteractive: boolean
  readonly paint: Paint
  /** Same, for text on the error stream. */
  readonly errorPaint: Paint
  /** Writes to the output; a no-op once its reader is gone. */
  readonly write: (text: string) => void
  /** Writes to the error stream. */
  readonly writeError: (text: string) => void
}

type Style = Parameters<typeof styleText>[0]

/** `text` in a style, or unchanged if colors are off. */
export type Paint = (style: Style, text: string) => string

/** Maximum line length, even on very wide terminals, and the width where there is no terminal. */
const MAX_COLUMNS = 100

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/**
 * `onReaderGone` is called once when the output can no longer be written: its reader closed it (`… | head`), the
 * terminal was closed (EIO), or the disk of a log is full (ENOSPC). What was learned is worth more than the output.
 */
export function openTerminal(
  { stdout, stderr }: Streams,
  environment: NodeJS.ProcessEnv,
  onReaderGone: (error: NodeJS.ErrnoException) => void,
): Terminal {
  let gone = false
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone) onReaderGone(error)
    gone = true
  })
  stderr.on('error', () => undefined)
  return {
    get columns() {
      return Math.min(stdout.isTTY ? stdout.columns || MAX_COLUMNS : MAX_COLUMNS, MAX_COLUMNS)
    },
    interactive: stdout.isTTY && environment['TERM'] !== 'dumb',
    errorInteractive: stderr.isTTY && environment['TERM'] !== 'dumb',
    paint: paintFor(stdout, environment),
    errorPaint: paintFor(stderr, environment),
    write: (text) => void (gone || stdout.write(text)),
    writeError: (text) => void stderr.write(text),
  }
}

function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint {
  const plain = !stream.isTTY || environment['TERM'] === 'dumb' || Boolean(environment['NO_COLOR'])
  return plain ? (_style, text) => text : (style, text) => styleText(style, text, { validateStream: false })
}
