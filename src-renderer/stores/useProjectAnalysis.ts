/** What the analysis says of the open project, worked out anew only where something that it depends on has changed. */
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
  /** Shape of one pre-processed sample, and what is known of the data; undefined until the host has looked. */
  const sample = shallowRef<readonly number[] | undefined>(undefined)
  const facts = shallowRef<DataFacts | undefined>(undefined)
  /** The data is being read for the first time: what the network lacks until then is no problem of it. */
  const awaitsData = shallowRef(false)

  /** The project as it was when it last came to mean something else: moving a card, the most frequent edit, keeps it. */
  const analysed = computed<Project | null>((last) => {
    const now = project.value
    return last && now && sameNetwork(last, now) ? last : now
  })
  /** What the network is analysed with: the shape of a sample, or what can be told of it before the data is read. */
  const inputShape = computed(() => sample.value ?? (analysed.value ? knownShape(analysed.value.data) : undefined))
  const report = computed(() => (analysed.value ? analyze(analysed.value, inputShape.value, facts.value) : emptyReport))
  const problems = computed(() =>
    awaitsData.value ? report.value.problems.filter((problem) => !isUnknownInput(problem)) : report.value.problems,
  )
  /** Reports of the nodes at the scope by id; a block's sums up what is in it. */
  const layerReports = computed(() =>
    analysed.value ? reportsAt(analysed.value.graph, scope.value, report.value) : new Map<string, LayerReport>(),
  )
  /** Problems of the nodes at the scope by id; a block has those of its inside too. */
  const nodeProblems = computed(() => problemsAt(scope.value, problems.value))

  /** The data of a project that has just been opened is not known yet. */
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
