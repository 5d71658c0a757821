/**
 * Undo and redo as values. A history contains whole projects, which share everything unchanged; so undo restores
 * exactly the previous state after any edit.
 */
import { applyCommand } from './apply'
import type { Command } from './commands'
import { unknownPorts, type Ports } from './ports'
import type { Project } from './project'

/** Description of an edit for the history list; the window turns it into a sentence in its language. */
export interface EditLabel {
  /** `opened`, the type of a command, or the label of a batch. */
  readonly name: string
  /** Affected layers, kinds or names. */
  readonly subjects: readonly string[]
  /** The changed parameter, weight or setting. */
  readonly detail?: string
}

/** A project and the edit that led to it. */
export interface HistoryEntry {
  readonly project: Project
  readonly label: EditLabel
  /** The unfinished gesture; the next edit with the same key replaces this entry. */
  readonly gesture?: string
}

/** The states before, the current one, and those available to redo, each in the order they were made. */
export interface History {
  readonly past: readonly HistoryEntry[]
  readonly present: HistoryEntry
  readonly future: readonly HistoryEntry[]
}

/** Maximum number of states that can be undone. */
export const HISTORY_LIMIT = 500

export interface EditOptions {
  /**
   * Consecutive edits with the same key become one entry: dragging, scrubbing a number. The key ends with
   * `endGesture`, with an edit that has another key or none, and with undo and redo.
   */
  readonly gesture?: string
  readonly ports?: Ports
  readonly limit?: number
}

/** A history that starts with `project`. */
export function startHistory(project: Project): History {
  return { past: [], present: { project, label: { name: 'opened', subjects: [] } }, future: [] }
}

/**
 * Applies a command and records it. A command that changes nothing leaves the history unchanged.
 * @throws ProblemError where the command is impossible.
 */
export function execute(history: History, command: Command, options: EditOptions = {}): History {
  const project = applyCommand(history.present.project, command, options.ports ?? unknownPorts)
  return record(history, project, describeEdit(command), options)
}

/** Records a project created otherwise, e.g. from a template, as a separate edit. */
export function record(history: History, project: Project, label: EditLabel, options: EditOptions = {}): History {
  const { past, present } = history
  const { gesture, limit = HISTORY_LIMIT } = options
  if (project === present.project) return history
  const entry: HistoryEntry = gesture === undefined ? { project, label } : { project, label, gesture }
  const continues = gesture !== undefined && gesture === present.gesture
  const before = continues ? past : [...past, withoutGesture(present)]
  return { past: before.slice(-limit), present: entry, future: [] }
}

/** Ends a gesture: the next edit starts a new entry. */
export function endGesture(history: History): History {
  return history.present.gesture === undefined ? history : { ...history, present: withoutGesture(history.present) }
}

export function canUndo(history: History): boolean {
  return history.past.length > 0
}

export function canRedo(history: History): boolean {
  return history.future.length > 0
}

/** One edit back; the same history if there is none. */
export function undo(history: History): History {
  return jump(history, history.past.length - 1)
}

/** One edit forward; the same history if there is none. */
export function redo(history: History): History {
  return jump(history, history.past.length + 1)
}

/** Shows state `index` of `historyEntries`; no-op if out of range. */
export function jump(history: History, index: number): History {
  const entries = historyEntries(history)
  const present = entries[index]
  if (present === undefined || index === history.past.length) return history
  return { past: entries.slice(0, index), present: withoutGesture(present), future: entries.slice(index + 1) }
}

/** All states, oldest first; the current one has the index `history.past.length`. */
export function historyEntries(history: History): readonly HistoryEntry[] {
  return [...history.past, history.present, ...history.future]
}

/** What a command does, for the history list. */
export function describeEdit(command: Command): EditLabel {
  const name = command.type
  switch (command.type) {
    case 'node.add':
      return { name, subjects: [command.id ?? command.kind] }
    case 'node.rename':
      return { name, subjects: [command.id, command.to] }
    case 'node.move':
    case 'graph.layout':
      return { name, subjects: Object.keys(command.positions) }
    case 'node.setParam':
      return { name, subjects: [command.id], detail: command.name }
    case 'node.setInitializer':
      return { name, subjects: [command.id], detail: command.weight }
    case 'node.remove':
    case 'node.setTrainable':
    case 'nodes.duplicate':
    case 'block.group':
      return { name, subjects: command.ids }
    case 'edge.connect':
      return { name, subjects: [command.from, command.to] }
    case 'edge.disconnect':
      return { name, subjects: command.edges.flatMap((edge) => [edge.from, edge.to]) }
    case 'nodes.paste':
      return { name, subjects: command.clip.nodes.map((node) => node.id) }
    case 'block.ungroup':
    case 'block.setRepeat':
      return { name, subjects: [command.id] }
    case 'project.rename':
      return { name, subjects: [command.name] }
    case 'project.setTask':
      return { name, subjects: [command.task] }
    case 'training.set':
    case 'data.set':
      return { name, subjects: [], detail: Object.keys(command.settings).join(', ') }
    case 'transforms.set':
      return { name, subjects: command.transforms.map(({ kind }) => kind) }
    case 'batch':
      return { name: command.label, subjects: command.commands.flatMap((inner) => describeEdit(inner).subjects) }
  }
}

function withoutGesture({ project, label }: HistoryEntry): HistoryEntry {
  return { project, label }
}
