/**
 * The rest of the contract: the app, its events and activities, file browsing, settings, and the contract's own rules.
 */
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { isContractProcedure } from '@orpc/contract'
import { text } from '#core/base/text'
import { contract } from '#core/rpc/contract/index'
import { Broadcast } from '../../../src-main/rpc/broadcast'
import { startHost, temporaryFolder } from './hostFixture'
import { eventually } from '../../support/eventually'

const code = (name: string) => ({ problems: [expect.objectContaining({ code: name })] })

describe('the contract', () => {
  it('has a schema for the input and the output of every procedure', () => {
    const procedures = Object.entries(contract).flatMap(([namespace, members]) =>
      Object.entries(members).map(([name, procedure]) => [`${namespace}.${name}`, procedure] as const),
    )
    expect(procedures.length).toBeGreaterThan(15)
    const without = procedures.filter(
      ([, procedure]) =>
        !isContractProcedure(procedure) ||
        procedure['~orpc'].inputSchema === undefined ||
        procedure['~orpc'].outputSchema === undefined,
    )
    expect(without.map(([name]) => name)).toEqual([])
  })
})

describe('the app', () => {
  it('describes itself', async () => {
    const { client } = await startHost()
    expect(await client.app.info()).toMatchObject({ version: '1.2.3', shell: 'browser', nativeDialogs: false })
  })

  it('queues a file opened from outside until a window listens, then sends it to every window', async () => {
    const { host, client, folder, openWindow } = await startHost()
    host.openFile(join(folder, 'first.loom'))
    const events = await client.app.events()
    expect(await events.next()).toMatchObject({ value: { type: 'openFile', file: { name: 'first.loom' } } })
    const others = await openWindow().client.app.events()
    host.events.publish({ type: 'command', command: 'edit.undo' })
    expect(await events.next()).toMatchObject({ value: { type: 'command', command: 'edit.undo' } })
    expect(await others.next()).toMatchObject({ value: { type: 'command', command: 'edit.undo' } })
  })

  it('does not quit while work is running, unless allowed to stop it', async () => {
    const { host, client, calls } = await startHost()
    let stopped = false
    const activity = host.activities.begin({
      title: 'digits',
      async stop() {
        await delay(10)
        stopped = true
        activity.end()
      },
    })
    expect(await client.app.quit({ stopRunning: false })).toEqual({ quitting: false, running: ['digits'] })
    expect(calls).not.toContainEqual(['quit'])
    expect(await client.app.quit({ stopRunning: true })).toEqual({ quitting: true, running: [] })
    expect(stopped).toBe(true)
    await eventually(() => expect(calls).toContainEqual(['quit']))
  })

  it('shows the progress of running work, and reports its end through the page if the shell cannot', async () => {
    const { host, client, calls } = await startHost()
    const events = await client.app.events()
    const activity = host.activities.begin({ title: 'digits', stop: () => Promise.resolve() })
    activity.progress(0.25)
    const title = text('Training finished', '训练已完成')
    const body = text('digits: 98.9 %', 'digits：98.9 %')
    activity.end({ title, body })
    activity.end({ title: text('twice', '两次'), body: text('is ignored', '忽略') })
    activity.progress(0.5)
    expect(calls.filter(([name]) => name === 'setProgress')).toEqual([
      ['setProgress', -1],
      ['setProgress', 0.25],
      ['setProgress', null],
    ])
    expect(await events.next()).toMatchObject({ value: { type: 'notification', title, body } })
    expect(calls.filter(([name]) => name === 'notify')).toHaveLength(1)
  })
})

describe('a broadcast', () => {
  it('replaces the pending event of a key with the latest, and spaces events out', async () => {
    // Faked after imports, and only what a broadcast uses.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const broadcast = new Broadcast<{ step?: number; text?: string }>({
      key: (event) => (event.step === undefined ? undefined : 'step'),
      interval: 40,
    })
    const abort = new AbortController()
    const seen: { event: unknown; at: number }[] = []
    const reading = (async () => {
      for await (const event of broadcast.subscribe(abort.signal)) seen.push({ event, at: performance.now() })
    })()
    for (let step = 0; step < 100; step++) {
      broadcast.publish({ step })
      if (step === 50) broadcast.publish({ text: 'epoch 1' })
      await vi.advanceTimersByTimeAsync(2)
    }
    await vi.advanceTimersByTimeAsync(100)
    abort.abort()
    await reading
    expect(seen.at(-1)?.event).toEqual({ step: 99 })
    expect(seen.filter(({ event }) => 'text' in (event as object))).toHaveLength(1)
    const steps = seen.filter(({ event }) => 'step' in (event as object))
    // 200 ms with one every 40 ms, plus the last one.
    expect(steps.length).toBe(6)
    for (const [index, { at }] of steps.entries())
      if (index > 0) expect(at - steps[index - 1]!.at).toBeGreaterThanOrEqual(40)
  })

  it('ends a stream that fell too far behind instead of buffering everything', async () => {
    const broadcast = new Broadcast<number>()
    const stream = broadcast.subscribe(undefined)
    for (let i = 0; i < 10_000; i++) broadcast.publish(i)
    await expect(stream.next()).rejects.toThrow('too far behind')
    expect((await stream.next()).done).toBe(true)
  })
})

describe('browsing', () => {
  async function startInFolder() {
    const folder = await temporaryFolder()
    const root = join(folder, 'home')
    await mkdir(join(root, 'nets', 'old'), { recursive: true })
    await mkdir(join(root, '.secret'))
    await mkdir(join(folder, 'outside'))
    await writeFile(join(folder, 'outside', 'x.loom'), '')
    for (const name of ['b.loom', 'a10.loom', 'a9.loom', 'notes.txt', '.hidden.loom'])
      await writeFile(join(root, 'nets', name), '')
    await symlink(join(folder, 'outside'), join(root, 'nets', 'way-out'))
    await symlink(join(folder, 'outside', 'x.loom'), join(root, 'nets', 'x.loom'))
    await symlink(join(root, 'nets', 'old'), join(root, 'nets', 'way-in'))
    const started = await startHost()
    await started.host.folders.allow(root)
    const [place] = await started.client.dialog.places()
    const { folders } = await started.client.dialog.browse({ folder: place!.id, kind: 'project' })
    const nets = folders.find(({ name }) => name === 'nets')!
    return { ...started, root, outside: join(folder, 'outside'), place: place!, folders, nets }
  }

  it('shows folders and the files of the kind, without hidden entries or links to the outside', async () => {
    const { client, folders, nets, place } = await startInFolder()
    expect(folders.map(({ name }) => name)).toEqual(['nets'])
    const listing = await client.dialog.browse({ folder: nets.id, kind: 'project' })
    expect(listing.folders.map(({ name }) => name)).toEqual(['old', 'way-in'])
    expect(listing.files.map(({ name }) => name)).toEqual(['a9.loom', 'a10.loom', 'b.loom'])
    expect(listing.ancestors.map(({ id }) => id)).toEqual([place.id])
    const tables = await client.dialog.browse({ folder: nets.id, kind: 'table' })
    expect(tables.files.map(({ name }) => name)).toEqual(['notes.txt'])
  })

  it('refuses a folder that became a link to the outside after it was listed', async () => {
    const { client, root, outside, nets } = await startInFolder()
    await rm(join(root, 'nets'), { recursive: true })
    await symlink(outside, join(root, 'nets'))
    await expect(client.dialog.browse({ folder: nets.id, kind: 'project' })).rejects.toMatchObject(code('file-outside'))
    const target = client.dialog.target({ folder: nets.id, kind: 'project', name: 'y' })
    await expect(target).rejects.toMatchObject(code('file-outside'))
  })

  it('refuses a file that became a link to the outside after it was listed', async () => {
    const { client, root, outside, nets } = await startInFolder()
    const { files } = await client.dialog.browse({ folder: nets.id, kind: 'project' })
    await rm(join(root, 'nets', 'a9.loom'))
    await symlink(join(outside, 'x.loom'), join(root, 'nets', 'a9.loom'))
    await expect(client.project.open({ file: files[0]!.id })).rejects.toMatchObject(code('file-outside'))
  })

  it('names a file to save to, with its extension, and whether it exists', async () => {
    const { client, nets } = await startInFolder()
    const target = (name: string) => client.dialog.target({ folder: nets.id, kind: 'project', name })
    expect(await target('new net')).toMatchObject({ file: { name: 'new net.loom' }, exists: false })
    expect(await target('b.loom')).toMatchObject({ file: { name: 'b.loom' }, exists: true })
    for (const name of ['../b', '..', 'a/b', 'a\\b', 'c:d', '.hidden', 'nul', 'con.loom', 'a\u0000b', 'x.loom ?', ' '])
      await expect(target(name), name).rejects.toMatchObject(code('file-name'))
    await expect(target('x.loom')).rejects.toMatchObject(code('file-outside'))
  })

  it('is not available with native dialogs, and vice versa', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const electron = await startHost({ dialogs: { open: async () => [], save: async () => undefined } })
    await expect(electron.client.dialog.places()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(await electron.client.dialog.open({ kind: 'project' })).toEqual([])
    expect(await electron.client.dialog.save({ kind: 'project', suggestedName: 'x' })).toBeNull()
    const browser = await startHost()
    await expect(browser.client.dialog.open({ kind: 'project' })).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    })
    log.mockRestore()
  })
})

describe('settings', () => {
  it('persist across starts, and concurrent changes do not overwrite each other', async () => {
    const { client, dataFolder } = await startHost()
    expect(await client.settings.read()).toEqual({ theme: 'system', language: 'system', panels: {} })
    await Promise.all([
      client.settings.change({ theme: 'dark' }),
      client.settings.change({ panels: { 'model.inspector': 320 } }),
      client.settings.change({ panels: { 'model.palette': 208 } }),
      client.settings.change({ language: 'zh-CN' }),
    ])
    const next = await startHost({ dataFolder })
    expect(await next.client.settings.read()).toEqual({
      theme: 'dark',
      language: 'zh-CN',
      panels: { 'model.inspector': 320, 'model.palette': 208 },
    })
  })

  it('that are damaged are set aside, not lost', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { client, dataFolder } = await startHost()
    await mkdir(dataFolder, { recursive: true })
    await writeFile(join(dataFolder, 'settings.json'), '{"theme":"dark"')
    expect(await client.settings.read()).toMatchObject({ theme: 'system' })
    expect(await readFile(join(dataFolder, 'settings.json.damaged'), 'utf8')).toBe('{"theme":"dark"')
    expect(warn).toHaveBeenCalledOnce()
    warn.mockRestore()
  })

  it('reject anything that is not a setting', async () => {
    const { client } = await startHost()
    await expect(client.settings.change({ theme: 'pink' as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
