/**
 * One-click fixes for a network's problems. Rules propose edits; each is applied and the network analyzed again before
 * it
 * is offered, so every visible button works.
 */
import type { DataFacts } from '../data/facts'
import { tryCommand } from '../graph/apply'
import type { Project } from '../graph/project'
import type { ProblemCode } from '../problems/codes'
import type { Problem } from '../problems/problem'
import { analyze, portsOf, type NetworkReport } from '../compiler/analyze'
import { fixContext, fixGround, type Fix } from './fixes/fix'
import { fixRules } from './fixes/rules'

export type { Fix } from './fixes/fix'

/** Maximum number of fixes offered per problem. */
const MOST_OFFERED = 3
/** Maximum number of proposals tried per problem; every trial analyzes the whole network. */
const MOST_TRIED = 16

/**
 * The fixes for `problem`, most likely first, at most three. `report` is the analysis that found it, made with the
 * same `facts` and `sample`. Each fix removes the problem and adds no error. If there is none, a fix is
 * offered that only reveals errors of layers whose shapes were assumed because of this problem.
 */
export function fixesFor(
  problem: Problem,
  project: Project,
  report: NetworkReport,
  facts?: DataFacts,
  sample?: readonly number[],
): Fix[] {
  const rule = fixRules[problem.code]
  if (rule === undefined) return []
  const trial = { problem, project, report, facts, sample }
  const offered: Fix[] = []
  const revealing: Fix[] = []
  const labels = new Set<string>()
  let tried = 0
  for (const proposal of rule(fixContext(fixGround(project, report, facts, sample), problem))) {
    for (const fix of 'label' in proposal ? [proposal] : proposal) {
      if (labels.has(fix.label.en) || offered.length === MOST_OFFERED || tried === MOST_TRIED) continue
      tried++
      labels.add(fix.label.en)
      const result = tryFix(fix, trial)
      if (result === 'revealing') revealing.push(fix)
      if (result !== 'clean') continue
      offered.push(fix)
      break
    }
  }
  return offered.length > 0 ? offered : revealing.slice(0, MOST_OFFERED)
}

/** Same text at the same place means the same problem in two analyses. */
export function problemKey({ code, place, message }: Problem): string {
  return [code, place.node, place.param, place.edge, message].join('|')
}

interface Trial {
  readonly problem: Problem
  readonly project: Project
  readonly report: NetworkReport
  readonly facts: DataFacts | undefined
  readonly sample: readonly number[] | undefined
}

function tryFix(fix: Fix, trial: Trial): 'clean' | 'revealing' | 'refused' {
  const { problem, project, report, facts, sample } = trial
  const outcome = tryCommand(project, fix.command, portsOf)
  if ('problems' in outcome || outcome.project === project) return 'refused'
  const { problems } = analyze(outcome.project, sample, facts)
  if (problems.some((other) => problemKey(other) === problemKey(problem))) return 'refused'
  const known = new Set(report.problems.map(problemKey))
  const added = problems.filter((other) => other.severity === 'error' && !known.has(problemKey(other)))
  if (added.length === 0) return 'clean'
  return added.every((other) => wasHidden(other, trial)) ? 'revealing' : 'refused'
}

/** Whether an error was undetectable before, because the shape at its layer was assumed or unknown. */
function wasHidden({ code, place }: Problem, { problem, report }: Trial): boolean {
  if (problem.code === 'graph-too-large') return true
  if (structuralCodes.has(code)) return false
  if (report.layers.length === 0) return true
  // New problems of the fixed layer are caused by the fix.
  if (place.node === problem.place.node) return false
  return report.layers.find(({ id }) => id === place.node)?.assumed ?? false
}

/** Problems detected regardless of shapes; if one appears after a fix, the fix caused it. */
const structuralCodes: ReadonlySet<ProblemCode> = new Set([
  'graph-empty',
  'graph-cycle',
  'graph-duplicate-id',
  'graph-edge-unknown',
  'graph-no-input',
  'graph-no-output',
  'graph-several-inputs',
  'graph-several-outputs',
  'graph-too-large',
  'block-form',
  'node-missing-input',
  'node-extra-input',
  'node-disconnected',
])
