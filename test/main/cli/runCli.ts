/** Runs the built command line as a user or a script would, in a separate process. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../../..')
export const CLI = resolve(ROOT, 'out/main/cli.js')

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Called with the process id once it is known. */
  readonly onStart?: (id: number) => void
  /** Called with everything written to stdout so far, e.g. to send a signal at a given moment. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Path of a sample project. */
export const sample = (name: string): string => resolve(ROOT, 'resources/projects', `${name}.loom`)

export function runCli(
  words: readonly string[],
  { cwd = ROOT, env = {}, onStart, onOutput }: CliOptions = {},
): Promise<CliResult> {
  if (!existsSync(CLI)) throw new Error('out/main/cli.js is missing: run `npm run build` first')
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [CLI, ...words], { cwd, env: { ...process.env, ...env } })
    if (child.pid !== undefined) onStart?.(child.pid)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      onOutput?.(stdout, (signal) => child.kill(signal))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', failed)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

/** The JSON lines printed by a command. */
export function jsonLines(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}
