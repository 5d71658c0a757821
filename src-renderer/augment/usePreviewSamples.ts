/** Which samples the preview shows: of all classes, of one class, or the same one repeatedly. */
import { computed, ref, shallowRef, watch } from 'vue'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'
import { newestOnly } from './newestOnly'

/** Content of the sheet: samples of every class, draws of the chosen sample, or samples of the class with this code. */
export type SheetOf = 'all' | 'same' | number

export const sheetSizes = [12, 24, 48] as const
export type SheetSize = (typeof sheetSizes)[number]

/** Seed of the sample order: shuffled, and always the same. */
const ORDER = 1

export function usePreviewSamples(wanted: () => boolean) {
  const data = useData()
  const runs = useRuns()
  const of = ref<SheetOf>('all')
  const size = ref<SheetSize>(24)
  /** Training samples by index in the whole dataset. */
  const found = shallowRef<readonly number[]>([])
  /** A sample requested by the user; it comes first. */
  const pinned = ref<number | null>(null)
  /** The sample followed step by step. */
  const chosen = ref<number | null>(null)
  const label = computed(() => (typeof of.value === 'number' ? of.value : null))

  const indices = computed<readonly number[]>(() => {
    if (of.value === 'same') return chosen.value === null ? [] : new Array<number>(size.value).fill(chosen.value)
    const first = pinned.value
    return first === null || found.value.includes(first)
      ? found.value
      : [first, ...found.value.slice(0, size.value - 1)]
  })

  const load = newestOnly(async () => {
    const { client } = runs
    const { input, inspected } = data
    if (!wanted() || client === null || input === null || inspected === null) return
    const asked = { ...input, split: 'train', start: 0, count: size.value, shuffle: ORDER } as const
    const { samples } = await client.data
      .samples({ ...asked, ...(label.value !== null && { label: label.value }) })
      .catch(() => ({ samples: [] }))
    found.value = samples.map(({ index }) => index)
    if (chosen.value === null || !indices.value.includes(chosen.value)) chosen.value = indices.value[0] ?? null
  })

  /** Follows the sample with this index; one outside the sheet is put first. */
  function choose(index: number): void {
    if (!found.value.includes(index)) pinned.value = index
    chosen.value = index
  }

  function show(next: SheetOf): void {
    of.value = next
    if (next !== 'same') pinned.value = null
  }

  watch([wanted, () => data.inspected, label, size], load, { immediate: true })
  // Another dataset has different samples.
  watch(
    () => JSON.stringify(data.input?.data.source),
    () => {
      pinned.value = chosen.value = null
      found.value = []
      of.value = 'all'
    },
  )

  return { of, size, chosen, indices, choose, show }
}
