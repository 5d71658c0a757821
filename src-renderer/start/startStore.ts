/** State of the start screen: templates and recent files as they arrive, and what opening one does. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { navigate } from '../frame/router'
import { useText } from '../i18n/text'
import { firstProjectScreen } from '../screens'
import { showToast } from '../ui/toasts'
import { useStartBackend, type RecentFile, type RecoverableProject, type Template } from './backend'
import { failureText } from './failureText'

type Loading<Value> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly value: Value }
  | { readonly phase: 'failed'; readonly reason: string }

export const useStart = defineStore('start', () => {
  const backend = useStartBackend()
  const { t } = useText()
  const templates = shallowRef<Loading<readonly Template[]>>({ phase: 'loading' })
  const recentFiles = shallowRef<Loading<readonly RecentFile[]>>({ phase: 'loading' })
  const recoverable = shallowRef<readonly RecoverableProject[]>([])
  /** What is being opened: a template name, `empty`, `file`, or the id of a recent file or an autosave. */
  const opening = ref<string | null>(null)

  async function read<Value>(target: { value: Loading<Value> }, request: Promise<Value>): Promise<void> {
    try {
      target.value = { phase: 'ready', value: await request }
    } catch (error) {
      target.value = { phase: 'failed', reason: failureText(error) }
    }
  }

  async function load(): Promise<void> {
    if (templates.value.phase === 'failed') templates.value = { phase: 'loading' }
    const autosaves: { value: Loading<readonly RecoverableProject[]> } = { value: { phase: 'loading' } }
    await Promise.all([
      read(templates, backend.listTemplates()),
      read(recentFiles, backend.listRecentFiles()),
      read(autosaves, backend.listRecoverable()),
    ])
    // A failure here is the same one that the other two lists already show.
    recoverable.value = autosaves.value.phase === 'ready' ? autosaves.value.value : []
  }

  /** Runs one way of opening; a second one waits for the first to end. */
  async function open(what: string, request: () => Promise<boolean>): Promise<void> {
    if (opening.value !== null) return
    opening.value = what
    try {
      const opened = await request()
      const screen = firstProjectScreen()
      if (opened && screen !== undefined) navigate(screen.name)
    } catch (error) {
      showToast({ tone: 'error', text: failureText(error) })
    } finally {
      opening.value = null
    }
  }

  async function forget(id: string): Promise<void> {
    await backend.forgetRecentFile(id)
    await read(recentFiles, backend.listRecentFiles())
  }

  async function discard(id: string): Promise<void> {
    await backend.discardRecoverable(id)
    recoverable.value = await backend.listRecoverable()
  }

  async function openDropped(file: File): Promise<void> {
    if (!file.name.toLowerCase().endsWith('.loom')) {
      showToast({ tone: 'error', text: t('start.notProject', { name: file.name }) })
      return
    }
    await open('file', () => backend.openDroppedFile(file))
  }

  return {
    templates,
    recentFiles,
    recoverable,
    opening: computed(() => opening.value),
    load,
    forget,
    discard,
    openDropped,
    createFromTemplate: (name: string) => open(name, () => backend.createFromTemplate(name)),
    createEmpty: () => open('empty', () => backend.createEmpty()),
    chooseFile: () => open('file', () => backend.chooseFile()),
    recover: (id: string) => open(id, () => backend.recover(id)),
    openRecent: (id: string) => open(id, () => backend.openRecentFile(id)),
  }
})
