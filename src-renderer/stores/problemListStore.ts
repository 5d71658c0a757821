/**
 * The problems of the open project as the window shows them: in its language, each with the repairs that were tried out, and the
 * suggestions. Repairs need an analysis each, so they are worked out between edits, a problem at a time.
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
  /** That layer's name, as it stands in the sentence. */
  readonly name?: string
  readonly param?: string
  readonly message: string
  readonly arithmetic?: string
  readonly hint?: string
  readonly fixes: readonly ListedFix[]
}

/** Quiet time after an edit before repairs are worked out, in milliseconds. */
const PAUSE = 150

/** What was worked out for one analysis. */
interface Worked {
  readonly fixes: ReadonlyMap<string, readonly Fix[]>
  readonly suggestions: readonly Suggestion[]
}

const nothing: Worked = { fixes: new Map(), suggestions: [] }

export const useProblemList = defineStore('problemList', () => {
  const store = useProject()
  const { language } = useText()
  const worked = shallowRef(nothing)
  /** Whether repairs or suggestions are still to come. */
  const working = shallowRef(false)
  const problems = computed(() => withoutCopies(store.problems))
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Works out the repairs of the first problem of `rest`, then lets the window draw before the next one. */
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
    // Where cards stand changes no problem, but repairs place what they add beside them.
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
     * The first repair of the problem of this key, or else of the first error or warning that has one. Undefined while one that
     * comes before is still being worked out, null where there is none.
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
    /** Makes the edit of a repair. */
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

/** Copies of a repeated block have the same problem; the first one stands for all. */
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

/** `found` is undefined until the repairs are worked out. */
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
    // A computation and a button say enough; whether there is a button is known a moment later.
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

/** Whether a problem is one of the Augment screen. */
export const isOfTransforms = ({ param }: { readonly param?: string | undefined }): boolean =>
  param?.startsWith('transforms.') === true

/** The name under which a sentence speaks of a layer: the whole id, or the part after the blocks. */
function nameIn(message: string, node: string): string {
  return message.includes(node) ? node : locateNode(node).id
}
