/** The training settings of the open project and the edits of them, each an undoable command. */
import { computed } from 'vue'
import type { TrainingSettings } from '#core/graph/project'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'

export function useTrainingSettings() {
  const project = useProject()
  const runs = useRuns()

  /** Edits of one setting that follow each other are one entry of the history. */
  function set(settings: Partial<TrainingSettings>): void {
    project.apply({ type: 'training.set', settings }, { coalesce: `training.${Object.keys(settings).join()}` })
  }

  return {
    settings: computed(() => project.project?.training ?? null),
    task: computed(() => project.project?.task ?? 'classification'),
    locked: computed(() => runs.live !== null || project.readOnly),
    /** The few settings that a run takes over while it goes on. */
    fixed: computed(() => project.readOnly),
    set,
    endGesture: () => project.endGesture(),
  }
}
