/**
 * What the host knows of the open project's data: prepared again whenever the data settings change, and passed to the
 * analysis.
 */
import { watchDebounced } from '@vueuse/core'
import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { Client } from '#core/rpc/client'
import type { DataInput, InspectedData, PrepareEvent } from '#core/rpc/contract/data'
import { useProject } from './projectStore'
import { useRuns } from './runStore'

/** Debounce time after a setting changes, in milliseconds. */
const REST = 250

/** Progress of the preparation. */
export type DataProgress = Extract<PrepareEvent, { type: 'progress' }>

export const useData = defineStore('data', () => {
  const project = useProject()
  const { client } = storeToRefs(useRuns())
  /** For the last inspected settings; kept while the next ones are being prepared. */
  const inspected = shallowRef<InspectedData | null>(null)
  /** Why the data cannot be read. */
  const problems = shallowRef<readonly Problem[]>([])
  /** Null while nothing is being prepared; initially without progress. */
  const building = shallowRef<{ readonly progress: DataProgress | null } | null>(null)
  /** The user canceled the preparation, so nothing is known for these settings. */
  const stopped = ref(false)
  /** The last data prepared successfully, with its source: shown while something is broken. */
  const last = shallowRef<{ readonly source: string; readonly data: InspectedData } | null>(null)
  let work: AbortController | null = null

  const { input, source } = useDataInput()
  const shown = computed(() => inspected.value ?? (last.value?.source === source.value ? last.value.data : null))

  async function inspect(): Promise<void> {
    work?.abort()
    const connected = client.value
    const asked = input.value
    stopped.value = false
    building.value = null
    if (asked === null || connected === null) return take([])
    const own = (work = new AbortController())
    building.value = { progress: null }
    const found = await prepared(connected, asked, own.signal, (progress) => {
      if (work === own) building.value = { progress }
    }).catch((error: unknown) => (error instanceof ProblemError ? error.problems : []))
    // Outdated: a newer request has been made since.
    if (work !== own) return
    work = null
    building.value = null
    take(found)
  }

  function take(found: InspectedData | readonly Problem[]): void {
    const ok = 'facts' in found
    project.awaitsData = false
    inspected.value = ok ? found : null
    if (ok) last.value = { source: source.value, data: found }
    problems.value = ok ? [] : found
    // The network keeps its shapes while a setting of the same data is invalid.
    project.sample = shown.value?.shape
    project.facts = shown.value?.facts
  }

  /** Cancels the preparation; finished parts stay on disk. */
  function stop(): void {
    if (work === null) return
    work.abort()
    work = null
    building.value = null
    stopped.value = true
    take([])
  }

  awaitFirst(client, source)
  watchDebounced(
    [
      // Not from a getter: Vue treats its return value as a promise if it has a `catch`, and a client has every name.
      client,
      () => project.document,
      () => JSON.stringify(project.project?.data),
      () => project.project?.task,
      () => project.file?.id,
    ],
    inspect,
    { debounce: REST, immediate: true },
  )

  return { inspected, shown, problems, building, stopped, input, inspect, stop }
})

/** From opening until its data is read, a project shows no errors about it. */
function awaitFirst(client: Readonly<Ref<Client | null>>, source: Readonly<Ref<string>>): void {
  const project = useProject()
  watch(
    [client, source],
    () => {
      const kind = project.project?.data.source.kind ?? 'none'
      project.awaitsData = client.value !== null && kind !== 'none' && project.sample === undefined
    },
    { immediate: true },
  )
}

/** The request to the host, and the source alone as a key. */
function useDataInput() {
  const project = useProject()
  const input = computed<DataInput | null>(() => {
    const { project: document, file } = project
    return document === null ? null : { data: document.data, task: document.task, file: file?.id ?? null }
  })
  const source = computed(() => JSON.stringify([project.document, project.project?.data.source]))
  return { input, source }
}

/** Prepares data and reports progress. @throws ProblemError with what is wrong with the data */
export async function prepared(
  client: Client,
  input: DataInput,
  signal: AbortSignal,
  onProgress: (progress: DataProgress) => void,
): Promise<InspectedData> {
  for await (const event of await client.data.prepare(input, { signal })) {
    if (event.type === 'done') return event.data
    onProgress(event)
  }
  throw new Error('internal: the preparation ended without an answer')
}
