/** A disk that fills up, and a file size limit, while a run is written: on a real file system, with a real run. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ProblemError, type Problem } from '#core/problems/problem'
import { EngineHost } from '../../../src-main/engine/host/host'
import { forkLauncher } from '../../../src-main/engine/host/launcher'
import type { RunRecord } from '../../../src-main/runs/record'
import { BEST, LAST, openRun, readBestWeights, readLast, RECORD } from '../../../src-main/runs/store'
import { canMount, smallDisk } from '../../support/smallDisk'
import { freshFolder, projectsFolder, sampleProject, train } from '../engine/training/trainHere'
import { eventually } from '../../support/eventually'

/** What another program has written to the disk. */
const OTHER = 'other program'

/** Runs a system tool. */
function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'ignore' })
}

async function failureOf(training: Promise<unknown>): Promise<Problem> {
  try {
    await training
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!
    throw error
  }
  throw new Error('the run did not fail')
}

/** Trains until, after a checkpoint, another program fills the disk except for a few blocks. */
function failWithBlocksLeft(disk: string, out: string, left: number): Promise<Problem> {
  const job = { project: sampleProject('mnist-mlp', { epochs: 3 }), projectFolder: projectsFolder, out, limit: 2000 }
  let filled = false
  const training = train(job, (event, control) => {
    if (filled) return
    if (event.event === 'state' && event.state === 'paused') {
      void eventually(() => expect(existsSync(join(out, LAST))).toBe(true)).then(() => {
        control.apply({ action: 'resume' })
      })
      return
    }
    // A pause writes a checkpoint; then another program fills the rest of the disk.
    if (event.event === 'epoch' && event.epoch === 1) control.apply({ action: 'pause' })
    if (event.event !== 'epoch' || event.epoch !== 2) return
    filled = true
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(join(disk, OTHER), new Uint8Array((bavail - left) * bsize))
  })
  return failureOf(training)
}

/** Temporary files of the run. */
const leftovers = (run: string) =>
  readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.tmp'))

describe.skipIf(!canMount)('a full disk (skipped if no file system can be mounted)', () => {
  it('ends the run with a problem that reports the file, the space it needs, and what is kept', async () => {
    const out = join(smallDisk(300), 'run')
    const problem = await failureOf(
      train({ project: sampleProject('mnist-mlp', { epochs: 2 }), projectFolder: projectsFolder, out, limit: 2000 }),
    )
    expect(problem).toMatchObject({ code: 'run-write', message: 'The disk is full.', received: 'ENOSPC' })
    expect(problem.place.file).toBe(join(out, BEST))
    // 101,770 weights of four bytes, plus the header.
    expect(problem.data!.bytes).toBeGreaterThan(407_080)
    expect(problem.expected).toContain(`${String(problem.data!.bytes)} bytes`)
    expect(problem.fix).toContain('Free some space')
    expect(problem.fix).toContain('Then start it again. No checkpoint had been written yet')
    expect(leftovers(out)).toEqual([])
    const { record } = await openRun(out)
    expect(record).toMatchObject({ state: 'interrupted', problems: [{ code: 'run-write' }] })
  })

  it('leaves earlier checkpoints intact', async () => {
    const disk = smallDisk(4000)
    const out = join(disk, 'run')
    const problem = await failWithBlocksLeft(disk, out, 2)
    expect(problem).toMatchObject({ code: 'run-write', received: 'ENOSPC' })
    expect(problem.fix).toContain(`Then resume the run. Kept: the best weights (epoch 1)`)
    expect(problem.fix).toContain(join(out, LAST))
    expect((await readBestWeights(out)).epoch).toBe(1)
    expect((await readLast(out)).position).toMatchObject({ epoch: 1, step: 32 })
    expect(leftovers(out)).toEqual([])
    rmSync(join(disk, OTHER))
    const resumed = await train({ resume: out })
    expect(resumed.finished).toMatchObject({ reason: 'completed', epochs: 3 })
  })

  it('can still record the end of a run without a single free block, in reserved space', async () => {
    const disk = smallDisk(4000)
    const out = join(disk, 'run')
    expect(await failWithBlocksLeft(disk, out, 0)).toMatchObject({ code: 'run-write', received: 'ENOSPC' })
    // This process is still alive, so a record that said "running" would be taken as true.
    expect((await openRun(out)).record).toMatchObject({ state: 'interrupted', problems: [{ code: 'run-write' }] })
  })
})

const hasPrlimit = process.platform === 'linux' && limits()

function limits(): boolean {
  try {
    run('prlimit', ['--version'])
    return true
  } catch {
    return false
  }
}

/** Trains in an engine of the host that, from the start of the run, is limited to files of this size. */
async function failWithFilesLimited(host: EngineHost, out: string, bytes: number): Promise<Problem> {
  const project = sampleProject('mnist-mlp', { epochs: 200 })
  const handle = host.train({ project, projectFolder: projectsFolder, out, limit: 2000 })
  for await (const event of handle.events)
    if (event.event === 'start') run('prlimit', ['--pid', String((await storedRecord(out)).process.id), `--fsize=${bytes}`])
  return failureOf(handle.finished)
}

const storedRecord = async (run: string) => JSON.parse(await readFile(join(run, RECORD), 'utf8')) as RunRecord

describe.skipIf(!hasPrlimit)('a file size limit (skipped if prlimit is missing)', () => {
  it('fails the run like a full disk does, but not the process', async () => {
    const host = new EngineHost(forkLauncher())
    onTestFinished(() => host.close())
    const out = freshFolder()
    const problem = await failWithFilesLimited(host, out, 200_000)
    expect(problem).toMatchObject({ code: 'run-write', received: 'EFBIG' })
    expect((await openRun(out)).record.state).toBe('interrupted')
    expect((await host.devices())[0]!.available).toBe(true)
  })

  it('that prevents even recording the end exits the engine, so that the run counts as interrupted', async () => {
    const host = new EngineHost(forkLauncher())
    onTestFinished(() => host.close())
    const out = freshFolder()
    expect(await failWithFilesLimited(host, out, 0)).toMatchObject({ code: 'run-write', received: 'EFBIG' })
    expect((await storedRecord(out)).state).toBe('running')
    await eventually(async () => {
      // An engine that was kept would respond to this, and stay alive.
      await host.devices()
      expect((await openRun(out)).record.state).toBe('interrupted')
    })
  })
})
