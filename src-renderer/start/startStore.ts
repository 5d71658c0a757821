/** State of the start screen: templates and recent files as they arrive, and opening them. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { navigate } from '../frame/router'
import { projectScreen } from '../frame/screens'
import { showToast } from '../ui/toasts'
import { useStartBackend } from './useStartBackend'
import { failureText } from '../i18n/failureText'
import { useStartLists } from './useStartLists'

export const useStart = defineStore('start', () => {
  const backend = useStartBackend()
  /** What is being opened: a template name, `empty`, `file`, or the id of a recent file or an autosave. */
  const opening = ref<string | null>(null)

  /** Opens one thing at a time; a second request waits for the first to end. */
  async function open(what: string, request: () => Promise<boolean>): Promise<void> {
    if (opening.value !== null) return
    opening.value = what
    try {
      const opened = await request()
      if (opened) navigate(projectScreen)
    } catch (error) {
      showToast({ tone: 'error', text: failureText(error) })
    } finally {
      opening.value = null
    }
  }

  /** Resumes a run and shows it. */
  async function continueRun(id: string): Promise<void> {
    if (opening.value !== null) return
    opening.value = id
    try {
      if (await backend.continueRun(id)) navigate('train')
    } catch (error) {
      showToast({ tone: 'error', text: failureText(error) })
    } finally {
      opening.value = null
    }
  }

  /** Opens a project file dropped on the window. */
  async function openDropped(file: File): Promise<void> {
    await open('file', () => backend.openDroppedFile(file))
  }

  return {
    ...useStartLists(backend),
    opening: computed(() => opening.value),
    openDropped,
    continueRun,
    createFromTemplate: (name: string) => open(name, () => backend.createFromTemplate(name)),
    createEmpty: () => open('empty', () => backend.createEmpty()),
    chooseFile: () => open('file', () => backend.chooseFile()),
    recover: (id: string) => open(id, () => backend.recover(id)),
    openRecent: (id: string) => open(id, () => backend.openRecentFile(id)),
  }
})
