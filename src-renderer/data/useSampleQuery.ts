/** Which samples are visible: split and class, order, offset, and page size. */
import { computed, ref, watch, type Ref } from 'vue'
import type { DataFacts } from '#core/data/facts'
import type { SplitName } from '#core/data/split'

/** Maximum bytes of samples per request. */
const PAGE_BYTES = 6e6
const MOST_ON_PAGE = 130
const ROWS_ON_PAGE = 50

export function useSampleQuery(facts: Readonly<Ref<DataFacts | undefined>>) {
  const split = ref<SplitName>('train')
  /** Class code, or null for all. */
  const label = ref<number | null>(null)
  /** Seed of the order; null for the order of the data. */
  const shuffle = ref<number | null>(null)
  const start = ref(0)
  const pageSize = computed(() => {
    const sample = facts.value?.sample
    if (sample === undefined || sample.dtype !== 'uint8') return ROWS_ON_PAGE
    const bytes = sample.shape.reduce((product, size) => product * size, 1)
    return Math.max(12, Math.min(MOST_ON_PAGE, Math.floor(PAGE_BYTES / bytes)))
  })
  watch([split, label, shuffle], () => (start.value = 0))

  function reset(): void {
    split.value = 'train'
    label.value = shuffle.value = null
    start.value = 0
  }

  /** The request to the host. */
  const query = computed(() => ({
    split: split.value,
    start: start.value,
    count: pageSize.value,
    ...(label.value !== null && { label: label.value }),
    ...(shuffle.value !== null && { shuffle: shuffle.value }),
  }))

  return { split, label, shuffle, start, pageSize, query, reset }
}
