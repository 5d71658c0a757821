/** What the host knows of the open project's data: prepared again whenever the data settings change, and given to the analysis. */
import { watchDebounced } from '@vueuse/core'
import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { Client } from '#core/rpc/client'
import type { DataInput, InspectedData, PrepareEvent } from '#core/rpc/contract/data'
import { useProject } from './projectStore'
import { useRuns } from './runStore'

/** Milliseconds of rest after a change of a setting. */
const REST = 250

/** How far the preparation is. */
export type DataProgress = Extract<PrepareEvent, { type: 'progress' }>

export const useData = defineStore('data', () => {
  const project = useProject()
  const { client } = storeToRefs(useRuns())
  /** Of the last settings that were asked about; stays while the next ones are being prepared. */
  const inspected = shallowRef<InspectedData | null>(null)
  /** Why the data cannot be read. */
  const problems = shallowRef<readonly Problem[]>([])
  /** Null while nothing is prepared; without progress yet in the first moments. */
  const building = shallowRef<{ readonly progress: DataProgress | null } | null>(null)
  /** The person has given the preparation up, so nothing of these settings is known. */
  const stopped = ref(false)
  /** The last data that could be prepared, with the source that it came from: shown while something is broken. */
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
    // A later question makes this answer one about settings that are gone.
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
    // The network keeps its shapes while a setting of the same data is wrong.
    project.sample = shown.value?.shape
    project.facts = shown.value?.facts
  }

  /** Gives the preparation up; what is done of it is kept on disk. */
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
      // Not from a getter: Vue takes what one returns for a promise where it has a `catch`, as a client has for all names.
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

/** From its opening on, a project shows no errors for what is about to be read. */
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

/** What the host is asked, and the source alone, as a key. */
function useDataInput() {
  const project = useProject()
  const input = computed<DataInput | null>(() => {
    const { project: document, file } = project
    return document === null ? null : { data: document.data, task: document.task, file: file?.id ?? null }
  })
  const source = computed(() => JSON.stringify([project.document, project.project?.data.source]))
  return { input, source }
}

/** Prepares data and tells how far it is. @throws ProblemError with what is wrong with the data */
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
