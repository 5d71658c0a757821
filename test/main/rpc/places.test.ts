/** Browser mode reads only where its open dialog can go: typed paths, paths inside projects, links, lists, runs. */
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { dataSchema, type DataSource } from '#core/graph/dataSettings'
import type { DataInput } from '#core/rpc/contract/data'
import { openDataset } from '../../../src-main/data/openDataset'
import { limitReading } from '../../../src-main/data/readers/readingLimits'
import { sampleProject, startHost, temporaryFolder } from './hostFixture'

const SECRET = 'root:$6$hunter2'
const rows = (cell: string) =>
  ['x,class', ...Array.from({ length: 40 }, (_, i) => `${i},${i % 2 ? 'odd' : cell}`)].join('\n')

/** A 4 × 4 gray image. */
const picture = Buffer.concat([Buffer.from('P5 4 4 255\n'), Buffer.alloc(16, 7)])

/** A place with data, and a folder outside it that links and paths point to. */
async function start() {
  const folder = await temporaryFolder()
  const [place, outside] = [join(folder, '数据'), join(folder, 'outside')]
  for (const name of ['red', 'blue']) await mkdir(join(place, 'photos', name), { recursive: true })
  await mkdir(outside)
  await writeFile(join(place, 'own.csv'), rows('even'))
  await writeFile(join(outside, 'secret.csv'), rows(SECRET))
  await writeFile(join(outside, 'net.loom'), JSON.stringify(sampleProject))
  await writeFile(join(outside, 'p.pgm'), picture)
  await symlink(join(outside, 'secret.csv'), join(place, 'link.csv'))
  await symlink(outside, join(place, 'way-out'))
  for (const name of ['red', 'blue'])
    for (let i = 0; i < 12; i++) await writeFile(join(place, 'photos', name, `${i}.pgm`), picture)
  await symlink(join(outside, 'p.pgm'), join(place, 'photos', 'red', 'linked.pgm'))
  await writeFile(join(place, 'list.csv'), `image,class\n${join(outside, 'p.pgm')},a\nphotos/red/1.pgm,b\n`)
  const started = await startHost({ limitsReading: true })
  onTestFinished(() => started.host.close())
  await started.host.folders.allow(place)
  const [top] = await started.client.dialog.places()
  return { ...started, place, outside, top: top! }
}
afterEach(() => limitReading(undefined))

const settings = (source: DataSource, preprocess: object[] = []) =>
  dataSchema.parse({ source, split: { validation: 0.2, test: 0.2 }, preprocess })
const table = (path: string): DataInput => ({
  data: settings({ kind: 'table', path, label: 'class', columns: [] } as unknown as DataSource),
  task: 'classification',
  file: null,
})

/** The problem of a refused call, which must not reveal anything about its target. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown as { problems?: object[] },
  )
  expect(JSON.stringify(error?.problems)).not.toContain('hunter2')
  expect(error?.problems).toMatchObject([{ code: 'file-outside', fix: expect.stringContaining('--browse') as string }])
  return error!.problems![0] as { message: string; received?: string }
}

describe('a path in a project', () => {
  it('inside a place is read, as are the embedded datasets', async () => {
    const { client, place } = await start()
    expect((await client.data.inspect(table(join(place, 'own.csv')))).counts.train).toBe(24)
    const digits = {
      data: settings({ kind: 'builtin', name: 'penguins' }, [{ kind: 'fill-missing' }, { kind: 'one-hot' }]),
      task: 'classification',
      file: null,
    } as const
    expect((await client.data.inspect(digits)).facts.target).toMatchObject({ kind: 'classes' })
  })

  it('outside is refused before any access, with the same message whether it exists or not', async () => {
    const { client, outside, place } = await start()
    const there = await refusal(client.data.inspect(table(join(outside, 'secret.csv'))))
    const absent = await refusal(client.data.inspect(table(join(outside, 'absent.csv'))))
    expect(absent.message).toBe(there.message)
    await refusal(client.data.inspect(table(join(place, '..', 'outside', 'secret.csv'))))
    await refusal(client.data.look(table(join(outside, 'secret.csv'))))
    await refusal(client.data.inspect(table('/etc/shadow')))
    await refusal(client.data.inspect(table('server.lock')))
  })

  it('is refused even if another program has prepared the data', async () => {
    const { client, outside } = await start()
    const { data, task } = table(join(outside, 'secret.csv'))
    limitReading(undefined)
    ;(await openDataset(data, task, outside)).close()
    limitReading({ places: [], own: [] })
    await refusal(client.data.inspect({ data, task, file: null }))
  })

  it('is checked through links: of the file, of a parent folder, of a file in a class folder, in a list', async () => {
    const { client, place } = await start()
    await refusal(client.data.inspect(table(join(place, 'link.csv'))))
    await refusal(client.data.inspect(table(join(place, 'way-out', 'secret.csv'))))
    const photos: DataInput = {
      data: settings({ kind: 'image-folder', path: join(place, 'photos') }),
      task: 'classification',
      file: null,
    }
    const { counts } = await client.data.inspect(photos)
    expect(counts.train + counts.validation + counts.test).toBe(24)
    const list = { kind: 'image-list', path: join(place, 'list.csv'), image: 'image', label: 'class' } as const
    await refusal(client.data.inspect({ data: settings(list), task: 'classification', file: null }))
  })

  it('is refused in the training process, too', async () => {
    const { host, outside, place } = await start()
    const { data, task } = table(join(outside, 'secret.csv'))
    await refusal(host.engine.inspectData({ data, task, projectFolder: place }))
    const own = table('own.csv')
    const { counts } = await host.engine.inspectData({ data: own.data, task, projectFolder: place })
    expect(counts.train).toBe(24)
  })

  it('is refused in a proposal that names it next to the chosen file', async () => {
    const { client, place, outside, top } = await start()
    const way = await client.dialog.find({ path: join(place, 'own.csv'), from: top.id, kind: 'data' })
    if (way.kind !== 'found') throw new Error(way.kind)
    const samples = join(outside, 'secret.csv')
    const source: DataSource = { kind: 'arrays', samples, labels: samples }
    const { problems, table: found } = await client.data.propose({ file: way.file!.id, source })
    expect(JSON.stringify([problems, found])).not.toContain('hunter2')
  })
})

describe('a typed path', () => {
  it('leads to a folder or to a file in its folder: absolute, or relative to the folder being browsed', async () => {
    const { client, place, top } = await start()
    const find = (path: string, kind: 'data' | 'project' = 'data') => client.dialog.find({ path, from: top.id, kind })
    expect(await find(join(place, 'photos'))).toMatchObject({
      kind: 'found',
      file: null,
      listing: { folder: { name: 'photos' } },
    })
    expect(await find('photos/red')).toMatchObject({ kind: 'found', listing: { folder: { name: 'red' } } })
    expect(await find(' own.csv ')).toMatchObject({
      kind: 'found',
      file: { name: 'own.csv' },
      listing: { folder: { name: '数据' } },
    })
    expect(await find('own.csv', 'project')).toEqual({ kind: 'other' })
    expect(await find('nothing.csv')).toEqual({ kind: 'missing' })
  })

  it('outside the places leads nowhere, and does not reveal whether it exists', async () => {
    const { client, outside, top } = await start()
    const find = (path: string) => client.dialog.find({ path, from: top.id, kind: 'data' })
    for (const path of [
      outside,
      join(outside, 'secret.csv'),
      join(outside, 'absent'),
      '..',
      '/',
      '/etc/shadow',
      'link.csv',
      'a\0b',
    ])
      expect(await find(path), path).toEqual({ kind: 'outside' })
  })

  it('is accessible once its folder is a place', async () => {
    const { client, host, outside, top } = await start()
    await host.folders.allow(outside)
    expect((await client.dialog.places()).map(({ name }) => name)).toEqual(['数据', 'outside'])
    const way = await client.dialog.find({ path: join(outside, 'net.loom'), from: top.id, kind: 'project' })
    expect(way).toMatchObject({ kind: 'found', file: { name: 'net.loom' } })
    expect((await client.data.inspect(table(join(outside, 'secret.csv')))).counts.train).toBe(24)
  })
})

it.skipIf(process.platform === 'win32')('a home folder that is a link is shown as home', async () => {
  const { client, host, outside, folder } = await start()
  await symlink(outside, join(folder, 'home'))
  vi.stubEnv('HOME', join(folder, 'home'))
  onTestFinished(() => void vi.unstubAllEnvs())
  await host.folders.allow(join(folder, 'home'))
  expect((await client.dialog.places()).map(({ path }) => path)).toContain('~')
})

it('a recent project that is now outside is not opened', async () => {
  const { client, host, outside } = await start()
  await host.recent.add(join(outside, 'net.loom'))
  const [recent] = await client.project.recent()
  await refusal(client.project.open({ file: recent!.file.id }))
})
