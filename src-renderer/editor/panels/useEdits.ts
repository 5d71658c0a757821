/** Edits from the panels: a rejected one is reported in the UI language instead of being lost. */
import type { Command } from '#core/graph/commands'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../../i18n/useText'
import type { Applied, ApplyOptions } from '../../stores/useProjectEdits'
import { useProject } from '../../stores/projectStore'
import { tellRefusal } from '../../stores/tellRefusal'

export function useEdits() {
  const project = useProject()
  const { language } = useText()

  /** The sentence for a rejection. */
  function reasonOf(problems: readonly Problem[]): string {
    return problems.map((problem) => translateProblem(problem, language.value).message).join(' ')
  }

  /** Applies an edit; if rejected, a toast says why. True if applied. */
  function edit(command: Command, options?: ApplyOptions): boolean {
    return editWith(command, options).problems.length === 0
  }

  /** Same, also returning what the edit added. */
  function editWith(command: Command, options?: ApplyOptions): Applied {
    const applied = project.apply(command, options)
    if (applied.problems.length > 0) tellRefusal(reasonOf(applied.problems))
    return applied
  }

  return { edit, editWith, reasonOf }
}
