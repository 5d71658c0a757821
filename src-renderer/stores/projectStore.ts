/**
 * The open project: its history, what the analysis says of it, and what is selected. Thin over src-core: every change is a
 * command, every figure comes from `analyze`. Saving and opening files is in editor/files.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { analyze, portsOf, type LayerReport, type NetworkReport } from '#core/compiler/analyze'
import type { DataFacts } from '#core/data/facts'
import { knownShape } from '#core/graph/knownShape'
import { addedIds } from '#core/graph/apply'
import type { Command, RenameNode } from '#core/graph/commands'
import * as histories from '#core/graph/history'
import type { NetworkGraph, Project } from '#core/graph/project'
import { graphAt, type Scope } from '#core/graph/scope'
import { ProblemError, type Problem } from '#core/problems/problem'
import type { FileReference } from '#core/rpc/contract/file'
import { problemsAt, reportsAt } from '../editor/graph/nodeReport'
import { sameNetwork } from '../editor/graph/sameNetwork'

export interface ApplyOptions {
  /** Edits with the same key that follow each other become one entry of the history: dragging, scrubbing a number. */
  readonly coalesce?: string
  /** Name of the entry in the history list, in place of the command's own. */
  readonly label?: string
}

/** What an edit did: the ids it added at the scope of the command, or why it was refused. */
export interface Applied {
  readonly added: readonly string[]
  /** Empty where the edit was made. */
  readonly problems: readonly Problem[]
}

export interface OpenOptions {
  readonly readOnly?: boolean
  /** Revision of the file as it was read. */
  readonly revision?: string | null
  /** Id under which an autosave of this document is kept already. */
  readonly document?: string
  /** The document differs from its file, as a recovered one does. */
  readonly changed?: boolean
}

interface Analysed {
  readonly project: Project
  readonly sample: readonly number[] | undefined
  readonly facts: DataFacts | undefined
  readonly report: NetworkReport
}

const emptyGraph: NetworkGraph = { nodes: [], edges: [] }
const emptyReport: NetworkReport = {
  problems: [],
  layers: [],
  totals: { parameters: 0, trainable: 0, macs: 0, activationBytes: 0, trainingBytes: 0 },
}

export const useProject = defineStore('document', () => {
  const history = shallowRef<histories.History | null>(null)
  const file = shallowRef<FileReference | null>(null)
  const revision = ref<string | null>(null)
  const document = ref('')
  const readOnly = ref(false)
  /** The document as the file has it; null where it never was in a file or differs from the start. */
  const savedProject = shallowRef<Project | null>(null)
  const savedAt = ref<number | null>(null)
  /** Shape of one pre-processed sample, and what is known of the data; undefined until the host has looked. */
  const sample = shallowRef<readonly number[] | undefined>(undefined)
  const facts = shallowRef<DataFacts | undefined>(undefined)
  const scope = shallowRef<Scope>([])
  const selection = shallowRef<ReadonlySet<string>>(new Set())

  const project = computed(() => history.value?.present.project ?? null)
  const dirty = computed(() => project.value !== null && project.value !== savedProject.value)
  const graph = computed(() => (project.value && graphAt(project.value.graph, scope.value)) ?? emptyGraph)
  const report = computed(() =>
    project.value ? analyze(project.value, sample.value ?? knownShape(project.value.data), facts.value) : emptyReport,
  )
  const problems = computed(() => report.value.problems)
  const layerReports = computed(() => reportsAt(project.value?.graph ?? emptyGraph, scope.value, report.value))
  const nodeProblems = computed(() => problemsAt(scope.value, problems.value))

  function open(opened: Project, from: FileReference | null, options: OpenOptions = {}): void {
    history.value = histories.startHistory(opened)
    file.value = from
    revision.value = options.revision ?? null
    document.value = options.document ?? crypto.randomUUID()
    readOnly.value = options.readOnly ?? false
    savedProject.value = options.changed === true ? null : opened
    savedAt.value = null
    sample.value = undefined
    facts.value = undefined
    scope.value = []
    selection.value = new Set()
  }

  /** Makes an edit. A refused one changes nothing and says why. */
  function apply(command: Command, options: ApplyOptions = {}): Applied {
    const before = history.value
    if (before === null) return { added: [], problems: [] }
    if (readOnly.value) return { added: [], problems: [readOnlyProblem()] }
    const labelled = options.label === undefined ? command : batchOf(options.label, command)
    try {
      const edit = { ports: portsOf, ...(options.coalesce !== undefined && { gesture: options.coalesce }) }
      const after = histories.execute(before, labelled, edit)
      if (command.type === 'node.rename') followRename(command)
      show(after)
    } catch (error) {
      if (error instanceof ProblemError) return { added: [], problems: error.problems }
      throw error
    }
    const at = 'scope' in command ? command.scope : scope.value
    return { added: addedIds(before.present.project, history.value!.present.project, at), problems: [] }
  }

  /** A renamed layer stays selected, and a renamed block stays open. */
  function followRename({ id, to, scope: at = [] }: RenameNode): void {
    const isHere = at.length === scope.value.length && at.every((block, level) => scope.value[level] === block)
    if (isHere && selection.value.has(id))
      selection.value = new Set([...selection.value].map((other) => (other === id ? to : other)))
    const isAround = at.every((block, level) => scope.value[level] === block) && scope.value[at.length] === id
    if (isAround) scope.value = scope.value.with(at.length, to)
  }

  /** Shows another history of the same document; scope and selection keep what still exists. */
  function show(next: histories.History): void {
    history.value = next
    const network = next.present.project.graph
    while (graphAt(network, scope.value) === undefined) scope.value = scope.value.slice(0, -1)
    const ids = new Set(graph.value.nodes.map((node) => node.id))
    const kept = [...selection.value].filter((id) => ids.has(id))
    if (kept.length < selection.value.size) selection.value = new Set(kept)
  }

  function move(step: (from: histories.History) => histories.History): void {
    if (history.value !== null) show(step(history.value))
  }

  function openScope(to: Scope): void {
    if (project.value === null || graphAt(project.value.graph, to) === undefined) return
    selection.value = new Set()
    scope.value = [...to]
  }

  /** Begins the history again with `start`: what the person has not made, such as the first layout of a template. */
  function replace(start: Project): void {
    const isSaved = !dirty.value
    history.value = histories.startHistory(start)
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

  return {
    history,
    file,
    revision,
    document,
    readOnly,
    savedAt,
    sample,
    facts,
    scope,
    selection,
    project,
    dirty,
    graph,
    report,
    problems,
    /** Reports of the nodes at the scope by id; a block's sums up what is in it. */
    layerReports,
    /** Problems of the nodes at the scope by id; a block has those of its inside too. */
    nodeProblems,
    canUndo: computed(() => history.value !== null && histories.canUndo(history.value)),
    canRedo: computed(() => history.value !== null && histories.canRedo(history.value)),
    entries: computed(() => (history.value === null ? [] : histories.historyEntries(history.value))),
    open,
    apply,
    replace,
    markSaved,
    openScope,
    layerReport: (id: string): LayerReport | undefined => layerReports.value.get(id),
    undo: () => move(histories.undo),
    redo: () => move(histories.redo),
    /** Shows state `index` of `entries`. */
    jump: (index: number) => move((from) => histories.jump(from, index)),
    /** Ends a gesture: the next edit with the same `coalesce` key is an entry of its own. */
    endGesture: () => move(histories.endGesture),
    select: (ids: Iterable<string>) => void (selection.value = new Set(ids)),
  }
})

function batchOf(label: string, command: Command): Command {
  return { type: 'batch', label, commands: [command] }
}

function readOnlyProblem(): Problem {
  return {
    code: 'project-version',
    severity: 'error',
    place: {},
    message: 'The project is read-only, because a newer version of Layerloom wrote it.',
    expected: 'a project of this version',
    received: 'a project of a newer version',
    fix: 'Save it under another name to change it.',
  }
}
