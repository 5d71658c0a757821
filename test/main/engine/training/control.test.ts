/** Controls of a run in progress, and resuming it afterwards. */
import { cpSync, existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '#core/runs/events'
import { openRun, readBestWeights, readLast, readMetrics } from '../../../../src-main/runs/store'
import { problemsOf } from '../../data/temporaryFolder'
import { freshFolder, insertAfter, lossesOf, newRun, projectsFolder, sampleProject, train } from './trainHere'

/** Stops a run once a step at or beyond `step` is reported. */
const stopAt = (step: number) => (event: RunEvent, control: { apply(c: { action: 'stop' }): void }) => {
  if (event.event === 'step' && event.step >= step) control.apply({ action: 'stop' })
}

describe('a run that receives a command to', () => {
  it('stop ends with weights, metrics and a model of its progress, and reports that it was stopped', async () => {
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

  it('pause takes no step while paused, and then continues', async () => {
    let asked = 0
    const seen: RunEvent[] = []
    const { losses } = await train(newRun(sampleProject('mnist-mlp', { epochs: 2 })), (event, control) => {
      seen.push(event)
      if (event.event === 'step' && asked < 3 && event.step > 100 * (asked + 1)) {
        asked++
        control.apply({ action: 'pause' })
      }
      // Later than the engine's pending work.
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
  it('has a checkpoint to resume from before the epoch ends', async () => {
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

describe('a stopped run', () => {
  it('resumes as if it had never stopped, even from the middle of an epoch', async () => {
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

  it('resumes from the last checkpoint if the log is longer', async () => {
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

  it('keeps every loss of the log if its checkpoint is amid the steps of one line', async () => {
    const project = sampleProject('penguins', { epochs: 3 })
    const whole = await train(newRun(project))
    const job = newRun(project)
    await train(job, stopAt(1))
    const { position } = await readLast(job.out)
    // A line with all steps up to the checkpoint and two beyond it.
    const log = join(job.out, 'metrics.jsonl')
    const step = position.step + 2
    const losses = whole.losses.slice(0, step)
    const line = { event: 'step', epoch: 1, step, train: {}, losses, metrics: losses.map((_, i) => i), loss: 1 }
    await writeFile(log, `${JSON.stringify(line)}\n`)
    await train({ resume: job.out })
    const kept = await readMetrics(job.out)
    expect(lossesOf(kept)).toEqual(whole.losses)
    // And the metric of each of these steps only.
    const metrics = kept.flatMap((point) => (point.event === 'step' ? point.metrics! : []))
    expect(metrics).toHaveLength(whole.losses.length)
    expect(metrics.slice(0, position.step)).toEqual(losses.slice(0, position.step).map((_, i) => i))
  })

  it('is resumed by only one of two concurrent requests, each in a separate process', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 3 }))
    await train(job, stopAt(1))
    // Both have checked the run before either begins to write, no matter how long the data takes.
    const both = await Promise.allSettled([train({ resume: job.out }), train({ resume: job.out })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { problems: [{ code: 'run-elsewhere' }] },
    })
    expect(lossesOf(await readMetrics(job.out))).toEqual(
      (await train(newRun(sampleProject('penguins', { epochs: 3 })))).losses,
    )
  })

  it('is started by only one of two requests for the same folder', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 2 }))
    const both = await Promise.allSettled([train(job), train(job)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { problems: [{ code: 'run-write', message: 'The folder holds a run already.' }] },
    })
    expect((await readMetrics(job.out)).filter(({ event }) => event === 'epoch')).toHaveLength(2)
  })

  it('has reported every step of an epoch when the epoch is reported', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 40 }))
    let told = 0
    await train(job, (event) => {
      if (event.event === 'step') told += event.losses.length
      if (event.event !== 'epoch') return
      expect(told).toBe(event.step)
    })
    expect(told).toBe(40 * 7)
  })

  it('continues beyond its end when more epochs are requested, and its log contains every step', async () => {
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

  it('restarts its patience if it had ended early', async () => {
    const earlyStopping = { metric: 'loss', patience: 2, minDelta: 10 }
    const job = newRun(sampleProject('penguins', { epochs: 20, earlyStopping }))
    expect((await train(job)).finished).toMatchObject({ reason: 'early-stopping', epochs: 3 })
    expect((await train({ resume: job.out, epochs: 20 })).finished).toMatchObject({
      reason: 'early-stopping',
      epochs: 5,
    })
  })

  it('is not resumed while another process writes it, unless forced', async () => {
    const job = newRun(sampleProject('penguins', { epochs: 4 }))
    await train(job, stopAt(1))
    const file = join(job.out, 'run.json')
    const record = JSON.parse(await readFile(file, 'utf8')) as { state: string; process: unknown }
    record.state = 'running'
    // The process running the tests.
    record.process = { id: process.ppid, host: hostname() }
    await writeFile(file, JSON.stringify(record))
    expect(await problemsOf(train({ resume: job.out }))).toMatchObject([
      { code: 'run-elsewhere', received: `process ${process.ppid} on ${hostname()}` },
    ])
    expect((await train({ resume: job.out, force: true })).finished).toMatchObject({ reason: 'completed', epochs: 4 })
  })

  it('is not resumed if it was complete, is not a run, or its data has changed', async () => {
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
