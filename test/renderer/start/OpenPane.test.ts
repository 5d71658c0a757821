/** The start screen's pane for existing projects. */
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import { endImport, importRequest } from '../../../src-renderer/stores/importRequest'
import { startBackendKey, type RecentFile, type StartBackend } from '../../../src-renderer/start/useStartBackend'
import OpenPane from '../../../src-renderer/start/OpenPane.vue'
import { useStart } from '../../../src-renderer/start/startStore'
import { unreachableHost } from '../../../src-renderer/start/unreachableHost'
import { answerQuestion, openQuestion } from '../../../src-renderer/ui/questions'
import {
  button,
  byTestId,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  speak,
  textsOf,
} from '../support/mountComponent'

const minute = 60_000

/** A backend with one entry of each kind; records its requests. */
function backendOf(change: Partial<StartBackend> = {}) {
  const asked: string[] = []
  let recent: readonly RecentFile[] = [
    { id: 'a', name: 'digits.loom', folder: 'nets', openedAt: Date.now() - 5 * minute },
    { id: 'b', name: 'gone.loom', folder: 'old', openedAt: Date.now() - 9 * minute, missing: true },
  ]
  let recoverable = [{ id: 'r', name: 'Untitled 2', savedAt: Date.now() - minute }]
  const note = async (what: string) => asked.push(what) < 0
  const backend: StartBackend = {
    ...unreachableHost,
    listTemplates: async () => [],
    listRecentFiles: async () => recent,
    listRecoverable: async () => recoverable,
    listUnfinished: async () => [{ id: 'u', name: 'Birds', share: 0.49, startedAt: Date.now() - 40 * minute }],
    continueRun: (id) => note(`continue ${id}`),
    chooseFile: () => note('choose'),
    openRecentFile: (id) => note(`open ${id}`),
    recover: (id) => note(`recover ${id}`),
    forgetRecentFile: async (id) => void (recent = recent.filter((file) => file.id !== id)),
    discardRecoverable: async (id) => {
      recoverable = []
      await note(`discard ${id}`)
    },
    ...change,
  }
  return { backend, asked }
}

async function mountPane(change: Partial<StartBackend> = {}) {
  const { backend, asked } = backendOf(change)
  mountComponent(() => h(OpenPane, { dropping: false }), {
    prepare: (app) => void app.provide(startBackendKey, backend),
  })
  const loading = useStart().load()
  return { asked, loading }
}

async function mountLoaded(change: Partial<StartBackend> = {}) {
  const { asked, loading } = await mountPane(change)
  await loading
  await nextTick()
  return asked
}

afterEach(() => {
  answerQuestion(null)
  endImport()
})

describe('a recent project', () => {
  it('opens with a click; a missing one says so and does not', async () => {
    const asked = await mountLoaded()
    expect(textsOf('.recent-file-name')).toEqual(['digits.loom', 'gone.loom'])
    const [here, gone] = findAll('.recent-file-open')
    expect([isOff(here!), isOff(gone!), textsOf('.recent-file-when')[1]]).toEqual([false, true, 'not found'])
    await click(gone!)
    await click(here!)
    expect(asked).toEqual(['open a'])
  })

  it('leaves the list when forgotten', async () => {
    await mountLoaded()
    await click(find('.recent-file.missing .recent-file-forget'))
    await nextTick()
    await nextTick()
    expect(textsOf('.recent-file-name')).toEqual(['digits.loom'])
  })

  it('has a placeholder until the host answers, and a sentence where there is none', async () => {
    const { loading } = await mountPane({ listRecentFiles: async () => [] })
    expect(findAll('.skeleton-rows')).toHaveLength(1)
    await loading
    await nextTick()
    expect([findAll('.skeleton-rows').length, findAll('p.open-pane-quiet').length]).toEqual([0, 1])
  })
})

describe('unsaved work', () => {
  it('is recovered', async () => {
    const asked = await mountLoaded()
    await click(button('Recover'))
    expect(asked).toEqual(['recover r'])
  })

  it('is discarded only after a confirmation', async () => {
    const asked = await mountLoaded()
    const discard = () => click(button('Discard Untitled 2'))
    await discard()
    expect(openQuestion.value?.question.title).toContain('Untitled 2')
    answerQuestion('keep')
    await nextTick()
    expect(textsOf('.open-pane-unsaved .grow > .medium')).toEqual(['Untitled 2', 'Birds'])
    await discard()
    answerQuestion('discard')
    await expect.poll(() => textsOf('.open-pane-unsaved .grow > .medium')).toEqual(['Birds'])
    expect(asked).toEqual(['discard r'])
  })
})

it('an unfinished run shows its progress and can be resumed', async () => {
  const asked = await mountLoaded()
  expect(byTestId('unfinished-runs').textContent).toContain('49')
  await click(button('Resume'))
  expect(asked).toEqual(['continue u'])
})

it('own data starts an import as a project, and Browse asks for a file', async () => {
  const asked = await mountLoaded()
  await click(byTestId('start-own-data'))
  await click(byTestId('open-file'))
  expect([importRequest.value, asked]).toEqual([{ items: [], asProject: true }, ['choose']])
})

it('shows why the list cannot be read, unless the templates show the same reason', async () => {
  const broken = () => Promise.reject(new Error('The disk is gone.'))
  await mountLoaded({ listRecentFiles: broken })
  expect(textsOf('.inline-note')).toEqual(['The disk is gone.'])
  await mountLoaded({ listRecentFiles: broken, listTemplates: broken })
  expect(findAll('.open-pane')[1]!.querySelector('.inline-note')).toBeNull()
})

it('is shown in Chinese', async () => {
  await speak('zh-CN')
  await mountLoaded()
  expect(textsOf('.open-pane-title')).toContain('最近打开')
  expect(textsOf('.recent-file-when')[1]).toBe('未找到')
})
