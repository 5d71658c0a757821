/** The start screen's state with a backend controlled by the test. */
// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { ProblemError } from '../../../src-core/problems/problem'
import { startBackendKey, type StartBackend } from '../../../src-renderer/start/useStartBackend'
import { useStart } from '../../../src-renderer/start/startStore'
import { unreachableHost } from '../../../src-renderer/start/unreachableHost'
import { closeToast, toasts } from '../../../src-renderer/ui/toasts'

function openStart(backend: Partial<StartBackend>) {
  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  app.provide(startBackendKey, { ...unreachableHost, ...backend })
  return app.runWithContext(() => useStart(pinia))
}

beforeEach(() => {
  for (const toast of [...toasts]) closeToast(toast.id)
})

const recent = { id: 'a', name: 'digits.loom', folder: 'nets', openedAt: 0 }

describe('the start store', () => {
  it('shows what the host has', async () => {
    const start = openStart({
      listTemplates: async () => [],
      listRecentFiles: async () => [recent],
      listRecoverable: async () => [],
    })
    expect(start.templates.phase).toBe('loading')
    await start.load()
    expect([start.templates, start.recentFiles]).toEqual([
      { phase: 'ready', value: [] },
      { phase: 'ready', value: [recent] },
    ])
  })

  it('shows the reason if there is no host, and recovers when there is one again', async () => {
    let up = false
    const start = openStart({ listTemplates: () => (up ? Promise.resolve([]) : unreachableHost.listTemplates()) })
    await start.load()
    expect(start.templates).toEqual({
      phase: 'failed',
      reason: 'The window has no connection to Layerloom. Close it and start Layerloom again.',
    })
    up = true
    await start.load()
    expect(start.templates.phase).toBe('ready')
  })

  it('opens one thing at a time', async () => {
    let finish = (_: boolean) => {}
    const opened: string[] = []
    const start = openStart({
      createFromTemplate: (name) => {
        opened.push(name)
        return new Promise((resolve) => (finish = resolve))
      },
    })
    const first = start.createFromTemplate('mnist-cnn')
    await start.createFromTemplate('mnist-mlp')
    expect([opened, start.opening]).toEqual([['mnist-cnn'], 'mnist-cnn'])
    finish(true)
    await first
    expect(start.opening).toBe(null)
  })

  it('shows a problem with its fix', async () => {
    const start = openStart({
      chooseFile: () =>
        Promise.reject(
          new ProblemError([
            {
              code: 'project-not-json',
              severity: 'error',
              place: {},
              message: 'The file is not JSON.',
              fix: 'Open another file.',
            },
          ]),
        ),
    })
    await start.chooseFile()
    expect(toasts.map((toast) => [toast.tone, toast.text])).toEqual([
      ['error', 'The file is not JSON. Open another file.'],
    ])
  })

  it('opens dropped projects', async () => {
    const dropped: string[] = []
    const start = openStart({ openDroppedFile: async (file) => dropped.push(file.name) > 0 })
    await start.openDropped(new File(['{}'], 'Digits.LOOM'))
    expect([dropped, toasts]).toEqual([['Digits.LOOM'], []])
  })
})
