/**
 * The open project: its history, its analysis, and the selection. Thin over src-core: every change is a
 * command, every number comes from `analyze`. Saving and opening files is in editor/files.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { record, startHistory, type History } from '#core/graph/history'
import type { Project } from '#core/graph/project'
import type { FileReference } from '#core/rpc/contract/file'
import { useProjectAnalysis } from './useProjectAnalysis'
import { useProjectEdits } from './useProjectEdits'
import { useProjectFile, type OpenOptions } from './useProjectFile'
import { useProjectPlace } from './useProjectPlace'

export const useProject = defineStore('project', () => {
  const history = shallowRef<History | null>(null)
  const project = computed(() => history.value?.present.project ?? null)
  const { takeFile, ...file } = useProjectFile(history)
  const { leaveAll, followRename, keepWhatExists, ...place } = useProjectPlace(project)
  const { forgetData, ...analysis } = useProjectAnalysis(project, place.scope)
  const edits = useProjectEdits(history, file.readOnly, { scope: place.scope, followRename, keepWhatExists })

  function open(opened: Project, from: FileReference | null, options: OpenOptions = {}): void {
    // Runs are looked up by this id; a new project has none.
    const project = opened.id === undefined ? { ...opened, id: crypto.randomUUID() } : opened
    history.value = startHistory(project)
    takeFile(project, from, options)
    forgetData()
    leaveAll()
  }

  /** Replaces the open project with another one, in one edit: undo restores the former with its file and its runs. */
  function become(next: Project, label: string): void {
    const before = history.value
    if (before === null) return
    const id = crypto.randomUUID()
    const { origin: _origin, ...own } = next
    file.expect(id)
    history.value = record(before, { ...own, id }, { name: label, subjects: [next.name] })
    place.openScope([])
    keepWhatExists()
  }

  /** Shows another state of the open project, reached by one edit. */
  function take(next: Project, label: string): void {
    if (history.value === null) return
    history.value = record(history.value, next, { name: label, subjects: [] })
    keepWhatExists()
  }

  return { history, project, open, become, take, ...file, ...place, ...analysis, ...edits }
})
