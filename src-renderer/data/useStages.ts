/** A selected sample after every step of its preparation, requested again whenever the sample or the steps change. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { SampleStage } from '#core/rpc/contract/data'
import { useData } from '../stores/dataStore'
import { useRuns } from '../stores/runStore'
import { useSamples } from './sampleStore'

export function useStages() {
  const data = useData()
  const runs = useRuns()
  const samples = useSamples()
  const stages = shallowRef<readonly SampleStage[]>([])
  const of = ref<number | null>(null)
  let turn = 0

  watch(
    [() => data.inspected, () => samples.chosen?.index],
    async ([inspected, index]) => {
      const { client } = runs
      const asked = ++turn
      if (inspected === null || index === undefined || data.input === null || client === null) {
        if (data.shown === null) stages.value = []
        return
      }
      const found = await client.data.stages({ ...data.input, index }).catch(() => [])
      if (asked !== turn) return
      stages.value = found
      of.value = index
    },
    { immediate: true },
  )

  return { stages, index: computed(() => of.value) }
}
