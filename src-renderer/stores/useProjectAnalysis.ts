/** The analysis of the open project, recomputed only when its inputs change. */
import { computed, shallowRef, type Ref } from 'vue'
import { analyze, type LayerReport, type NetworkReport } from '#core/compiler/analyze'
import type { DataFacts } from '#core/data/facts'
import { knownShape } from '#core/graph/knownShape'
import type { Project } from '#core/graph/project'
import type { Scope } from '#core/graph/scope'
import type { Problem } from '#core/problems/problem'
import { problemsAt, reportsAt } from './nodeReport'
import { sameNetwork } from './sameNetwork'

const emptyReport: NetworkReport = {
  problems: [],
  batchNeeds: [],
  layers: [],
  totals: { parameters: 0, trainable: 0, macs: 0, activationBytes: 0, trainingBytes: 0 },
}

const isUnknownInput = ({ code, data }: Problem): boolean => code === 'shape-input' && data?.['case'] === 'unknown'

export function useProjectAnalysis(project: Readonly<Ref<Project | null>>, scope: Readonly<Ref<Scope>>) {
  /** Shape of one prepared sample, and what is known of the data; undefined until the host has inspected it. */
  const sample = shallowRef<readonly number[] | undefined>(undefined)
  const facts = shallowRef<DataFacts | undefined>(undefined)
  /** The data is being read for the first time: until then, missing data is not a problem of the network. */
  const awaitsData = shallowRef(false)

  /** The project at its last semantic change: moving a card, the most frequent edit, does not affect it. */
  const analysed = computed<Project | null>((last) => {
    const now = project.value
    return last && now && sameNetwork(last, now) ? last : now
  })
  /** Input shape for the analysis: that of a sample, or what is known before the data is read. */
  const inputShape = computed(() => sample.value ?? (analysed.value ? knownShape(analysed.value.data) : undefined))
  const report = computed(() => (analysed.value ? analyze(analysed.value, inputShape.value, facts.value) : emptyReport))
  const problems = computed(() =>
    awaitsData.value ? report.value.problems.filter((problem) => !isUnknownInput(problem)) : report.value.problems,
  )
  /** Reports of the nodes at the scope by id; a block's report sums up its contents. */
  const layerReports = computed(() =>
    analysed.value ? reportsAt(analysed.value.graph, scope.value, report.value) : new Map<string, LayerReport>(),
  )
  /** Problems of the nodes at the scope by id; a block includes those inside it. */
  const nodeProblems = computed(() => problemsAt(scope.value, problems.value))

  /** The data of a newly opened project is not known yet. */
  function forgetData(): void {
    sample.value = undefined
    facts.value = undefined
  }

  return {
    sample,
    facts,
    awaitsData,
    inputShape,
    report,
    problems,
    layerReports,
    nodeProblems,
    layerReport: (id: string): LayerReport | undefined => layerReports.value.get(id),
    forgetData,
  }
}
