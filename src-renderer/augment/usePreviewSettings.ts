/** The user's preview settings: mode, seed and epoch of the draws, and the sample to follow. */
import { computed, ref, watch } from 'vue'
import { useProject } from '../stores/projectStore'
import type { usePreviewSamples } from './usePreviewSamples'

export type PreviewMode = 'draws' | 'corners' | 'replay'

/** Limits seeds to readable numbers. */
const SEEDS = 10_000

export function usePreviewSettings(samples: ReturnType<typeof usePreviewSamples>) {
  const project = useProject()
  const mode = ref<PreviewMode>('draws')
  /** Null uses the seed of the project's training. */
  const ownSeed = ref<number | null>(null)
  /** Changes keep the current draws. */
  const seedLocked = ref(true)
  const epoch = ref(1)
  /** The picked position, if the sample alone is ambiguous. */
  const picked = ref(0)

  const seed = computed(() => ownSeed.value ?? project.project?.training.seed ?? 0)
  const isMixed = computed(() => mode.value === 'draws' && samples.of.value !== 'same')
  const row = computed(() =>
    isMixed.value ? Math.max(0, samples.indices.value.indexOf(samples.chosen.value ?? -1)) : picked.value,
  )

  function setSeed(next: number): void {
    ownSeed.value = next === project.project?.training.seed ? null : next
  }

  function reroll(): void {
    const next = Math.floor(Math.random() * SEEDS)
    ownSeed.value = next === seed.value ? next + 1 : next
  }

  /** Follows the sample at this position step by step. */
  function pick(place: number): void {
    if (isMixed.value) samples.chosen.value = samples.indices.value[place] ?? null
    else picked.value = place
  }

  watch(mode, () => (picked.value = 0))
  watch(
    () => project.document,
    () => {
      ownSeed.value = null
      mode.value = 'draws'
      epoch.value = 1
    },
  )

  /** Whether the draws use the project's own seed. */
  const followsRun = computed(() => ownSeed.value === null)
  return { mode, seed, followsRun, seedLocked, epoch, picked, row, setSeed, reroll, pick }
}
