/** The file of the open project: which one it is, and whether the project differs from what is in it. */
import { computed, ref, shallowRef, type Ref } from 'vue'
import { startHistory, type History } from '#core/graph/history'
import type { Project } from '#core/graph/project'
import type { FileReference } from '#core/rpc/contract/file'

export interface OpenOptions {
  readonly readOnly?: boolean
  /** Revision of the file as it was read. */
  readonly revision?: string | null
  /** Id under which an autosave of this document is kept already. */
  readonly document?: string
  /** The document differs from its file, as a recovered one does. */
  readonly changed?: boolean
}

export function useProjectFile(history: Ref<History | null>) {
  const file = shallowRef<FileReference | null>(null)
  const revision = ref<string | null>(null)
  const document = ref('')
  const readOnly = ref(false)
  /** The document as the file has it; null where it never was in a file or differs from the start. */
  const savedProject = shallowRef<Project | null>(null)
  const savedAt = ref<number | null>(null)
  const dirty = computed(() => history.value !== null && history.value.present.project !== savedProject.value)

  function takeFile(opened: Project, from: FileReference | null, options: OpenOptions): void {
    file.value = from
    revision.value = options.revision ?? null
    document.value = options.document ?? crypto.randomUUID()
    readOnly.value = options.readOnly ?? false
    savedProject.value = options.changed === true ? null : opened
    savedAt.value = null
  }

  /** Begins the history again with `start`: what the person has not made, such as the first layout of a template. */
  function replace(start: Project): void {
    const isSaved = !dirty.value
    history.value = startHistory(start)
    if (isSaved) savedProject.value = start
  }

  /** Takes over what saving wrote; the paths in `written` are relative to where the file is now. */
  function markSaved(written: Project, to: FileReference, savedRevision: string, sent: Project): void {
    file.value = to
    revision.value = savedRevision
    readOnly.value = false
    savedAt.value = Date.now()
    savedProject.value = sent
    const present = history.value?.present
    if (present === undefined || JSON.stringify(written.data) === JSON.stringify(sent.data)) return
    // Not an edit of the person's: undo must not bring back paths that lead nowhere from the new folder.
    const isCurrent = present.project === sent
    const moved = { ...present.project, data: written.data }
    history.value = { ...history.value!, present: { ...present, project: moved } }
    if (isCurrent) savedProject.value = moved
  }

  return { file, revision, document, readOnly, savedAt, dirty, replace, markSaved, takeFile }
}
