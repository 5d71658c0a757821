/** Termination from outside, sent to the whole process group: the run is evaluated and saved as after Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { canMount, smallDisk } from '../../support/smallDisk'
import { temporaryFolder } from '../data/temporaryFolder'
import { CLI, sample } from './runCli'

const posix = process.platform !== 'win32'
const words = ['train', sample('mnist-mlp'), '--limit', '4000', '--epochs', '5000', '--threads', '1', '--json']
const TIMEOUT = 120_000

const started: ChildProcess[] = []
afterEach(() => {
  for (const { pid, exitCode, signalCode } of started.splice(0))
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
})

interface Going {
  readonly child: ChildProcess
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** A program in its own process group, as started by a shell. */
function start(program: string, args: readonly string[], output: 'ignore' | 'pipe' | number = 'ignore'): Going {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, 'ignore'] })
  started.push(child)
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(code ?? signal)),
  )
  return { child, ended }
}

interface Recorded {
  readonly state: string
  readonly figures: { readonly test?: { readonly accuracy: number } }
  readonly process: { readonly id: number }
}

function recordOf(run: string): Recorded | undefined {
  const file = join(run, 'run.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : undefined
}

/** Waits until the run has logged a step. */
async function untilTraining(run: string): Promise<void> {
  const log = join(run, 'metrics.jsonl')
  await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8').includes('\n'), { timeout: TIMEOUT }).toBe(true)
}

function expectSaved(run: string): void {
  const record = recordOf(run)!
  expect(record.state).toBe('stopped')
  expect(record.figures.test!.accuracy).toBeGreaterThan(0.05)
  expect(existsSync(join(run, 'model.onnx'))).toBe(true)
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

describe.skipIf(!posix)(posix ? 'a run whose group is ended' : 'skipped: Windows has no signals', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'by %s, sent to process and group like timeout and shells do, is evaluated and saved, and exits with 130',
    { timeout: TIMEOUT },
    async (signal) => {
      const run = join((await temporaryFolder()).path, 'run')
      const { child, ended } = start(process.execPath, [CLI, ...words, '--out', run])
      await untilTraining(run)
      process.kill(child.pid!, signal)
      process.kill(-child.pid!, signal)
      expect(await ended).toBe(130)
      expectSaved(run)
    },
  )

  it('because its terminal closes is evaluated and saved', { timeout: TIMEOUT }, async () => {
    const run = join((await temporaryFolder()).path, 'run')
    // Progress is printed to a separate terminal, which closes with the program that created it.
    const command = [process.execPath, CLI, ...words.slice(0, -1), '--out', run].map((word) => `'${word}'`).join(' ')
    const { child } = start('script', ['-qfc', command, '/dev/null'])
    await untilTraining(run)
    process.kill(child.pid!, 'SIGKILL')
    await expect.poll(() => recordOf(run)?.state, { timeout: TIMEOUT }).toBe('stopped')
    expectSaved(run)
    await expect.poll(() => isRunning(recordOf(run)!.process.id), { timeout: TIMEOUT }).toBe(false)
  })

  it.skipIf(!canMount)(
    'because the disk with its log is full is evaluated and saved',
    { timeout: TIMEOUT },
    async () => {
      const run = join((await temporaryFolder()).path, 'run')
      const log = openSync(join(smallDisk(64), 'log'), 'w')
      const { ended } = start(process.execPath, [CLI, ...words, '--out', run], log)
      closeSync(log)
      expect(await ended).toBe(130)
      expectSaved(run)
    },
  )
})
