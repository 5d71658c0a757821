/**
 * The effect of the transforms on real samples, requested again at every change: draws for a sheet of samples, the ends
 * of every
 * step's range, or a batch exactly as a run was fed it. The current result stays until the next one arrives.
 */
import { defineStore } from 'pinia'
import { computed, nextTick, ref, shallowRef, watch, type Ref } from 'vue'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { AugmentPreview } from '#core/rpc/contract/augment'
import { failureText } from '../i18n/failureText'
import { useData } from '../stores/dataStore'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { newestOnly } from './newestOnly'
import { usePreviewRequests, type CorneredStep } from './usePreviewRequests'
import { usePreviewSamples } from './usePreviewSamples'
import { usePreviewSettings, type PreviewMode } from './usePreviewSettings'
import { useReplay } from './useReplay'

export const useAugmentPreview = defineStore('augmentPreview', () => {
  const project = useProject()
  const data = useData()
  const watchers = ref(0)
  const isImage = computed(() => data.shown?.shape.length === 3)
  const samples = usePreviewSamples(() => watchers.value > 0 && isImage.value)
  const { picked, ...settings } = usePreviewSettings(samples)
  const { mode, seed, seedLocked, epoch, row, reroll } = settings
  const replay = useReplay(() => watchers.value > 0 && mode.value === 'replay')
  const transforms = computed(() => project.project?.transforms ?? [])
  const ask = usePreviewRequests({ transforms, samples, replay, seed, epoch, row })
  const { change, ...answers } = useAnswers(mode, ask, () => watchers.value > 0)

  // New draws for every change, if the user wants them; a new seed triggers its own request.
  watch(
    () => JSON.stringify(transforms.value),
    () => (seedLocked.value ? change() : reroll()),
  )
  watch([mode, samples.indices, row, seed, epoch, watchers, () => data.inspected], change)
  watch(samples.chosen, () => mode.value === 'corners' && change())
  watch([replay.run, replay.epoch, replay.batch], () => {
    picked.value = 0
    if (mode.value === 'replay') change()
  })

  /** Requests previews until the returned function is called. */
  function follow(): () => void {
    watchers.value += 1
    return () => (watchers.value -= 1)
  }

  return { ...settings, ...answers, isImage, samples, replay, follow }
})

/** The newest answer and its state. */
function useAnswers(mode: Ref<PreviewMode>, ask: ReturnType<typeof usePreviewRequests>, wanted: () => boolean) {
  const project = useProject()
  const runs = useRuns()
  const preview = shallowRef<AugmentPreview | null>(null)
  const corners = shallowRef<readonly CorneredStep[]>([])
  const problems = shallowRef<readonly Problem[]>([])
  const failure = ref('')
  /** A change has not been answered yet. */
  const stale = ref(false)
  let changedAt = 0

  const request = newestOnly(async () => {
    const { client } = runs
    if (client === null || !wanted()) return
    const at = changedAt
    const asked = mode.value
    try {
      const found = asked === 'corners' ? await ask.corners(client) : await ask[asked](client)
      // The mode has changed in the meantime and sends its own request.
      if (asked !== mode.value) return
      if (Array.isArray(found)) corners.value = found
      // While the data is prepared again, the last picture stays.
      else if (found !== null) preview.value = found as AugmentPreview
      problems.value = []
      failure.value = ''
    } catch (error) {
      problems.value = error instanceof ProblemError ? error.problems : []
      failure.value = error instanceof ProblemError ? '' : failureText(error)
    }
    await nextTick()
    stale.value = changedAt !== at
  })

  function change(): void {
    changedAt = performance.now()
    stale.value = true
    request()
  }

  function forget(): void {
    preview.value = null
    corners.value = problems.value = []
    failure.value = ''
  }
  watch([mode, () => project.document], forget)

  return { preview, corners, problems, failure, stale, change }
}
