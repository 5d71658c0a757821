/**
 * Starting the engine process: the interface between the host, which runs anywhere, and the ways to start a child
 * process.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { extname, join } from 'node:path'
import type { FromEngine, ToEngine } from '../messages'
import { findAppRoot } from '../../machine/appFolders'

export interface EngineExit {
  readonly code: number | null
  readonly signal: string | null
  /** The last lines of the process's error output. */
  readonly lastWords: string
}

export interface EngineChild {
  readonly pid: number | undefined
  send(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Called once, also if the process failed to start. */
  onExit(listener: (exit: EngineExit) => void): void
  /** Closes the channel, as the death of the parent would: the process exits when it notices. */
  disconnect(): void
  /** Kills it immediately. */
  kill(): void
  /** Whether the process keeps its parent from exiting. */
  hold(busy: boolean): void
}

export interface Launcher {
  start(): EngineChild
}

/** The engine's entry: the built file, or the source through tsx if this code itself runs from source. */
export function engineEntry(): { file: string; execArgv: string[] } {
  if (extname(import.meta.filename) === '.ts')
    return { file: join(import.meta.dirname, '../process/process.ts'), execArgv: ['--import', 'tsx'] }
  return { file: join(findAppRoot().folder, 'out', 'main', 'engine.js'), execArgv: [] }
}

const LAST_WORDS = 4000

/**
 * Called once the process has exited and its error output is read completely. The event `close` would do, but is not
 * emitted if the parent has closed the channel.
 */
function onceExited(
  child: ChildProcess,
  listener: (code: number | null, signal: string | null, reason?: string) => void,
): void {
  const drained = new Promise<void>((resolve) => void child.stderr!.once('close', () => resolve()))
  child.once('exit', (code, signal) => void drained.then(() => listener(code, signal)))
  child.once('error', (error) => {
    // A process that failed to start emits no exit.
    if (child.pid === undefined) listener(null, null, error.message)
  })
}

/** Starts the engine as a child process of plain Node. */
export function forkLauncher(entry = engineEntry()): Launcher {
  return {
    start() {
      const child = fork(entry.file, [], {
        execArgv: entry.execArgv,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      let lastWords = ''
      child.stderr!.setEncoding('utf8').on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-LAST_WORDS)
      })
      return {
        pid: child.pid,
        // A message to a process that just died is answered by its exit.
        send: (message) => void (child.connected && child.send(message, () => undefined)),
        onMessage: (listener) => void child.on('message', listener as (message: unknown) => void),
        onExit: (listener) =>
          onceExited(child, (code, signal, reason = lastWords.trim()) => listener({ code, signal, lastWords: reason })),
        disconnect: () => child.disconnect(),
        kill: () => void child.kill('SIGKILL'),
        hold(busy) {
          const change = busy ? 'ref' : 'unref'
          child[change]()
          child.channel?.[change]()
          ;(child.stderr as unknown as Record<'ref' | 'unref', () => void>)[change]()
        },
      }
    },
  }
}
