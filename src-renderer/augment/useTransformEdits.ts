/** Edits of the transforms of the open project, each an undoable command. */
import { computed } from 'vue'
import { transforms } from '#core/transforms/index'
import { useText } from '../i18n/useText'
import { failureText } from '../i18n/failureText'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { stepTitles } from '../stores/stepTitles'
import { tellRefusal } from '../stores/tellRefusal'
import type { Transforms } from './transformRows'

stepTitles.value = new Map([
  ...stepTitles.value,
  ...transforms.map(({ kind, title }) => [kind, { en: title, zh: title }] as const),
])

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

  /** `gesture` groups consecutive edits into one history entry, `label` names the entry. */
  function set(next: Transforms, { gesture, label }: { gesture?: string; label?: string } = {}): void {
    const options = {
      ...(gesture !== undefined && { coalesce: `transforms.${gesture}` }),
      ...(label !== undefined && { label }),
    }
    const { problems } = project.apply({ type: 'transforms.set', transforms: [...next] }, options)
    if (problems.length > 0) tellRefusal(failureText({ problems }))
    if (gesture === undefined) project.endGesture()
  }

  return {
    list,
    lockedReason,
    locked: computed(() => lockedReason.value !== null),
    set,
    endGesture: () => project.endGesture(),
  }
}
