/** The samples on screen: which split and class, in which order, which page of them, and the one that is chosen. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { DataSample } from '#core/rpc/contract/data'
import type { SplitName } from '#core/data/duplicates'
import { failureText } from '../start/failureText'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'
import { useLook } from './lookStore'

/** Bytes of samples that are asked for at once. */
const PAGE_BYTES = 6e6
const MOST_ON_PAGE = 130
const ROWS_ON_PAGE = 50

export const useSamples = defineStore('dataSamples', () => {
  const data = useData()
  const runs = useRuns()
  const look = useLook()
  const split = ref<SplitName>('train')
  /** Class code, or null for all. */
  const label = ref<number | null>(null)
  /** Seed of the order; null for that of the data. */
  const shuffle = ref<number | null>(null)
  const start = ref(0)
  const samples = shallowRef<readonly DataSample[]>([])
  const total = ref(0)
  const failure = ref('')
  const busy = ref(false)
  /** Fingerprint of the data whose test set was opened. */
  const opened = ref<string | null>(null)
  const chosen = shallowRef<DataSample | null>(null)
  let turn = 0

  const isTestOpen = computed(() => opened.value !== null && opened.value === data.inspected?.fingerprint)
  const pageSize = computed(() => {
    const facts = data.inspected?.facts.sample
    if (facts === undefined || facts.dtype !== 'uint8') return ROWS_ON_PAGE
    const bytes = facts.shape.reduce((product, size) => product * size, 1)
    return Math.max(12, Math.min(MOST_ON_PAGE, Math.floor(PAGE_BYTES / bytes)))
  })

  async function load(): Promise<void> {
    const { client } = runs
    const { input, inspected } = data
    const asked = ++turn
    if (client === null || input === null || inspected === null || (split.value === 'test' && !isTestOpen.value)) {
      // While the settings are broken, what was shown stays.
      if (data.shown !== null && split.value !== 'test') return
      samples.value = []
      total.value = 0
      return
    }
    busy.value = true
    try {
      const found = await client.data.samples({
        ...input,
        split: split.value,
        start: start.value,
        count: pageSize.value,
        ...(label.value !== null && { label: label.value }),
        ...(shuffle.value !== null && { shuffle: shuffle.value }),
      })
      if (asked !== turn) return
      failure.value = ''
      samples.value = found.samples
      total.value = found.total
      chosen.value ??= found.samples[0] ?? null
    } catch (error) {
      if (asked === turn) failure.value = failureText(error)
    } finally {
      if (asked === turn) busy.value = false
    }
  }

  /** Counts the look and lets the test samples be seen, until the data changes. */
  async function openTest(): Promise<void> {
    const { client } = runs
    const { input, inspected } = data
    if (client === null || input === null || inspected === null) return
    const { looks } = await client.data.unsealTest(input)
    look.countLooks(looks)
    opened.value = inspected.fingerprint
  }

  // Another data set begins at its first sample; other pre-transforms of the same one keep the place.
  watch(
    () => JSON.stringify(data.input?.data.source),
    () => {
      split.value = 'train'
      label.value = shuffle.value = null
      chosen.value = null
      samples.value = []
    },
  )
  watch([split, label, shuffle], () => (start.value = 0))
  watch([() => data.inspected, split, label, shuffle, start, isTestOpen], load, { immediate: true })

  return { split, label, shuffle, start, samples, total, pageSize, failure, busy, chosen, isTestOpen, openTest }
})
