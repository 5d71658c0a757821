/** Composition root of the command line: the process's streams, signals and exit code around `runProgram`. */
import { basename, relative } from 'node:path'
import { DONE, FAILED, INTERRUPTED } from './machine/exitCode'
import { stopOnSignals } from './cli/signals'

const interruption = new AbortController()

// The server has its own way to end: it asks first where work is running.
if (process.argv[2] !== 'serve')
  stopOnSignals({ stop: () => interruption.abort(), leave: () => process.exit(INTERRUPTED) })

// Loaded once the signals are heard: loading takes a moment, in which somebody may already have changed their mind.
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

// Work that was given up may need a moment to notice; nobody waits longer for it.
const GRACE = 300
if (process.exitCode === INTERRUPTED) setTimeout(() => process.exit(), GRACE).unref()

/** A reader that left has what it wanted; a disk that is full has not, and whoever asked must not take that for done. */
function tellLostOutput({ message }: Error): void {
  if (process.exitCode === DONE) process.exitCode = FAILED
  terminal.writeError(`The output could not be written to its end: ${message}\n`)
}

/** How this program was started, so that suggested commands can be typed as they are printed. */
function programName(script: string): string {
  if (process.env['npm_command'] === 'exec') return 'npx layerloom'
  return basename(script) === 'layerloom' ? 'layerloom' : `node ${relative(process.cwd(), script)}`
}
