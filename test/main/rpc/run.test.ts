/**
 * Runs through the contract, on the real engine process: started, watched, controlled, found on disk, exported, used
 * for predictions.
 */
import { access, cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Client } from '#core/rpc/client'
import type { RunUpdate } from '#core/rpc/contract/run'
import { projectSchema, type Project } from '#core/graph/project'
import { startHost } from './hostFixture'
import { eventually } from '../../support/eventually'

const TIMEOUT = 300_000

async function readTemplate(name: string, training: Partial<Project['training']> = {}): Promise<Project> {
  const text = await readFile(join(import.meta.dirname, '../../../resources/projects', `${name}.loom`), 'utf8')
  const project = projectSchema.parse(JSON.parse(text))
  return { ...project, training: { ...project.training, device: 'cpu', threads: 1, ...training } }
}

async function start() {
  const started = await startHost()
  onTestFinished(() => started.host.close())
  return started
}

/** Reads updates until one matches; returns all updates read. */
async function readUntil(
  stream: AsyncIterator<RunUpdate>,
  fits: (update: RunUpdate) => boolean,
): Promise<readonly RunUpdate[]> {
  const read: RunUpdate[] = []
  for (;;) {
    const next = await stream.next()
    if (next.done === true) throw new Error(`the stream ended after ${JSON.stringify(read.at(-1))}`)
    read.push(next.value)
    if (fits(next.value)) return read
  }
}

const isEvent = (kind: string) => (update: RunUpdate) => update.type === 'event' && update.event.event === kind
const isState = (state: string) => (update: RunUpdate) =>
  update.type === 'event' && update.event.event === 'state' && update.event.state === state

async function trainPenguins(client: Client, epochs = 3): Promise<string> {
  const project = await readTemplate('penguins', { epochs, earlyStopping: null })
  const { run } = await client.run.start({ project, file: null })
  await readUntil(await client.run.watch({ run }), isEvent('finished'))
  return run
}

describe('a run', () => {
  it(
    'is reported from start to end, and is found again on disk with the same curves',
    { timeout: TIMEOUT },
    async () => {
      const { client } = await start()
      const project = await readTemplate('penguins', { epochs: 3, earlyStopping: null })
      const updates = await client.run.watch({ run: 'current' })
      const { run } = await client.run.start({ project, file: null })
      const told = await readUntil(updates, isEvent('finished'))
      expect(told[0]).toMatchObject({ type: 'record', record: { summary: { run, state: 'preparing' } } })
      const epochs = told.flatMap((update) =>
        update.type === 'event' && update.event.event === 'epoch' ? [update.event] : [],
      )
      expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
      const steps = told.flatMap((update) =>
        update.type === 'event' && update.event.event === 'step' ? update.event.losses : [],
      )
      const record = await client.run.open({ run })
      expect(record.summary).toMatchObject({ state: 'completed', epochsDone: 3, name: project.name })
      expect(record.epochs).toEqual(epochs)
      expect([...record.steps.loss]).toEqual(steps.map(Math.fround))
      expect(record.steps.step.at(-1)).toBe(record.plan!.stepsPerEpoch * 3)
      expect((await client.run.list()).runs.map((summary) => summary.run)).toEqual([run])
    },
  )

  it('pauses, resumes and stops, and a joining window gets all of it', { timeout: TIMEOUT }, async () => {
    const { client, openWindow } = await start()
    const project = await readTemplate('mnist-cnn', { epochs: 50 })
    const { run } = await client.run.start({ project, file: null })
    const updates = await client.run.watch({ run })
    await readUntil(updates, isEvent('step'))
    await client.run.pause({ run })
    await readUntil(updates, isState('paused'))
    const joined = await openWindow().client.run.watch({ run: 'current' })
    const first = await joined.next()
    expect(first.value).toMatchObject({ type: 'record', record: { summary: { run, state: 'paused' } } })
    expect((first.value as { record: { steps: { loss: Float32Array } } }).record.steps.loss.length).toBeGreaterThan(0)
    await client.run.resume({ run })
    await readUntil(updates, isState('training'))
    await expect(client.run.start({ project, file: null })).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: 'run-busy' })],
    })
    await client.run.setLearningRate({ run, learningRate: 0.0005 })
    await readUntil(
      updates,
      (update) => update.type === 'event' && update.event.event === 'step' && update.event.learningRate === 0.0005,
    )
    await client.run.stop({ run })
    await readUntil(updates, isState('stopping'))
    const ended = await readUntil(updates, isEvent('finished'))
    expect(ended.at(-1)).toMatchObject({ event: { reason: 'stopped' } })
    expect((await updates.next()).done).toBe(true)
  })

  it(
    'is marked failed when its engine is killed, reports what is kept, and another can be started',
    { timeout: TIMEOUT },
    async () => {
      const { client, dataFolder } = await start()
      const project = await readTemplate('penguins', { epochs: 100_000, earlyStopping: null })
      const { run } = await client.run.start({ project, file: null })
      const updates = await client.run.watch({ run })
      await readUntil(updates, isEvent('epoch'))
      const checkpoint = join(dataFolder, 'runs', run, 'checkpoints', 'last.safetensors')
      await eventually(() => access(checkpoint))
      const record = JSON.parse(await readFile(join(dataFolder, 'runs', run, 'run.json'), 'utf8')) as {
        process: { id: number }
      }
      process.kill(record.process.id, 'SIGKILL')
      const ended = await readUntil(updates, isEvent('error'))
      expect(ended.at(-1)).toMatchObject({
        event: { code: 'engine-died', fix: expect.stringContaining('Kept') as string },
      })
      const kept = await client.run.open({ run })
      expect(kept.summary.state).toBe('interrupted')
      expect(kept.epochs.length).toBeGreaterThan(0)
      expect(kept.end).toMatchObject({ event: 'error', code: 'engine-died' })
      await trainPenguins(client, 1)
      expect((await client.run.list()).runs.map(({ state }) => state)).toEqual(['completed', 'interrupted'])
    },
  )

  it('is listed next to an invalid one, which is reported as damaged', { timeout: TIMEOUT }, async () => {
    const { client, dataFolder } = await start()
    const run = await trainPenguins(client, 1)
    const runs = join(dataFolder, 'runs')
    // A complete run, in a folder whose name is not valid for a run.
    await cp(join(runs, run), join(runs, '.copy'), { recursive: true })
    const listed = await client.run.list()
    expect(listed.runs.map((summary) => summary.run)).toEqual([run])
    expect(listed.damaged.map((damaged) => damaged.run)).toEqual(['.copy'])
  })

  it('moves to the trash and back', { timeout: TIMEOUT }, async () => {
    const { client } = await start()
    const run = await trainPenguins(client, 1)
    await client.run.remove({ run })
    expect((await client.run.list()).runs).toEqual([])
    await expect(client.run.open({ run })).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: 'run-missing' })],
    })
    await client.run.restore({ run })
    expect((await client.run.list()).runs.map((summary) => summary.run)).toEqual([run])
  })

  it('predicts samples, rows and files, and its export agrees with the trainer', { timeout: TIMEOUT }, async () => {
    const { client, host, folder } = await start()
    const run = await trainPenguins(client)
    const sample = await client.inference.predict({ run, input: { kind: 'sample', split: 'validation', position: 0 } })
    const [answer] = sample.answers
    expect([...answer!.outputs].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    expect(answer!.truth).toHaveLength(1)
    expect(answer!.fed).toHaveLength(sample.fedShape[0]!)
    const raw = await client.inference.predict({ run, input: { kind: 'raw', raw: answer!.raw } })
    expect(raw.answers[0]!.outputs).toEqual(answer!.outputs)
    const record = await client.run.open({ run })
    const columns = (await client.data.inspect({ data: record.project.data, task: 'classification', file: null })).facts
      .sample.columns!
    const cells = columns.map((column, c) => {
      const value = answer!.raw[c]!
      if (Number.isNaN(value)) return null
      return column.type === 'numeric' ? value : column.categories[value]!
    })
    const row = await client.inference.predict({ run, input: { kind: 'row', cells } })
    expect(row.answers[0]!.outputs).toEqual(answer!.outputs)
    const quoted = cells.map((cell) => (cell === null ? '' : String(cell))).join(',')
    const csv = `${columns.map(({ name }) => name).join(',')}\n${quoted}\n`
    const file = await client.inference.predict({
      run,
      input: { kind: 'file', name: 'row.csv', bytes: new TextEncoder().encode(csv) },
    })
    expect(file.answers[0]!.outputs).toEqual(answer!.outputs)
    await expect(
      client.inference.predict({ run, input: { kind: 'raw', raw: new Uint8Array(784) } }),
    ).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: 'model-input' })],
    })
    const bytes = new TextEncoder().encode('Island\nBiscoe\n')
    await expect(
      client.inference.predict({ run, input: { kind: 'file', name: '企鹅.csv', bytes } }),
    ).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'data-column', place: { file: '企鹅.csv', column: 'Sex' } }),
      ]) as unknown,
    })
    for (const [input, code] of [
      [{ kind: 'text', text: 'a penguin' }, 'model-input'],
      [{ kind: 'sample', split: 'test', position: 0 }, 'data-sealed'],
    ] as const)
      await expect(client.inference.predict({ run, input })).rejects.toMatchObject({
        problems: [expect.objectContaining({ code })],
      })
    const target = host.files.file(join(folder, 'penguins.onnx'))
    const report = await client.exportModel.onnx({ run, file: target.id })
    expect(report.proof).toBe('data')
    expect(report.samples).toBeGreaterThan(10)
    expect(report.difference).toBeLessThan(1e-5 * Math.max(1, report.scale))
    expect((await readFile(join(folder, 'penguins.onnx'))).length).toBe(report.bytes)
  })
})

describe('the data of a project', () => {
  it('is described, with real samples and their labels', { timeout: TIMEOUT }, async () => {
    const { client } = await start()
    const { data, task } = await readTemplate('mnist-cnn')
    const found = await client.data.inspect({ data, task, file: null })
    expect(found).toMatchObject({ shape: [1, 28, 28], counts: { test: 10_000 } })
    expect(found.counts.train + found.counts.validation).toBe(60_000)
    const { total, samples } = await client.data.samples({
      data,
      task,
      file: null,
      split: 'validation',
      start: 2,
      count: 3,
    })
    expect(total).toBe(found.counts.validation)
    expect(samples).toHaveLength(3)
    for (const { raw, target } of samples) {
      expect(raw).toHaveLength(784)
      expect(Math.max(...raw)).toBeGreaterThan(100)
      expect(target[0]).toBeGreaterThanOrEqual(0)
      expect(target[0]).toBeLessThan(10)
    }
  })
})
