/** The file of the open project: which one it is, and whether the project differs from what is in it. */
import { computed, shallowRef, type Ref } from 'vue'
import { canRedo, canUndo, startHistory, type History } from '#core/graph/history'
import type { Project } from '#core/graph/project'
import type { FileReference } from '#core/rpc/contract/file'

export interface OpenOptions {
  readonly readOnly?: boolean
  /** Revision of the file as it was read. */
  readonly revision?: string | null
  /** Id under which an autosave of this document is kept already. */
  readonly document?: string
  /** The document differs from its file, or was made here and is in none, as a recovered or an imported one. */
  readonly changed?: boolean
}

interface FileState {
  readonly file: FileReference | null
  readonly revision: string | null
  /** Names the document in this window and its autosave. */
  readonly document: string
  readonly readOnly: boolean
  /** The document as the file has it; null where it never was in a file or differs from the start. */
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

/** What is known of files by the id of the project, and that of the project which the history shows. */
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
 * An import makes another project out of the open one, in one edit; undo brings the former back with its file. So what is
 * known of files is kept by the id of the project that the history shows.
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

  /** A project with this id takes the place of the open one by an edit; it is in no file yet. */
  function expect(id: string): void {
    keep(id, { document: crypto.randomUUID() })
  }

  /** What was done with a project that is in no file, such as training it, would be lost with it. */
  function markWorkedOn(): void {
    if (present.value !== null && state.value.file === null) keep(present.value.id, { savedProject: null })
  }

  /**
   * Begins the history again with `start`: what the user has not made, such as the first layout of a template. Not once
   * something was edited, also where that was undone: it could not be redone any more.
   */
  function replace(start: Project): void {
    const all = history.value
    if (all !== null && (canUndo(all) || canRedo(all))) return
    const isSaved = !dirty.value
    history.value = startHistory(start)
    if (isSaved) keep(start.id, { savedProject: start })
  }

  /**
   * Takes over what saving wrote; the paths in `written` are relative to where the file is now. A copy under another name
   * has an id of its own from then on.
   */
  function markSaved(written: Project, to: FileReference, savedRevision: string, sent: Project): void {
    const all = history.value
    if (all === null) return
    const { id } = all.present.project
    const isCurrent = all.present.project === sent
    const isMoved = JSON.stringify(written.data) !== JSON.stringify(sent.data)
    // Not edits of the person's: undo must not bring back the id of the other file.
    const named = written.id === id ? all : withIdentity(all, id, written)
    const project = isMoved ? { ...named.present.project, data: written.data } : named.present.project
    // Undo must not bring back paths that lead nowhere from the new folder.
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
