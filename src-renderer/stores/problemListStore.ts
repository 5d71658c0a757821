/**
 * The problems of the open project as the window shows them: in the UI language, each with its verified fixes, plus
 * suggestions. Each fix needs its own analysis, so fixes are computed between edits, one problem at a time.
 */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { textIn, type Language } from '#core/base/text'
import type { NetworkReport } from '#core/compiler/analyze'
import { fixesFor, problemKey, type Fix } from '#core/advice/fixes'
import { suggestionsFor, type Suggestion } from '#core/advice/suggest'
import { locateNode } from '#core/graph/blocks'
import type { Command } from '#core/graph/commands'
import type { Project } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/useText'
import { useProject } from './projectStore'

export interface ListedFix {
  readonly label: string
  readonly command: Command
}

export interface ListedProblem {
  readonly key: string
  readonly severity: 'error' | 'warning' | 'suggestion'
  /** The layer in the analysis, e.g. `block1.0.conv1`. */
  readonly node?: string
  /** That layer's name, as used in the sentence. */
  readonly name?: string
  readonly param?: string
  readonly message: string
  readonly arithmetic?: string
  readonly hint?: string
  readonly fixes: readonly ListedFix[]
}

/** Debounce time after an edit before fixes are computed, in milliseconds. */
const PAUSE = 150

/** Results for one analysis. */
interface Worked {
  readonly fixes: ReadonlyMap<string, readonly Fix[]>
  readonly suggestions: readonly Suggestion[]
}

const nothing: Worked = { fixes: new Map(), suggestions: [] }

export const useProblemList = defineStore('problemList', () => {
  const store = useProject()
  const { language } = useText()
  const worked = shallowRef(nothing)
  /** Whether fixes or suggestions are still being computed. */
  const working = shallowRef(false)
  const problems = computed(() => withoutCopies(store.problems))
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Computes the fixes of the first problem of `rest`, then lets the window draw before the next one. */
  function work(project: Project, report: NetworkReport, rest: readonly Problem[]): void {
    const [problem, ...others] = rest
    if (problem === undefined) {
      const suggestions = suggestionsFor(project, report, store.facts, store.inputShape)
      worked.value = { ...worked.value, suggestions }
      working.value = false
      return
    }
    const found = fixesFor(problem, project, report, store.facts, store.inputShape)
    worked.value = { ...worked.value, fixes: new Map([...worked.value.fixes, [problemKey(problem), found]]) }
    timer = setTimeout(() => work(project, report, others))
  }

  watch(
    // Card positions do not affect problems, but fixes place new cards relative to them.
    [() => store.report, () => store.project?.graph],
    ([report]) => {
      clearTimeout(timer)
      worked.value = nothing
      const { project } = store
      working.value = project !== null && !store.readOnly
      if (project === null || store.readOnly) return
      timer = setTimeout(() => work(project, report, problems.value), PAUSE)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  const items = computed<readonly ListedProblem[]>(() => {
    const { fixes, suggestions } = worked.value
    const list = (problem: Problem): ListedProblem =>
      listProblem(problem, fixes.get(problemKey(problem)), language.value)
    return [
      ...problems.value.filter(({ severity }) => severity === 'error').map(list),
      ...problems.value.filter(({ severity }) => severity === 'warning').map(list),
      ...suggestions.map((suggestion) => listSuggestion(suggestion, language.value)),
    ]
  })

  const count = (severity: ListedProblem['severity']): number =>
    items.value.filter((item) => item.severity === severity).length

  return {
    items,
    /**
     * The first fix of the problem with this key, or else of the first error or warning that has one. Undefined while
     * an earlier one
     * is still being computed, null if there is none.
     */
    firstFix: (key: string | null): ListedFix | null | undefined =>
      firstFix(items.value, key, (other) => !working.value || worked.value.fixes.has(other)),
    counts: computed(() => ({
      errors: count('error'),
      warnings: count('warning'),
      suggestions: count('suggestion'),
    })),
    /** Problems of one layer by its id in the analysis, first copy. */
    of: (expandedId: string): readonly ListedProblem[] => items.value.filter((item) => item.node === expandedId),
    /** Applies the edit of a fix. */
    repair: (fix: ListedFix): boolean => store.apply(fix.command).problems.length === 0,
  }
})

function firstFix(
  items: readonly ListedProblem[],
  wanted: string | null,
  isWorkedOut: (key: string) => boolean,
): ListedFix | null | undefined {
  const named = items.filter(({ key }) => key === wanted)
  for (const { key, fixes } of [...named, ...items.filter(({ severity }) => severity !== 'suggestion')]) {
    if (fixes.length > 0) return fixes[0]!
    if (!isWorkedOut(key)) return undefined
  }
  return null
}

/** Copies of a repeated block have the same problem; only the first is kept. */
function withoutCopies(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((problem) => {
    const key = problemKey(problem)
    const isCopy = locateNode(problem.place.node ?? '').copies.some((copy) => copy > 0)
    return !isCopy && !seen.has(key) && seen.add(key)
  })
}

const listFix = ({ label, command }: Fix, language: Language): ListedFix => {
  return { label: textIn(label, language), command }
}

/** `found` is undefined until the fixes are computed. */
function listProblem(problem: Problem, found: readonly Fix[] | undefined, language: Language): ListedProblem {
  const { place, severity, message, arithmetic, fix } = translateProblem(problem, language)
  return {
    key: problemKey(problem),
    severity,
    message,
    fixes: (found ?? []).map((each) => listFix(each, language)),
    ...(place.node !== undefined && { node: place.node, name: nameIn(message, place.node) }),
    ...(place.param !== undefined && { param: place.param }),
    ...(isOfTransforms(place) && typeof problem.data?.step === 'string' && { name: problem.data.step }),
    ...(arithmetic !== undefined && { arithmetic }),
    // Arithmetic and a button are enough; whether there is a button is known a moment later.
    ...((arithmetic === undefined || found?.length === 0) && { hint: fix }),
  }
}

function listSuggestion({ node, message, arithmetic, fix }: Suggestion, language: Language): ListedProblem {
  return {
    key: `suggestion|${node}|${message.en}`,
    severity: 'suggestion',
    node,
    name: locateNode(node).id,
    message: textIn(message, language),
    fixes: [listFix(fix, language)],
    ...(arithmetic !== undefined && { arithmetic }),
  }
}

/** Whether a problem belongs to the Augment screen. */
export const isOfTransforms = ({ param }: { readonly param?: string | undefined }): boolean =>
  param?.startsWith('transforms.') === true

/** The name a sentence uses for a layer: the whole id, or the part after the blocks. */
function nameIn(message: string, node: string): string {
  return message.includes(node) ? node : locateNode(node).id
}
