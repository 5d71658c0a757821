/** Edits of the transforms of the open project, each an undoable command. */
import { computed } from 'vue'
import type { TransformChoice } from '#core/graph/transformSettings'
import { useText } from '../i18n/text'
import { failureText } from '../start/failureText'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { showToast } from '../ui/toasts'
import type { Transforms } from './transformRows'

const none: Transforms = []

export function useTransformEdits() {
  const project = useProject()
  const runs = useRuns()
  const { t } = useText()

  const list = computed<Transforms>(() => project.project?.transforms ?? none)
  const lockedReason = computed(() => {
    if (runs.live !== null) return t('training.training')
    return project.readOnly ? t('frame.readOnly') : null
  })

  /** `gesture` names edits that follow each other and are one entry of the history. */
  function set(transforms: Transforms, gesture?: string): void {
    const options = gesture === undefined ? {} : { coalesce: `transforms.${gesture}` }
    const { problems } = project.apply({ type: 'transforms.set', transforms: [...transforms] }, options)
    if (problems.length > 0) showToast({ tone: 'error', text: failureText({ problems }) })
    if (gesture === undefined) project.endGesture()
  }

  /** Sets one step; `gesture` as in `set`. */
  function setStep(place: number, choice: TransformChoice, gesture?: string): void {
    set(list.value.with(place, choice), gesture)
  }

  return {
    list,
    lockedReason,
    locked: computed(() => lockedReason.value !== null),
    set,
    setStep,
    endGesture: () => project.endGesture(),
  }
}
