/**
 * What blocks the start of a run: problems of the network, of its settings and of the data, and rejected field values.
 */
import { useSession } from '../frame/sessionStore'
import { graphAt } from '#core/graph/scope'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/useText'
import { useData } from '../stores/dataStore'
import { useProject } from '../stores/projectStore'
import { useRuns } from '../stores/runStore'
import { refusedValues, type RefusedValue } from '../ui/useRefusedValue'

/** Errors only. Before the data has been inspected, what the network lacks is unknown. */
function errors(): readonly Problem[] {
  const data = useData()
  const network = data.inspected === null ? [] : useProject().problems
  return [...data.problems, ...network].filter(({ severity }) => severity === 'error')
}

/** In the UI language, including why the last start was rejected. */
export function obstacles(): readonly Problem[] {
  const { language } = useText()
  return [...errors(), ...useRuns().refusal].map((problem) => translateProblem(problem, language.value))
}

/** Rejected field values; those of deleted layers block nothing. */
export function refusals(): readonly RefusedValue[] {
  const graph = useProject().project?.graph
  return refusedValues.value.filter(({ place: { screen, node, part } }) => {
    // A form for several layers ends with their selection.
    if (screen !== 'model' || node === undefined) return true
    const path = typeof part === 'string' && part !== '' ? part.split('/') : []
    return graph !== undefined && graphAt(graph, path)?.nodes.some(({ id }) => id === node) === true
  })
}

/** Why Start is disabled now; null if it is not. */
export function blockedReason(): string | null {
  const { t, language } = useText()
  if (useProject().project === null) return t('frame.needsProject')
  if (useSession().hostLost) return t('training.noConnection')
  const { live, elsewhere } = useRuns()
  if (live !== null) return t('training.training')
  if (elsewhere !== null) return t('training.trainElsewhere', { name: elsewhere.record.summary.name })
  const [refused] = refusals()
  if (refused !== undefined) return refused.sentence
  const [first] = errors()
  if (first !== undefined) return translateProblem(first, language.value).message
  return useData().inspected === null ? t('training.readingData') : null
}

/** The screen on which a problem is fixed, and the text of the link to it. */
export function screenOf({ place, code }: Problem): 'data' | 'model' | null {
  if (place.param?.startsWith('training.')) return null
  if (place.param?.startsWith('data.') || code.startsWith('data-')) return 'data'
  return place.node !== undefined || place.edge !== undefined || code.startsWith('graph-') ? 'model' : null
}
