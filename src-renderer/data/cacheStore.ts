/** The cache of prepared data: its size, for this project and in total, and freeing space. */
import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CacheReport } from '#core/rpc/contract/data'
import { failureText } from '../i18n/failureText'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'

export const useCache = defineStore('dataCache', () => {
  const data = useData()
  // A ref instead of a getter: Vue treats a getter's value as a promise if it has a `catch`, and a client has every
  // name.
  const { client } = storeToRefs(useRuns())
  const report = shallowRef<CacheReport | null>(null)
  /** The data open when `report` was requested: anything prepared later is not covered yet. */
  const reportedFor = shallowRef<unknown>(null)
  const failure = ref('')
  const busy = ref(false)

  let asked = 0
  async function read(): Promise<void> {
    const turn = ++asked
    const { inspected } = data
    const found = await client.value?.data.cache().catch(() => null)
    if (!found || turn !== asked) return
    report.value = found
    reportedFor.value = inspected
  }

  async function change(work: () => Promise<unknown> | undefined): Promise<void> {
    busy.value = true
    failure.value = ''
    try {
      await work()
      await read()
    } catch (error) {
      failure.value = failureText(error)
    } finally {
      busy.value = false
    }
  }

  /** Keys of the entries that contain the open project's data. */
  const own = computed(() => new Set(data.shown?.steps.flatMap(({ key }) => (key === null ? [] : [key])) ?? []))

  watch([client, () => data.inspected], read, { immediate: true })

  return {
    report,
    failure,
    busy,
    /** Bytes of this project's entries; null until known. */
    ownBytes: computed(() => {
      if (report.value === null || reportedFor.value !== data.inspected) return null
      return report.value.entries.filter(({ key }) => own.value.has(key)).reduce((sum, { bytes }) => sum + bytes, 0)
    }),
    /** Removes this project's prepared data; it is rebuilt on the next inspection. */
    clearOwn: () => change(() => client.value?.data.clearCache({ keys: [...own.value] })),
    clearOne: (key: string) => change(() => client.value?.data.clearCache({ keys: [key] })),
    clearAll: () => change(() => client.value?.data.clearCache({})),
    setLimit: (bytes: number) => change(() => client.value?.data.setCacheLimit({ bytes })),
  }
})
