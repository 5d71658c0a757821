/**
 * One-click repairs of a network's problems. Rules propose edits; each is applied and the network analysed again before it
 * is offered, so a button that is shown works.
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

/** Most repairs that are offered for one problem. */
const MOST_OFFERED = 3
/** Most proposals that are tried out for one problem; every trial is an analysis of the whole network. */
const MOST_TRIED = 16

/**
 * The repairs of `problem`, the most likely one first, at most three. `report` is the analysis that found it, made with the
 * same `facts` and `sample`. Each repair makes the problem go away and adds no error. Where no such repair exists, one is
 * offered that only brings to light errors of layers whose shapes this problem had made a guess.
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

/** Same text at the same place: the same problem in two analyses. */
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

/** Whether an error could not have been found before, because the shape at its layer was a guess or not known at all. */
function wasHidden({ code, place }: Problem, { problem, report }: Trial): boolean {
  if (problem.code === 'graph-too-large') return true
  if (structuralCodes.has(code)) return false
  if (report.layers.length === 0) return true
  // What is wrong with the repaired layer now, the repair has made.
  if (place.node === problem.place.node) return false
  return report.layers.find(({ id }) => id === place.node)?.assumed ?? false
}

/** Problems that are found whatever the shapes are; a repair that leads to one has made it. */
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
