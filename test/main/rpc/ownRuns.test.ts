/** Runs and their projects: the id, the state at the start, the test set, and the inputs of the run's model. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { projectSchema, type Project } from '#core/graph/project'
import type { Client } from '#core/rpc/client'
import { startHost, temporaryFolder } from './hostFixture'

const resources = join(import.meta.dirname, '../../../resources')

/** A host whose engines count looks where it reads them. */
async function start(file?: string) {
  const dataFolder = await temporaryFolder()
  vi.stubEnv('LAYERLOOM_HOME', dataFolder)
  onTestFinished(() => void vi.unstubAllEnvs())
  const dialogs = file === undefined ? undefined : { open: async () => [file], save: async () => file }
  const started = await startHost({ dataFolder, ...(dialogs && { dialogs }) })
  onTestFinished(() => started.host.close())
  return started
}

async function penguins(change: Partial<Project> = {}): Promise<Project> {
  const text = await readFile(join(resources, 'projects/penguins.loom'), 'utf8')
  const project = projectSchema.parse(JSON.parse(text))
  const training = { ...project.training, device: 'cpu' as const, threads: 1, epochs: 1, earlyStopping: null }
  return { ...project, training, ...change }
}

/** Trains to the end and returns the last event. */
async function train(client: Client, project: Project, file: Parameters<Client['run']['start']>[0]['file'] = null) {
  const { run } = await client.run.start({ project, file })
  for await (const update of await client.run.watch({ run }))
    if (update.type === 'event' && update.event.event === 'finished') return { run, end: update.event }
  throw new Error('the run did not finish')
}

describe('the test set', () => {
  it('is opened by no run of a window, but measured on request, counted once', async () => {
    const { client } = await start()
    const project = await penguins()
    const { run, end } = await train(client, project)
    expect(end.test).toBeUndefined()
    expect(end.validation?.accuracy).toBeGreaterThan(0)
    expect(await client.run.testSet({ run })).toEqual({ samples: 52, looks: 0 })
    expect((await client.run.open({ run })).test).toBeNull()

    const { figures, samples, looks } = await client.run.measureTest({ run })
    expect({ samples, looks }).toEqual({ samples: 52, looks: 1 })
    expect(Object.keys(figures)).toEqual(['loss', 'accuracy'])
    expect((await client.run.open({ run })).test).toEqual(figures)
    const input = { data: project.data, task: project.task, file: null }
    expect(await client.data.testLooks(input)).toEqual({ looks: 1 })
    expect((await client.data.unsealTest(input)).looks).toBe(2)
    expect((await client.run.testSet({ run })).looks).toBe(2)
  })
})

describe('the project of a run', () => {
  it('is found by its id, and opens with its data, wherever it was trained', async () => {
    const folder = await temporaryFolder()
    await cp(join(resources, 'data/penguins.csv'), join(folder, 'birds.csv'))
    const project = await penguins({ id: 'the-birds-1' })
    const source = { kind: 'table' as const, path: 'birds.csv', label: 'Species', columns: [] }
    const file = join(folder, 'birds.loom')
    await writeFile(file, JSON.stringify({ ...project, data: { ...project.data, source } }))
    const { client } = await start(file)
    const [chosen] = await client.dialog.open({ kind: 'project' })
    const opened = await client.project.open({ file: chosen!.id })
    const { run } = await train(client, opened.project!, chosen!.id)
    const summary = (await client.run.list()).runs.find((one) => one.run === run)
    expect(summary).toMatchObject({ document: 'the-birds-1', images: false })
    const again = await client.run.project({ run })
    expect(again).toMatchObject({ document: 'the-birds-1', startedAt: summary!.startedAt })
    expect(again.project.data.source).toEqual({ ...source, path: join(folder, 'birds.csv') })
    const { data, task } = again.project
    const there = await client.data.inspect({ data: opened.project!.data, task, file: chosen!.id })
    expect((await client.data.inspect({ data, task, file: null })).counts).toEqual(there.counts)
  })

  it('from before ids existed is found by its folder and name', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'old.loom')
    await writeFile(file, JSON.stringify(await penguins({ name: 'Old birds' })))
    const { client } = await start(file)
    const [chosen] = await client.dialog.open({ kind: 'project' })
    // Like an earlier version: it sent the project of the file, which had no id.
    const { run } = await train(client, await penguins({ name: 'Old birds' }), chosen!.id)
    const summary = (await client.run.list()).runs.find((one) => one.run === run)
    expect((await client.project.open({ file: chosen!.id })).project?.id).toBe(summary?.document)
  })
})

describe("the inputs of a run's model", () => {
  it("are the run's own columns, with the medians of its training split and what the network reads of them", async () => {
    const { client } = await start()
    const { run } = await train(client, await penguins())
    const form = await client.inference.form({ run })
    expect(form).toMatchObject({ kind: 'table', dtype: 'float32', shape: [6] })
    const names = form.columns!.map(({ name }) => name)
    expect(names).toEqual([
      'Island',
      'Beak Length (mm)',
      'Beak Depth (mm)',
      'Flipper Length (mm)',
      'Body Mass (g)',
      'Sex',
    ])
    expect([form.start![0], form.start![5]]).toEqual(['Biscoe', expect.stringMatching(/^(FE)?MALE$/)])
    const { data, task } = await penguins()
    const { samples } = await client.data.samples({ data, task, file: null, split: 'train', start: 0, count: 256 })
    for (const c of [1, 2, 3, 4]) {
      const cells = samples.map(({ raw }) => raw[c]!).filter((cell) => !Number.isNaN(cell))
      const sorted = cells.sort((a, b) => a - b)
      const middle = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
      expect(form.start![c]).toBeCloseTo(middle, 5)
    }
    expect(form.prepared.filter(({ source }) => source === 0).map(({ name }) => name)).toEqual([
      'Island=Biscoe',
      'Island=Dream',
      'Island=Torgersen',
    ])
    const answer = await client.inference.predict({ run, input: { kind: 'row', cells: form.start! } })
    expect(answer.answers[0]!.fed).toHaveLength(form.prepared.length)
  })

  it('preserve cells exactly, even if float32 would round them', async () => {
    const path = join(await temporaryFolder(), 'seconds.csv')
    const rows = Array.from({ length: 60 }, (_, i) => `${1_700_000_000 + i},${['a', 'b', 'c'][i % 3]}`)
    await writeFile(path, ['second,label', ...rows].join('\n'))
    const { data } = await penguins()
    const source = { kind: 'table' as const, path, label: 'label', columns: [] }
    const { client } = await start()
    const { run } = await train(
      client,
      await penguins({ data: { ...data, source, preprocess: [{ kind: 'standardize' }] } }),
    )
    const bytes = new TextEncoder().encode('second\n1700000001\n')
    for (const input of [
      { kind: 'row' as const, cells: [1_700_000_001] },
      { kind: 'file' as const, name: 'new.csv', bytes },
    ]) {
      const { answers } = await client.inference.predict({ run, input })
      expect(answers[0]!.raw).toEqual(Float64Array.of(1_700_000_001))
    }
  })
})
