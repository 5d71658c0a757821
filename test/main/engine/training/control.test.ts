/** What can be asked of a run while it goes on, and going on with it afterwards. */
import { cpSync, existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '#core/runs/events'
import { openRun, readBestWeights, readLast, readMetrics } from '../../../../src-main/runs/store'
import { problemsOf } from '../../data/temporaryFolder'
import { freshFolder, insertAfter, lossesOf, newRun, projectsFolder, sampleProject, train } from './trainHere'

/** Stops a run when a step at or beyond `step` has been told. */
const stopAt = (step: number) => (event: RunEvent, control: { apply(c: { action: 'stop' }): void }) => {
  if (event.event === 'step' && event.step >= step) control.apply({ action: 'stop' })
}

describe('a run that is asked to', () => {
  it('stop ends with weights, figures and a model of what it learned, and says that it was stopped', async () => {
    const { finished, events } = await train(newRun(sampleProject('mnist-mlp', { epochs: 50 })), stopAt(100))
    expect(finished.reason).toBe('stopped')
    expect(finished.epochs).toBe(0)
    expect(finished.test!.accuracy).toBeGreaterThan(0.5)
    expect(events.some((event) => event.event === 'state' && event.state === 'stopping')).toBe(true)
    const { record } = await openRun(finished.run)
    expect(record).toMatchObject({ state: 'stopped', reason: 'stopped', model: 'model.onnx' })
    const { position } = await readLast(finished.run)
    expect(position.step).toBe(record.progress.steps)
  })

  it('takes no step while paused, and goes on', async () => {
    let asked = 0
    const seen: RunEvent[] = []
    const { losses } = await train(newRun(sampleProject('mnist-mlp', { epochs: 2 })), (event, control) => {
      seen.push(event)
      if (event.event === 'step' && asked < 3 && event.step > 100 * (asked + 1)) {
        asked++
        control.apply({ action: 'pause' })
      }
      // Later than what the engine still has in hand.
      if (event.event === 'state' && event.state === 'paused') setTimeout(() => control.apply({ action: 'resume' }), 50)
    })
    const told = seen.flatMap((event) =>
      event.event === 'state' ? [event.state] : event.event === 'step' ? ['step' as const] : [],
    )
    const afterPauses = told.flatMap((_, i) => (told[i - 1] === 'paused' ? [told[i]] : []))
    expect(afterPauses).toEqual(['training', 'training', 'training'])
    expect(losses).toHaveLength(2 * 844)
  })
})

describe('a run with a long epoch', () => {
  it('has a checkpoint to go on from before the epoch ends', async () => {
    const job = newRun(sampleProject('mnist-cnn', { epochs: 1, batchSize: 1 }), 3000)
    const last = join(job.out, 'checkpoints', 'last.safetensors')
    let found = false
    const { finished, epochs } = await train(job, (event, control) => {
      if (event.event !== 'step' || found || !existsSync(last)) return
      found = true
      control.apply({ action: 'stop' })
    })
    expect({ found, reason: finished.reason, epochs: epochs.length }).toEqual({
      found: true,
      reason: 'stopped',
      epochs: 0,
    })
  })
})

describe('a run that was stopped', () => {
  it('goes on as if it had never stopped, also from the middle of an epoch', async () => {
    const base = sampleProject('mnist-mlp', { epochs: 2, optimizer: { kind: 'adam' }, schedule: { kind: 'cosine' } })
    const project = insertAfter(base, 'relu1', 'dropout', { p: 0.2 })
    const whole = await train(newRun(project, 9000))
    const job = newRun(project, 9000)
    const first = await train(job, stopAt(30))
    const { position } = await readLast(job.out)
    expect(position.epoch).toBe(0)
    expect(position.stepInEpoch).toBeGreaterThanOrEqual(30)
    expect(position.stepInEpoch).toBeLessThan(141)
    const second = await train({ resume: job.out })
    expect([...first.losses, ...second.losses]).toEqual(whole.losses)
    const figures = ({ epochs }: typeof whole) => epochs.map(({ train, validation }) => ({ train, validation }))
    expect(figures(second)).toEqual(figures(whole))
    expect(second.finished).toMatchObject({ reason: 'completed', test: whole.finished.test, epochs: 2 })
    const log = await readMetrics(job.out)
    expect(lossesOf(log)).toEqual(whole.losses)
    const [ours, theirs] = [await readBestWeights(job.out), await readBestWeights(whole.finished.run)]
    expect(ours.epoch).toBe(theirs.epoch)
    expect([...ours.weights]).toEqual([...theirs.weights])
  })

  it('goes on from the last checkpoint where the log has grown beyond it', async () => {
    const project = sampleProject('penguins', { epochs: 6 })
    const whole = await train(newRun(project))
    const job = newRun(project)
    const cut = freshFolder()
    await train(job, (event, control) => {
      if (event.event === 'epoch' && event.epoch === 3) control.apply({ action: 'stop' })
    })
    cpSync(job.out, cut, { recursive: true })
    const log = join(cut, 'metrics.jsonl')
    const beyond = { event: 'step', epoch: 4, step: 27, loss: 9, losses: [9] }
    await writeFile(log, `${await readFile(log, 'utf8')}${JSON.stringify(beyond)}\n{"event":"step","epoch":4,"st`)
    await train({ resume: cut })
    expect(lossesOf(await readMetrics(cut))).toEqual(whole.losses)
    expect((await openRun(cut)).record).toMatchObject({
      state: 'completed',
      progress: whole.epochs.length && { epochs: 6 },
    })
  })

  it('keeps every loss of the log where its checkpoint lies amid the steps that one line tells of', async () => {
    const project = sampleProject('penguins', { epochs: 3 })
    const whole = await train(newRun(project))
    const job = newRun(project)
    await train(job, stopAt(1))
    const { position } = await readLast(job.out)
    // A line that tells of all steps up to the checkpoint and of two beyond it.
    const log = join(job.out, 'metrics.jsonl')
    const step = position.step + 2
    const losses = whole.losses.slice(0, step)
    const line = { event: 'step', epoch: 1, step, train: {}, losses, metrics: losses.map((_, i) => i), loss: 1 }
    await writeFile(log, `${JSON.stringify(line)}\n`)
    await train({ resume: job.out })
    const kept = await readMetrics(job.out)
    expect(lossesOf(kept)).toEqual(whole.losses)
    // And the metric of each of these steps, no more.
    const metrics = kept.flatMap((point) => (point.event === 'step' ? point.metrics! : []))
    expect(metrics).toHaveLength(whole.losses.length)
    expect(metrics.slice(0, position.step)).toEqual(losses.slice(0, position.step).map((_, i) => i))
  })

  it('is gone on with by one of two who ask for it at the same time, each in a process of its own', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 3 }))
    await train(job, stopAt(1))
    // Both have looked at the run before either begins to write, however long the data takes.
    const both = await Promise.allSettled([train({ resume: job.out }), train({ resume: job.out })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { problems: [{ code: 'run-elsewhere' }] },
    })
    expect(lossesOf(await readMetrics(job.out))).toEqual(
      (await train(newRun(sampleProject('penguins', { epochs: 3 })))).losses,
    )
  })

  it('is begun by one of two who want the same folder', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 2 }))
    const both = await Promise.allSettled([train(job), train(job)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { problems: [{ code: 'run-write', message: 'The folder holds a run already.' }] },
    })
    expect((await readMetrics(job.out)).filter(({ event }) => event === 'epoch')).toHaveLength(2)
  })

  it('has told of every step of an epoch when the epoch is told', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 40 }))
    let told = 0
    await train(job, (event) => {
      if (event.event === 'step') told += event.losses.length
      if (event.event !== 'epoch') return
      expect(told).toBe(event.step)
    })
    expect(told).toBe(40 * 7)
  })

  it('goes on beyond its end when more epochs are asked for, and its log holds every step', async () => {
    const whole = await train(newRun(sampleProject('penguins', { epochs: 5 })))
    const job = newRun(sampleProject('penguins', { epochs: 2 }))
    await train(job)
    expect(await problemsOf(train({ resume: job.out, epochs: 2 }))).toMatchObject([
      { code: 'run-ended', expected: 'more than 2 epochs', received: '2 epochs' },
    ])
    const { events, finished } = await train({ resume: job.out, epochs: 5 })
    expect(events.find(({ event }) => event === 'start')).toMatchObject({ epochs: 5, resumed: { epoch: 3, step: 14 } })
    expect(finished).toMatchObject({ reason: 'completed', epochs: 5, test: whole.finished.test! })
    expect(lossesOf(await readMetrics(job.out))).toEqual(whole.losses)
    const { record } = await openRun(job.out)
    expect(record).toMatchObject({ state: 'completed', resumed: [{ step: 14, epochs: 5 }] })
    expect(record.project.training.epochs).toBe(5)
  })

  it('waits anew where it had ended because nothing got better', async () => {
    const earlyStopping = { metric: 'loss', patience: 2, minDelta: 10 }
    const job = newRun(sampleProject('penguins', { epochs: 20, earlyStopping }))
    expect((await train(job)).finished).toMatchObject({ reason: 'early-stopping', epochs: 3 })
    expect((await train({ resume: job.out, epochs: 20 })).finished).toMatchObject({
      reason: 'early-stopping',
      epochs: 5,
    })
  })

  it('is not gone on with while another process writes it, unless one insists', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 4 }))
    await train(job, stopAt(1))
    const file = join(job.out, 'run.json')
    const record = JSON.parse(await readFile(file, 'utf8')) as { state: string; process: unknown }
    record.state = 'running'
    // The process that runs the tests.
    record.process = { id: process.ppid, host: hostname() }
    await writeFile(file, JSON.stringify(record))
    expect(await problemsOf(train({ resume: job.out }))).toMatchObject([
      { code: 'run-elsewhere', received: `process ${process.ppid} on ${hostname()}` },
    ])
    expect((await train({ resume: job.out, force: true })).finished).toMatchObject({ reason: 'completed', epochs: 4 })
  })

  it('does not go on where it was complete, where it is no run, or where its data has changed', async () => {
    const { finished } = await train(newRun(sampleProject('penguins', { epochs: 1 })))
    expect(await problemsOf(train({ resume: finished.run }))).toMatchObject([{ code: 'run-ended' }])
    expect(await problemsOf(train({ resume: projectsFolder }))).toMatchObject([{ code: 'run-missing' }])
    const file = join(finished.run, 'run.json')
    const record = JSON.parse(await readFile(file, 'utf8')) as { state: string; data: { fingerprint: string } }
    record.state = 'stopped'
    record.data.fingerprint = 'f'.repeat(64)
    await writeFile(file, JSON.stringify(record))
    expect(await problemsOf(train({ resume: finished.run }))).toMatchObject([{ code: 'data-checksum' }])
  })
})
