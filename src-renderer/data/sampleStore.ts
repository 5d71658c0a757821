/** The visible page of samples, and the selected one. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { DataSample } from '#core/rpc/contract/data'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'
import { failureText } from '../i18n/failureText'
import { useLook } from './lookStore'
import { useSampleQuery } from './useSampleQuery'

export const useSamples = defineStore('dataSamples', () => {
  const data = useData()
  const runs = useRuns()
  const look = useLook()
  const { query, reset, ...shown } = useSampleQuery(computed(() => data.inspected?.facts))
  const samples = shallowRef<readonly DataSample[]>([])
  const total = ref(0)
  const failure = ref('')
  const busy = ref(false)
  /** Fingerprint of the data whose test set was opened. */
  const opened = ref<string | null>(null)
  const chosen = shallowRef<DataSample | null>(null)
  let turn = 0

  const isTestOpen = computed(() => opened.value !== null && opened.value === data.inspected?.fingerprint)
  const isHidden = computed(() => query.value.split === 'test' && !isTestOpen.value)

  async function load(): Promise<void> {
    const { client } = runs
    const { input, inspected } = data
    const asked = ++turn
    if (client === null || input === null || inspected === null || isHidden.value) {
      // While the settings are invalid, the current samples stay.
      if (data.shown === null || isHidden.value) take({ total: 0, samples: [] })
      return
    }
    busy.value = true
    try {
      const found = await client.data.samples({ ...input, ...query.value })
      if (asked === turn) take(found)
    } catch (error) {
      if (asked === turn) failure.value = failureText(error)
    } finally {
      if (asked === turn) busy.value = false
    }
  }

  function take(found: { readonly total: number; readonly samples: readonly DataSample[] }): void {
    failure.value = ''
    samples.value = found.samples
    total.value = found.total
    chosen.value ??= found.samples[0] ?? null
  }

  /** Counts the look and reveals the test samples, until the data changes. */
  async function openTest(): Promise<void> {
    const { client } = runs
    const { input, inspected } = data
    if (client === null || input === null || inspected === null) return
    const { looks } = await client.data.unsealTest(input)
    look.countLooks(looks)
    opened.value = inspected.fingerprint
  }

  // Another dataset starts at its first sample; other pre-transforms of the same one keep the position.
  watch(
    () => JSON.stringify(data.input?.data.source),
    () => {
      reset()
      chosen.value = null
      samples.value = []
    },
  )
  watch([() => data.inspected, query, isTestOpen], load, { immediate: true })

  return { ...shown, samples, total, failure, busy, chosen, isTestOpen, openTest }
})
