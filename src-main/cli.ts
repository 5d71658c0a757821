/** Composition root of the command line: the process's streams, signals and exit code around `runProgram`. */
import { basename, relative } from 'node:path'
import { DONE, FAILED, INTERRUPTED } from './machine/exitCode'
import { stopOnSignals } from './cli/signals'

const interruption = new AbortController()

// The server handles termination itself: it first checks where work is running.
if (process.argv[2] !== 'serve')
  stopOnSignals({ stop: () => interruption.abort(), leave: () => process.exit(INTERRUPTED) })

// Loaded after the signal handlers are installed: loading takes a moment, and the user may already have canceled.
const { openTerminal } = await import('./cli/terminal')
const { runProgram } = await import('./cli/program')

const terminal = openTerminal(process, process.env, (error) => {
  interruption.abort()
  if (error.code !== 'EPIPE') process.once('exit', () => tellLostOutput(error))
})
process.exitCode = await runProgram(process.argv.slice(2), {
  terminal,
  program: programName(process.argv[1]!),
  interruption: interruption.signal,
})

// Canceled work may need a moment to stop; exit after this long.
const GRACE = 300
if (process.exitCode === INTERRUPTED) setTimeout(() => process.exit(), GRACE).unref()

/** A reader that closed the pipe has what it wanted. A full disk is a failure and must not look like success. */
function tellLostOutput({ message }: Error): void {
  if (process.exitCode === DONE) process.exitCode = FAILED
  terminal.writeError(`The output could not be written to its end: ${message}\n`)
}

/** How the program was started, so that suggested commands can be pasted as printed. */
function programName(script: string): string {
  if (process.env['npm_command'] === 'exec') return 'npx layerloom'
  return basename(script) === 'layerloom' ? 'layerloom' : `node ${relative(process.cwd(), script)}`
}
