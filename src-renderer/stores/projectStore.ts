/**
 * The open project: its history, what the analysis says of it, and what is selected. Thin over src-core: every change is a
 * command, every figure comes from `analyze`. Saving and opening files is in editor/files.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { startHistory, type History } from '#core/graph/history'
import type { Project } from '#core/graph/project'
import type { FileReference } from '#core/rpc/contract/file'
import { useProjectAnalysis } from './projectAnalysis'
import { useProjectEdits } from './projectEdits'
import { useProjectFile, type OpenOptions } from './projectFile'
import { useProjectPlace } from './projectPlace'

export const useProject = defineStore('document', () => {
  const history = shallowRef<History | null>(null)
  const project = computed(() => history.value?.present.project ?? null)
  const { takeFile, ...file } = useProjectFile(history)
  const { leaveAll, followRename, keepWhatExists, ...place } = useProjectPlace(project)
  const { forgetData, ...analysis } = useProjectAnalysis(project, place.scope)
  const edits = useProjectEdits(history, file.readOnly, { scope: place.scope, followRename, keepWhatExists })

  function open(opened: Project, from: FileReference | null, options: OpenOptions = {}): void {
    // Its runs are found by it; a project that has just been made has none.
    const project = opened.id === undefined ? { ...opened, id: crypto.randomUUID() } : opened
    history.value = startHistory(project)
    takeFile(project, from, options)
    forgetData()
    leaveAll()
  }

  return { history, project, open, ...file, ...place, ...analysis, ...edits }
})
