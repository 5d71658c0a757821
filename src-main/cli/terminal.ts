/** Where the command line writes: width, colour and whether lines can be redrawn, decided once. */
import { styleText } from 'node:util'

export interface Terminal {
  /** Characters that fit on a line of the output. */
  readonly columns: number
  /** Whether the output is a terminal, so that a line can be redrawn. */
  readonly interactive: boolean
  /** The same of the error stream. */
  readonly errorInteractive: boolean
  readonly paint: Paint
  /** The same for what goes to the error stream. */
  readonly errorPaint: Paint
  /** To the output; nothing happens once its reader has gone. */
  readonly write: (text: string) => void
  /** To the error stream. */
  readonly writeError: (text: string) => void
}

type Style = Parameters<typeof styleText>[0]

/** `text` in a style, or as it is where colours are off. */
export type Paint = (style: Style, text: string) => string

/** Lines are never longer than this, also on very wide terminals, and this is the width where there is none. */
const MAX_COLUMNS = 100

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/**
 * `onReaderGone` is called once when the output can no longer be written: whoever reads it has left (`… | head`), the
 * terminal was closed (EIO), or the disk under a log is full (ENOSPC). What was learned is worth more than the output.
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
