/** The lists of the start screen: templates, recent files, and unsaved work. */
import { shallowRef } from 'vue'
import type { RecentFile, RecoverableProject, StartBackend, TemplateEntry, UnfinishedRun } from './useStartBackend'
import { failureText } from '../i18n/failureText'

type Loading<Value> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly value: Value }
  | { readonly phase: 'failed'; readonly reason: string }

/** Maximum number of unfinished runs offered; the Runs screen has all of them. */
const UNFINISHED = 3

export function useStartLists(backend: StartBackend) {
  const templates = shallowRef<Loading<readonly TemplateEntry[]>>({ phase: 'loading' })
  const recentFiles = shallowRef<Loading<readonly RecentFile[]>>({ phase: 'loading' })
  const recoverable = shallowRef<readonly RecoverableProject[]>([])
  const unfinished = shallowRef<readonly UnfinishedRun[]>([])

  async function load(): Promise<void> {
    if (templates.value.phase === 'failed') templates.value = { phase: 'loading' }
    const autosaves: { value: Loading<readonly RecoverableProject[]> } = { value: { phase: 'loading' } }
    const runs: { value: Loading<readonly UnfinishedRun[]> } = { value: { phase: 'loading' } }
    await Promise.all([
      read(templates, backend.listTemplates()),
      read(recentFiles, backend.listRecentFiles()),
      read(autosaves, backend.listRecoverable()),
      read(runs, backend.listUnfinished()),
    ])
    // A failure here is the same one the other two lists already show.
    recoverable.value = autosaves.value.phase === 'ready' ? autosaves.value.value : []
    unfinished.value = runs.value.phase === 'ready' ? runs.value.value.slice(0, UNFINISHED) : []
  }

  async function forget(id: string): Promise<void> {
    await backend.forgetRecentFile(id)
    await read(recentFiles, backend.listRecentFiles())
  }

  async function discard(id: string): Promise<void> {
    await backend.discardRecoverable(id)
    recoverable.value = await backend.listRecoverable()
  }

  return { templates, recentFiles, recoverable, unfinished, load, forget, discard }
}

async function read<Value>(target: { value: Loading<Value> }, request: Promise<Value>): Promise<void> {
  try {
    target.value = { phase: 'ready', value: await request }
  } catch (error) {
    target.value = { phase: 'failed', reason: failureText(error) }
  }
}
