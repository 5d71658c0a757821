/** Ctrl-C and closed pipes: the run stops, keeps its weights, and can be resumed. */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../data/temporaryFolder'
import { parseLines, theLine, type Line } from './eventSchemas'
import { CLI, runCli, sample } from './runCli'

const windows = process.platform === 'win32'
const words = ['train', sample('mnist-mlp'), '--limit', '20000', '--epochs', '50', '--threads', '1', '--json']

/** Trains until an epoch and some steps of the next are done, then interrupts. */
async function interrupted(
  run: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; lines: Line[]; stderr: string }> {
  let sent = false
  const { code, stdout, stderr } = await runCli([...words, '--out', run], {
    onOutput(text, kill) {
      if (!sent && /"event":"epoch".*\n.*"event":"step"/.test(text)) {
        sent = true
        kill(signal)
      }
    },
  })
  return { code, lines: parseLines(stdout), stderr }
}

describe.skipIf(windows)(windows ? 'skipped: Windows has no signals to send' : 'an interrupted run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s exits with 130, evaluated and saved', async (signal) => {
    const run = join((await temporaryFolder()).path, 'run')
    const { code, lines, stderr } = await interrupted(run, signal)
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
    const end = theLine(lines, 'finished')
    expect(end).toMatchObject({ reason: 'stopped', run })
    expect(end.epochs).toBeLessThan(50)
    expect(end.test!['accuracy']).toBeGreaterThan(0.5)
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'stopped' })
  })

  it('resumes where it stopped, as if never interrupted', async () => {
    const { path } = await temporaryFolder()
    const short = ['train', sample('mnist-mlp'), '--limit', '20000', '--epochs', '3', '--threads', '1', '--json']
    const whole = parseLines((await runCli([...short, '--out', join(path, 'whole')])).stdout)
    let sent = false
    const first = await runCli([...short, '--out', join(path, 'parts')], {
      onOutput(text, kill) {
        if (!sent && text.includes('"event":"step"')) kill('SIGINT')
        sent ||= text.includes('"event":"step"')
      },
    })
    expect(first.code).toBe(130)
    const { checkpoint } = theLine(parseLines(first.stdout), 'finished')
    const second = await runCli(['resume', join(path, 'parts'), '--json'])
    expect(second.code).toBe(0)
    expect(theLine(parseLines(second.stdout), 'start').resumed).toEqual(checkpoint)
    expect((await runCli(['resume', join(path, 'parts'), '--json'])).code).toBe(2)
    const losses = (lines: readonly Line[]) => lines.flatMap((line) => (line.event === 'step' ? line.losses : []))
    expect([...losses(parseLines(first.stdout)), ...losses(parseLines(second.stdout))]).toEqual(losses(whole))
  })

  it('exits immediately on a second interruption, and leaves no engine behind', async () => {
    const run = join((await temporaryFolder()).path, 'run')
    let sent = false
    let again: NodeJS.Timeout | undefined
    const { code } = await runCli(['train', sample('resnet-tiny'), '--threads', '1', '--json', '--out', run], {
      onOutput(text, kill) {
        if (sent || !text.includes('"event":"step"')) return
        sent = true
        kill('SIGINT')
        // One that follows immediately counts as the same request; a user who waits presses again.
        again = setInterval(() => kill('SIGINT'), 100)
      },
    })
    clearInterval(again)
    expect(code).toBe(130)
    const { process: engine } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { process: { id: number } }
    await expect.poll(() => isRunning(engine.id)).toBe(false)
  })

  it('is also one whose output was closed', async () => {
    const run = join((await temporaryFolder()).path, 'run')
    const command = [process.execPath, CLI, ...words, '--out', run].map((word) => `'${word}'`).join(' ')
    const { status, stderr } = spawnSync('bash', ['-c', `${command} | head -1 > /dev/null; exit \${PIPESTATUS[0]}`], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' })
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({ state: 'stopped' })
  })
})

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}
