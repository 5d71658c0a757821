/** The file of the open project: which one it is, and whether the project differs from it. */
import { computed, shallowRef, type Ref } from 'vue'
import { canRedo, canUndo, startHistory, type History } from '#core/graph/history'
import type { Project } from '#core/graph/project'
import type { FileReference } from '#core/rpc/contract/file'

export interface OpenOptions {
  readonly readOnly?: boolean
  /** Revision of the file when it was read. */
  readonly revision?: string | null
  /** Id of an existing autosave of this project. */
  readonly document?: string
  /** The project differs from its file, or was created here and has none, such as a recovered or an imported one. */
  readonly changed?: boolean
}

interface FileState {
  readonly file: FileReference | null
  readonly revision: string | null
  /** Identifies the project in this window and its autosave. */
  readonly document: string
  readonly readOnly: boolean
  /** The project as stored in the file; null if it was never in a file or differed from the start. */
  readonly savedProject: Project | null
  readonly savedAt: number | null
}

const closed: FileState = {
  file: null,
  revision: null,
  document: '',
  readOnly: false,
  savedProject: null,
  savedAt: null,
}

/** File state by project id, and that of the project the history shows. */
function useFileStates(history: Ref<History | null>) {
  const states = shallowRef<ReadonlyMap<string, FileState>>(new Map())
  const present = computed(() => history.value?.present.project ?? null)
  const state = computed(() => states.value.get(present.value?.id ?? '') ?? closed)

  function keep(id: string | undefined, change: Partial<FileState>): void {
    const key = id ?? ''
    states.value = new Map(states.value).set(key, { ...(states.value.get(key) ?? closed), ...change })
  }

  return {
    present,
    state,
    dirty: computed(() => present.value !== null && present.value !== state.value.savedProject),
    forgetAll: () => void (states.value = new Map()),
    keep,
  }
}

/**
 * An import replaces the open project with another one, in one edit; undo restores the former with its file. So file
 * state is kept by the id of the project the history shows.
 */
export function useProjectFile(history: Ref<History | null>) {
  const { present, state, dirty, forgetAll, keep } = useFileStates(history)

  function takeFile(opened: Project, from: FileReference | null, options: OpenOptions): void {
    forgetAll()
    keep(opened.id, {
      file: from,
      revision: options.revision ?? null,
      document: options.document ?? crypto.randomUUID(),
      readOnly: options.readOnly ?? false,
      savedProject: options.changed === true ? null : opened,
    })
  }

  /** An edit replaces the open project with one of this id; it has no file yet. */
  function expect(id: string): void {
    keep(id, { document: crypto.randomUUID() })
  }

  /** Work on a project without a file, such as training it, would be lost with it. */
  function markWorkedOn(): void {
    if (present.value !== null && state.value.file === null) keep(present.value.id, { savedProject: null })
  }

  /**
   * Restarts the history with `start`, for changes not made by the user, such as the first layout of a template. Not
   * after
   * an edit, even an undone one: it could no longer be redone.
   */
  function replace(start: Project): void {
    const all = history.value
    if (all !== null && (canUndo(all) || canRedo(all))) return
    const isSaved = !dirty.value
    history.value = startHistory(start)
    if (isSaved) keep(start.id, { savedProject: start })
  }

  /**
   * Applies the result of saving; the paths in `written` are relative to the new location of the file. A copy under
   * another name
   * has its own id from then on.
   */
  function markSaved(written: Project, to: FileReference, savedRevision: string, sent: Project): void {
    const all = history.value
    if (all === null) return
    const { id } = all.present.project
    const isCurrent = all.present.project === sent
    const isMoved = JSON.stringify(written.data) !== JSON.stringify(sent.data)
    // Not the user's edits: undo must not restore the id of the other file.
    const named = written.id === id ? all : withIdentity(all, id, written)
    const project = isMoved ? { ...named.present.project, data: written.data } : named.present.project
    // Undo must not restore paths that are invalid from the new folder.
    const next = isMoved ? { ...named, present: { ...named.present, project } } : named
    const { document } = state.value
    const savedProject = isCurrent ? project : sent
    keep(written.id, {
      file: to,
      revision: savedRevision,
      document,
      readOnly: false,
      savedAt: Date.now(),
      savedProject,
    })
    history.value = next
  }

  return {
    file: computed(() => state.value.file),
    revision: computed(() => state.value.revision),
    document: computed(() => state.value.document),
    readOnly: computed(() => state.value.readOnly),
    savedAt: computed(() => state.value.savedAt),
    dirty,
    replace,
    markSaved,
    markWorkedOn,
    takeFile,
    expect,
  }
}

/** The history with the id and the origin of `named` in all states of the project `id`. */
function withIdentity({ past, present, future }: History, id: string | undefined, named: Project): History {
  const rename = (entry: History['present']): History['present'] =>
    entry.project.id === id ? { ...entry, project: { ...entry.project, id: named.id, origin: named.origin } } : entry
  return { past: past.map(rename), present: rename(present), future: future.map(rename) }
}
