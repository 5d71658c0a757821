/**
 * Browser mode from the command line: `node out/main/server.js [path] [--browse DIR] [--port N] [--no-open]
 * [--idle-minutes N]`.
 */
import { parseArgs } from 'node:util'
import { formatProblem, ProblemError } from '#core/problems/problem'
import { exitCodeFor } from '../machine/exitCode'
import { hasDisplay, openBrowser } from './openBrowser'
import { startServer, type LoopbackServer } from './start'

const usage = `Usage: layerloom serve [project.loom or folder] [options]

  --browse DIR       a folder to allow besides your home folder; can be repeated, / for everything you can read
  --port N           port on 127.0.0.1 (any free port by default)
  --no-open          print the link without opening a browser
  --idle-minutes N   exit after N minutes with no window and no running work (60 by default, 0 for never)
  --help

From another machine: ssh -L 8123:127.0.0.1:8123 <machine>, with --port 8123 there, then open the link here.`

/** Runs browser mode until it ends. Resolves to the exit code: 0, 1 (failed) or 2 (wrong input). */
export async function main(parameters: readonly string[]): Promise<number> {
  const log = (line: string): void => console.log(line)
  try {
    const options = readOptions(parameters)
    if (options === undefined) {
      log(usage)
      return 0
    }
    const { path, port, open, idleTimeout, browse } = options
    const started = await startServer({ ...(path !== undefined && { path }), port, idleTimeout, browse, log })
    const link = 'elsewhere' in started ? started.elsewhere : started.link()
    log(`Layerloom is ready: ${link}  (valid once, for 2 minutes; restart for a new link)`)
    if (open && hasDisplay()) await openBrowser('elsewhere' in started ? link : started.link())
    if ('elsewhere' in started) return 0
    endOnSignals(started, log)
    await started.closed
    return 0
  } catch (error) {
    return report(error)
  }
}

/** Undefined if help is requested. */
function readOptions(parameters: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      browse: { type: 'string', multiple: true, default: [] as string[] },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      'idle-minutes': { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  if (positionals.length > 1) throw new UsageError(`at most one path; received: ${positionals.join(' ')}`)
  return {
    path: positionals[0],
    browse: values.browse,
    port: readNumber('--port', values.port, 65535),
    open: !values['no-open'],
    idleTimeout: readNumber('--idle-minutes', values['idle-minutes'], 100_000) * 60_000,
  }
}

class UsageError extends Error {}

function readNumber(name: string, text: string, max: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  throw new UsageError(`${name} must be an integer from 0 to ${max}; received: ${text}`)
}

function report(error: unknown): number {
  if (error instanceof ProblemError) {
    console.error(error.problems.map(formatProblem).join('\n'))
    return exitCodeFor(error.problems)
  }
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${message}\n\n${usage}`)
    return 2
  }
  console.error(code === 'EADDRINUSE' ? 'The port is in use; choose another with --port.' : message)
  return 1
}

/**
 * Ctrl-C ends the server; while work is running it takes a second one. A closing terminal or a signal to the group
 * cannot repeat it: the run is stopped with everything it has.
 */
function endOnSignals(server: LoopbackServer, log: (line: string) => void): void {
  let warned = false
  let ending = false
  process.on('SIGINT', () => {
    if (ending) process.exit(130)
    const running = server.host.activities.titles
    if (running.length > 0 && !warned) {
      warned = true
      log(`\nRunning: ${running.join(', ')}. Press Ctrl-C again to stop it and quit Layerloom.`)
      return
    }
    ending = true
    void server.close()
  })
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void server.close())
  // Losing the terminal or the log is no reason to exit.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
