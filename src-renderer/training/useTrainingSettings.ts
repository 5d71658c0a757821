/** The training settings of the open project and their edits, each an undoable command. */
import { computed } from 'vue'
import type { TrainingSettings } from '#core/graph/project'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'

export function useTrainingSettings() {
  const project = useProject()
  const runs = useRuns()

  /** Consecutive edits of one setting form a single history entry. */
  function set(settings: Partial<TrainingSettings>): void {
    project.apply({ type: 'training.set', settings }, { coalesce: `training.${Object.keys(settings).join()}` })
  }

  return {
    settings: computed(() => project.project?.training ?? null),
    task: computed(() => project.project?.task ?? 'classification'),
    locked: computed(() => runs.live !== null || project.readOnly),
    /** The few settings that a run picks up while in progress. */
    fixed: computed(() => project.readOnly),
    set,
    endGesture: () => project.endGesture(),
  }
}
