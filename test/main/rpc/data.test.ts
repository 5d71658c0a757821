/** Data through the contract: inspected, prepared step by step, analyzed, sampled, sealed, proposed, cached. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { dataSchema, type DataSource } from '#core/graph/dataSettings'
import type { DataInput, PrepareEvent } from '#core/rpc/contract/data'
import { startHost, temporaryFolder } from './hostFixture'
import { eventually } from '../../support/eventually'

const code = (name: string, more: object = {}) => ({
  problems: [expect.objectContaining({ code: name, fix: expect.any(String) as string, ...more })],
})

/** 60 rows: `x` counts up with a missing cell in every tenth, `class` alternates; the last 12 are the test rows. */
const rows = Array.from({ length: 60 }, (_, i) => {
  const set = i >= 48 ? 'test' : i % 6 === 5 ? 'val' : 'train'
  return `${i % 10 === 3 ? '' : i},${['red', 'blue'][(i >> 1) % 2]},${i % 2 ? 'odd' : 'even'},${set}`
})
const columns = [{ name: 'set', role: 'split' as const }]
const steps = [{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }]

function settings(path: string, preprocess: object[] = steps): DataInput['data'] {
  return dataSchema.parse({ source: { kind: 'table', path, label: 'class', columns }, preprocess })
}

/** A host with its own cache and data file; its dialog returns the file. */
async function start(content = ['x,color,class,set', ...rows].join('\n')) {
  const folder = await temporaryFolder()
  vi.stubEnv('LAYERLOOM_CACHE', join(folder, 'cache'))
  const path = join(folder, '数据.csv')
  await writeFile(path, content)
  const started = await startHost({ dialogs: { open: async () => [path], save: async () => join(folder, 'net.loom') } })
  vi.unstubAllEnvs()
  const [file] = await started.client.dialog.open({ kind: 'data' })
  const input: DataInput = { data: settings(path), task: 'classification', file: null }
  return { ...started, folder, path, file: file!, input }
}

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) all.push(event)
  return all
}

describe('inspecting data', () => {
  it('returns facts, counts, statistics and the completed steps', async () => {
    const { client, input } = await start()
    const data = await client.data.inspect(input)
    expect(data).toMatchObject({
      title: '数据.csv',
      shape: [3],
      columns: ['x', 'color=blue', 'color=red'],
      counts: { train: 40, validation: 8, test: 12 },
      given: ['train', 'validation', 'test'],
      acceptsMissing: [true, true],
      facts: { target: { kind: 'classes', classes: ['even', 'odd'] } },
      notes: [],
    })
    expect(data.steps.map(({ step, hit }) => [step, hit])).toEqual([
      ['read', false],
      ['fill-missing', false],
      ['standardize', false],
      ['one-hot', false],
    ])
    expect(data.statistics.sample[0]).toMatchObject({ missing: 4 })
  })

  it('finds paths relative to the project file', async () => {
    const { client, folder, path } = await start()
    const project = await client.dialog.save({ kind: 'project', suggestedName: 'net' })
    const relative = settings('数据.csv')
    const inspected = await client.data.inspect({ data: relative, task: 'classification', file: project!.id })
    expect(inspected.title).toBe('数据.csv')
    const [target] = await client.dialog.open({ kind: 'data' })
    expect(await client.data.pathFor({ target: target!.id, project: project!.id })).toEqual({ path: '数据.csv' })
    expect(await client.data.pathFor({ target: target!.id, project: null })).toEqual({ path })
    expect(folder).not.toBe('')
  })

  it('fails with the problems of the data, and rejects invalid data settings', async () => {
    const { client, input } = await start('x,color,class,set\n1,red,even,train\n2,blue,even,train\n')
    await expect(client.data.inspect(input)).rejects.toMatchObject(code('data-label'))
    const none = { ...input, data: dataSchema.parse({ source: { kind: 'none' } }) }
    await expect(client.data.inspect(none)).rejects.toMatchObject(code('data-missing'))
    const broken = { ...input, data: { ...input.data, source: { kind: 'magic' } as unknown as DataSource } }
    await expect(client.data.inspect(broken)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('preparing data', () => {
  it('reports the progress of each step and ends with the result of inspecting', async () => {
    const { client, input } = await start()
    const events = await collect(await client.data.prepare(input))
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []))
    expect(new Set(progress.map(({ step }) => step))).toContain('read')
    for (const { done, total } of progress) expect(done).toBeLessThanOrEqual(total ?? Infinity)
    const last = events.at(-1) as Extract<PrepareEvent, { type: 'done' }>
    expect(last.type).toBe('done')
    const { steps: done, ...data } = await client.data.inspect(input)
    expect(last.data).toMatchObject(data)
    expect(done.map(({ key }) => key)).toEqual(last.data.steps.map(({ key }) => key))
  })

  it('detects that the file was rewritten', async () => {
    const { client, input, path } = await start()
    const before = await client.data.inspect(input)
    await writeFile(path, ['x,color,class,set', ...rows, '60,red,even,train'].join('\n'))
    const [last] = (await collect(await client.data.prepare(input))).slice(-1)
    const { data } = last as Extract<PrepareEvent, { type: 'done' }>
    expect(data.counts.train).toBe(before.counts.train + 1)
    expect((await client.data.inspect(input)).fingerprint).toBe(data.fingerprint)
  })

  it('is canceled when the loop is left, and can be started again', async () => {
    const many = Array.from({ length: 200_000 }, (_, i) => `${i},red,${i % 2 ? 'odd' : 'even'},`)
    const { client, input, host } = await start(['x,color,class,set', ...many].join('\n'))
    for await (const event of await client.data.prepare(input)) if (event.type === 'progress') break
    await eventually(async () => expect((await host.cache.summary()).entries).toEqual([]))
    const [last] = (await collect(await client.data.prepare(input))).slice(-1)
    expect(last).toMatchObject({ type: 'done', data: { counts: { train: 180_000 } } })
  })
})

describe('analyzing data', () => {
  it('returns balance, columns, duplicates and the number of looks at the test set', async () => {
    const { client, input } = await start()
    const look = await client.data.look(input)
    expect(look).toMatchObject({
      counts: { train: 40, validation: 8, test: 12 },
      balance: { classes: ['even', 'odd'], counts: { train: [24, 16], validation: [0, 8], test: [6, 6] } },
      testLooks: 0,
    })
    expect(look.columns.map(({ name }) => name)).toEqual(['x', 'color'])
  })

  it('returns samples of a split in order, of one class, or shuffled by a seed', async () => {
    const { client, input } = await start()
    const some = await client.data.samples({ ...input, split: 'train', start: 3, count: 3 })
    expect(some.total).toBe(40)
    expect(some.samples.map(({ index, target }) => [index, ...target])).toEqual([
      [3, 1],
      [4, 0],
      [6, 0],
    ])
    expect([...some.samples[0]!.raw]).toEqual([NaN, 0])
    expect([...some.samples[1]!.raw]).toEqual([4, 1])
    const odd = await client.data.samples({ ...input, split: 'validation', start: 0, count: 256, label: 1 })
    expect([odd.total, odd.samples.length]).toEqual([8, 8])
    const shuffled = await client.data.samples({ ...input, split: 'train', start: 0, count: 40, shuffle: 7 })
    const order = shuffled.samples.map(({ index }) => index)
    expect(order).not.toEqual([...order].sort((a, b) => a - b))
    expect(new Set(order).size).toBe(40)
    const again = await client.data.samples({ ...input, split: 'train', start: 5, count: 2, shuffle: 7 })
    expect(again.samples.map(({ index }) => index)).toEqual(order.slice(5, 7))
    const beyond = await client.data.samples({ ...input, split: 'train', start: 100, count: 5 })
    expect(beyond).toEqual({ total: 40, samples: [] })
  })

  it('shows one sample after every step', async () => {
    const { client, input } = await start()
    const stages = await client.data.stages({ ...input, index: 3 })
    expect(stages.map(({ step }) => step)).toEqual(['read', 'fill-missing', 'standardize', 'one-hot'])
    expect(stages[0]!.sample).toEqual({ kind: 'row', columns: ['x', 'color'], cells: [null, 'blue'] })
    expect(stages[3]!.sample).toMatchObject({ columns: ['x', 'color=blue', 'color=red'], cells: [0, 1, 0] })
    await expect(client.data.stages({ ...input, index: 60 })).rejects.toMatchObject({
      problems: expect.any(Array) as object,
    })
  })
})

describe('the test set', () => {
  it('is sealed until a look at it is counted, and looks add up across restarts', async () => {
    const { client, input, dataFolder } = await start()
    const samples = () => client.data.samples({ ...input, split: 'test', start: 0, count: 2 })
    await expect(samples()).rejects.toMatchObject(code('data-sealed'))
    await expect(client.data.stages({ ...input, index: 50 })).rejects.toMatchObject(code('data-sealed'))
    expect(await client.data.unsealTest(input)).toEqual({ looks: 1 })
    expect((await samples()).samples.map(({ index }) => index)).toEqual([48, 49])
    expect(await client.data.stages({ ...input, index: 50 })).toHaveLength(4)
    expect((await client.data.look(input)).testLooks).toBe(1)
    // Preprocessing does not make it a different test set.
    const other = { ...input, data: { ...input.data, preprocess: [{ kind: 'fill-missing' }, { kind: 'ordinal' }] } }
    expect(await client.data.unsealTest(other)).toEqual({ looks: 2 })
    const later = await startHost({ dataFolder })
    expect((await later.client.data.look(input)).testLooks).toBe(2)
    await expect(later.client.data.samples({ ...input, split: 'test', start: 0, count: 1 })).rejects.toMatchObject(
      code('data-sealed'),
    )
  })
})

describe('a proposal', () => {
  it("is made for a chosen file, and again with the user's changes", async () => {
    const { client, file, path } = await start()
    const proposal = await client.data.propose({ file: file.id })
    expect(proposal).toMatchObject({
      title: '数据.csv',
      task: 'classification',
      count: 60,
      splits: { train: 40, validation: 8, test: 12 },
      source: { kind: 'table', path, label: 'class' },
    })
    const changed = await client.data.propose({
      file: file.id,
      source: { ...(proposal.source as Extract<DataSource, { kind: 'table' }>), label: 'color' },
    })
    expect(changed.classes).toEqual([
      { name: 'blue', count: 30 },
      { name: 'red', count: 30 },
    ])
  })

  it('for anything else reports the problem, and fails only for files unknown to the host', async () => {
    const { client, file } = await start('')
    expect(await client.data.propose({ file: file.id })).toMatchObject({
      source: null,
      problems: [{ code: 'data-empty' }],
    })
    const unknown = 'x'.repeat(22) as typeof file.id
    await expect(client.data.propose({ file: unknown })).rejects.toMatchObject(code('file-unknown'))
    const wrong = { kind: 'table', path: 7 } as unknown as DataSource
    await expect(client.data.propose({ file: file.id, source: wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('the cache', () => {
  it('can be listed, cleared by entry or as a whole, and limited', async () => {
    const { client, input, folder } = await start()
    const { steps: done } = await client.data.inspect(input)
    const before = await client.data.cache()
    expect(before.folder).toBe(join(folder, 'cache'))
    expect(before.entries.map(({ source }) => source)).toEqual(before.entries.map(() => '数据.csv'))
    expect(before.entries.map(({ step }) => step)).toEqual(expect.arrayContaining(['read', 'fill-missing', 'one-hot']))
    expect(before).toMatchObject({ builds: before.entries.length, hits: 0 })
    const read = before.entries.find(({ key }) => key === done[0]!.key)!
    expect(await client.data.clearCache({ keys: [read.key] })).toEqual({ freed: read.bytes })
    const again = await client.data.inspect(input)
    expect(again.steps.map(({ hit }) => hit)).toEqual([false, true, true, true])
    expect((await client.data.clearCache({})).freed).toBeGreaterThan(0)
    expect(await client.data.cache()).toMatchObject({ bytes: 0, entries: [] })
    expect((await client.data.inspect(input)).steps.map(({ hit }) => hit)).toEqual([false, false, false, false])
    await client.data.setCacheLimit({ bytes: 5e9 })
    expect((await client.data.cache()).limit).toBe(5e9)
    await expect(client.data.setCacheLimit({ bytes: 10 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('choosing a data folder without native dialogs', () => {
  it('browses only folders, and returns the chosen folder', async () => {
    const folder = await temporaryFolder()
    for (const name of ['写真/猫', '写真/犬']) await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, 'a.csv'), 'x')
    const { client, host } = await startHost()
    await host.folders.allow(folder)
    const [place] = await client.dialog.places()
    const listing = await client.dialog.browse({ folder: place!.id, kind: 'data-folder' })
    expect(listing.folders.map(({ name }) => name)).toEqual(['写真'])
    expect(listing.files).toEqual([])
    expect((await client.dialog.browse({ folder: place!.id, kind: 'data' })).files).toMatchObject([{ name: 'a.csv' }])
    const chosen = await client.dialog.folder({ folder: listing.folders[0]!.id })
    expect(chosen.name).toBe('写真')
    expect(await client.data.propose({ file: chosen.id })).toMatchObject({ problems: [{ code: 'data-empty' }] })
  })
})
