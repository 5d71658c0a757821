/** Edits of the open project, with undo and redo: every edit is a command of src-core. */
import { computed, type Ref } from 'vue'
import { portsOf } from '#core/compiler/analyze'
import { addedIds } from '#core/graph/apply'
import type { Command } from '#core/graph/commands'
import * as histories from '#core/graph/history'
import { ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { ProjectPlace } from './useProjectPlace'

export interface ApplyOptions {
  /** Consecutive edits with the same key become one history entry: dragging, scrubbing a number. */
  readonly coalesce?: string
  /** Name of the entry in the history list, in place of the command's default. */
  readonly label?: string
}

/** Result of an edit: the ids it added at the scope of the command, or why it was rejected. */
export interface Applied {
  readonly added: readonly string[]
  /** Empty if the edit was applied. */
  readonly problems: readonly Problem[]
}

export function useProjectEdits(
  history: Ref<histories.History | null>,
  readOnly: Readonly<Ref<boolean>>,
  place: Pick<ProjectPlace, 'scope' | 'followRename' | 'keepWhatExists'>,
) {
  /** Applies an edit. A rejected edit changes nothing and reports why. */
  function apply(command: Command, options: ApplyOptions = {}): Applied {
    const before = history.value
    if (before === null) return { added: [], problems: [] }
    if (readOnly.value) return { added: [], problems: [makeProblem('project-version', 'not-editable', {}, {})] }
    const labeled = options.label === undefined ? command : batchOf(options.label, command)
    try {
      const edit = { ports: portsOf, ...(options.coalesce !== undefined && { gesture: options.coalesce }) }
      const after = histories.execute(before, labeled, edit)
      if (command.type === 'node.rename') place.followRename(command)
      show(after)
    } catch (error) {
      if (error instanceof ProblemError) return { added: [], problems: error.problems }
      throw error
    }
    const at = 'scope' in command ? command.scope : place.scope.value
    return { added: addedIds(before.present.project, history.value!.present.project, at), problems: [] }
  }

  /** Shows another history of the same project. */
  function show(next: histories.History): void {
    history.value = next
    place.keepWhatExists()
  }

  function move(step: (from: histories.History) => histories.History): void {
    if (history.value !== null) show(step(history.value))
  }

  return {
    canUndo: computed(() => history.value !== null && histories.canUndo(history.value)),
    canRedo: computed(() => history.value !== null && histories.canRedo(history.value)),
    entries: computed(() => (history.value === null ? [] : histories.historyEntries(history.value))),
    apply,
    undo: () => move(histories.undo),
    redo: () => move(histories.redo),
    /** Shows state `index` of `entries`. */
    jump: (index: number) => move((from) => histories.jump(from, index)),
    /** Ends a gesture: the next edit with the same `coalesce` key starts a new entry. */
    endGesture: () => move(histories.endGesture),
  }
}

function batchOf(label: string, command: Command): Command {
  return { type: 'batch', label, commands: [command] }
}
