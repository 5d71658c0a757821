/** Leaving the desktop app: the prompts about running work and unsaved changes, and a second start. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Client } from '#core/rpc/client'
import { app, BrowserWindow, dialog, schemeHandlers, utilityProcess } from '../../support/electron/electron'
import { collectEvents, connectPage, startDesktop, type Desktop } from '../../support/electron/startDesktop'
import { sampleProject } from '../rpc/hostFixture'
import { eventually } from '../../support/eventually'

vi.mock('electron', () => import('../../support/electron/electron'))

let desktop: Desktop
let window: BrowserWindow
let client: Client

beforeAll(async () => {
  app.hasLock = false
  const { main } = await import('../../../src-main/electron')
  expect(main()).toBeUndefined()
  expect(app.quits).toBe(1)
  expect([BrowserWindow.all.length, schemeHandlers.size]).toEqual([0, 0])
  app.hasLock = true
  desktop = await startDesktop()
  ;({ window } = desktop)
  client = connectPage(window)
})
afterAll(() => desktop.end())
beforeEach(() => {
  dialog.questions.length = 0
  dialog.answers.length = 0
})

const autosave = () =>
  client.project.autosave({ document: 'document-1', file: null, revision: null, project: sampleProject })
const autosaves = () => readdirSync(join(desktop.folder, 'autosave'))

it('prompts before discarding changes, and stays open when canceled', async () => {
  await client.app.setDocument({ title: 'digits', edited: true })
  expect(window.edited).toBe(true)
  await autosave()
  window.close()
  window.close()
  await eventually(() => expect(dialog.questions).toHaveLength(1))
  expect(dialog.questions[0]).toMatchObject({
    message: 'Save changes to digits?',
    buttons: ['Save', "Don't save", 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  })
  await client.app.info()
  expect(window.destroyed).toBe(false)
  expect(autosaves()).toHaveLength(1)
})

it('has the page save, and stays open until the page has saved', async () => {
  const events = await collectEvents(client)
  dialog.answers = [0]
  window.close()
  await eventually(() => expect(events).toEqual([{ type: 'saveAndQuit' }]))
  await client.app.info()
  expect(window.destroyed).toBe(false)
})

it('prompts before stopping a training, and lets it continue unless told otherwise', async () => {
  const stop = vi.fn(() => Promise.resolve())
  const activity = desktop.app.host.activities.begin({ title: 'digits', stop })
  window.close()
  await eventually(() => expect(dialog.questions).toHaveLength(1))
  expect(dialog.questions[0]).toMatchObject({
    message: 'Training is in progress',
    detail: 'Closing stops it. Progress is saved: digits.',
    buttons: ['Keep training', 'Stop and close'],
    defaultId: 0,
    cancelId: 0,
  })
  await client.app.info()
  expect(stop).not.toHaveBeenCalled()
  expect(window.destroyed).toBe(false)
  activity.end()
})

it('stops the training, discards the changes and quits when told to', async () => {
  const stop = vi.fn(async () => activity.end())
  const activity = desktop.app.host.activities.begin({ title: 'digits', stop })
  dialog.answers = [1, 1]
  window.close()
  await eventually(() => expect(window.destroyed).toBe(true))
  expect(dialog.questions.map(({ message }) => message)).toEqual(['Training is in progress', 'Save changes to digits?'])
  expect(stop).toHaveBeenCalledOnce()
  expect(autosaves()).toEqual([])
  expect(app.quits).toBe(2)
})

it('starts its engine as a utility process that can be killed while a native call hangs', async () => {
  const { utilityLauncher } = await import('../../../src-main/window/engineLauncher')
  const child = utilityLauncher('/app/out/main/engine.js').start()
  const started = utilityProcess.started.at(-1)!
  expect(started.entry).toBe('/app/out/main/engine.js')
  const exits: unknown[] = []
  const messages: unknown[] = []
  child.onExit((exit) => exits.push(exit))
  child.onMessage((message) => messages.push(message))
  started.emit('message', { type: 'anything' })
  started.stderr.emit('data', Buffer.from('out of memory\n'))
  child.kill()
  expect(started.terminated).toBe(true)
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  started.pid = 4711
  child.kill()
  expect(kill).toHaveBeenCalledWith(4711, 'SIGKILL')
  kill.mockRestore()
  started.emit('exit', 134)
  expect(messages).toEqual([{ type: 'anything' }])
  expect(exits).toEqual([{ code: 134, signal: null, lastWords: 'out of memory' }])
})

it('requests its engine to exit, without force, if it only disconnects from it', async () => {
  const { utilityLauncher } = await import('../../../src-main/window/engineLauncher')
  const child = utilityLauncher('/app/out/main/engine.js').start()
  const started = utilityProcess.started.at(-1)!
  started.pid = 4711
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  child.disconnect()
  expect(started.terminated).toBe(true)
  expect(kill).not.toHaveBeenCalled()
  kill.mockRestore()
})
