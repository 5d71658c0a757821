/** The host's report on the open project's data: requested once per dataset, while it is on screen. */
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { DataLook } from '#core/data/look'
import type { InspectedData } from '#core/rpc/contract/data'
import { failureText } from '../i18n/failureText'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'

export const useLook = defineStore('dataLook', () => {
  const data = useData()
  const runs = useRuns()
  /** For the last inspected data; the previous one stays until it arrives. */
  const look = shallowRef<DataLook | null>(null)
  const failure = ref('')
  const watchers = ref(0)
  const of = shallowRef<InspectedData | null>(null)
  const wanted = computed(() => (watchers.value > 0 ? data.inspected : null))

  watch(
    wanted,
    async (inspected) => {
      const { client } = runs
      if (inspected === null || data.input === null || client === null || of.value === inspected) return
      of.value = inspected
      failure.value = ''
      try {
        const found = await client.data.look(data.input)
        if (of.value === inspected) look.value = found
      } catch (error) {
        if (of.value !== inspected) return
        of.value = null
        failure.value = failureText(error)
      }
    },
    { immediate: true },
  )
  watch(
    () => data.shown,
    (shown) => {
      if (shown === null) look.value = of.value = null
    },
  )

  async function recount(): Promise<void> {
    const { client } = runs
    const asked = of.value
    if (client === null || data.input === null || asked === null) return
    const counted = await client.data.testLooks(data.input).catch(() => null)
    if (counted !== null && of.value === asked) countLooks(counted.looks)
  }

  function countLooks(testLooks: number): void {
    if (look.value !== null) look.value = { ...look.value, testLooks }
  }

  useEventListener(window, 'focus', () => watchers.value > 0 && void recount())
  watch(
    () => runs.followed?.record.end,
    () => void recount(),
  )

  return {
    look,
    failure,
    /** What is shown belongs to outdated settings. */
    stale: computed(() => look.value !== null && (of.value !== data.inspected || data.building !== null)),
    /** Requests reports until the returned function is called. */
    follow(): () => void {
      watchers.value += 1
      void recount()
      return () => (watchers.value -= 1)
    },
    /** Requests the test look count again: other windows, runs and the command line count too. */
    recount,
    /** Applies the test look count. */
    countLooks,
  }
})
