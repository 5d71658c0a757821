/** Edits of the data settings of the open project, each an undoable command. */
import type { Task } from '#core/losses/task'
import { computed } from 'vue'
import type { Choice } from '#core/graph/choice'
import type { DataSettings, SourceOf } from '#core/graph/dataSettings'
import { useText } from '../i18n/useText'
import { failureText } from '../i18n/failureText'
import { preTransforms } from '#core/pretransforms/index'
import { stepTitles } from '../stores/stepTitles'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { tellRefusal } from '../stores/tellRefusal'

stepTitles.value = new Map([...stepTitles.value, ...preTransforms.map(({ kind, title }) => [kind, title] as const)])

type Split = DataSettings['split']
type TableSource = SourceOf<'table'>
export type ColumnChange = Partial<Pick<TableSource['columns'][number], 'role' | 'type'>>

export function useDataEdits() {
  const project = useProject()
  const runs = useRuns()
  const { t } = useText()

  const settings = computed(() => project.project?.data ?? null)

  /** `gesture` groups consecutive edits into one history entry. */
  function set(change: Partial<DataSettings>, gesture: string, label?: string): void {
    const options = { coalesce: `data.${gesture}`, ...(label !== undefined && { label }) }
    const { problems } = project.apply({ type: 'data.set', settings: change }, options)
    const [problem] = problems
    if (problem !== undefined) tellRefusal(failureText({ problems }))
  }

  function setSplit(change: Partial<Split>): void {
    if (settings.value === null) return
    set({ split: { ...settings.value.split, ...change } }, `split.${Object.keys(change).join()}`)
  }

  function setSteps(preprocess: readonly Choice[], gesture: string, label?: string): void {
    set({ preprocess: [...preprocess] }, `preprocess.${gesture}`, label)
  }

  function setTask(task: Task): void {
    project.apply({ type: 'project.setTask', task })
  }

  /** Sets the role or the type of a table column; the previous label becomes a feature. */
  function setColumn(name: string, change: ColumnChange): void {
    const source = settings.value?.source
    if (source?.kind !== 'table') return
    set({ source: withColumn(source, name, change) }, `column.${name}.${Object.keys(change).join()}`)
  }

  return {
    settings,
    task: computed(() => project.project?.task ?? 'classification'),
    locked: computed(() => runs.live !== null || project.readOnly),
    lockedReason: computed(() => {
      if (runs.live !== null) return t('training.training')
      return project.readOnly ? t('frame.readOnly') : null
    }),
    set,
    setSplit,
    setSteps,
    setTask,
    setColumn,
    endGesture: () => project.endGesture(),
  }
}

/** A table has one label and at most one split column; the previous column in that role becomes a feature. */
export function withColumn(source: TableSource, name: string, change: ColumnChange): TableSource {
  const { role } = change
  const known = source.columns.find((column) => column.name === name)
  const wasLabel = source.label === name
  if (wasLabel && role !== undefined && role !== 'label') return source
  const others = source.columns
    .filter((column) => column.name !== name)
    .map((column) => (role === 'split' && column.role === 'split' ? { ...column, role: 'feature' as const } : column))
  if (role === 'label') return { ...source, label: name, columns: others.filter((column) => column.role !== 'label') }
  const next = { name, role: role ?? known?.role ?? 'feature', ...(known?.type && { type: known.type }), ...change }
  return { ...source, columns: [...others, next] }
}
