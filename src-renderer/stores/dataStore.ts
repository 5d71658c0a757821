/** What the host knows of the open project's data: read again whenever the data settings change, and given to the analysis. */
import { watchDebounced } from '@vueuse/core'
import { defineStore, storeToRefs } from 'pinia'
import { shallowRef } from 'vue'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { InspectedData } from '#core/rpc/contract/data'
import { useProject } from './projectStore'
import { useRuns } from './runStore'

/** Milliseconds of rest after a change of a setting. */
const REST = 250

export const useData = defineStore('data', () => {
  const project = useProject()
  const { client } = storeToRefs(useRuns())
  const inspected = shallowRef<InspectedData | null>(null)
  /** Why the data cannot be read. */
  const problems = shallowRef<readonly Problem[]>([])
  let asked = 0

  async function inspect(): Promise<void> {
    const { project: document, file } = project
    const connected = client.value
    const turn = ++asked
    if (document === null || connected === null) {
      inspected.value = null
      return
    }
    const input = { data: document.data, task: document.task, file: file?.id ?? null }
    const found = await connected.data.inspect(input).catch((error: unknown) => {
      if (error instanceof ProblemError) return error.problems
      return []
    })
    // A later question makes this answer one about settings that are gone.
    if (turn !== asked) return
    const ok = 'facts' in found
    inspected.value = ok ? found : null
    problems.value = ok ? [] : found
    project.sample = ok ? found.shape : undefined
    project.facts = ok ? found.facts : undefined
  }

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

  return { inspected, problems, inspect }
})
