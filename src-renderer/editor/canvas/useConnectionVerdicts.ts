/**
 * The result of connecting to each end. Structure is checked immediately; shapes need one analysis each, so they are
 * computed
 * between frames, and immediately for a requested end.
 */
import { shallowReactive } from 'vue'
import type { GraphEdge } from '#core/graph/project'
import { checkConnection, structuralProblem, type CheckContext, type ConnectionVerdict } from '../graph/connectionCheck'
import type { ConnectionEnd } from './connectionEnds'

/** Time budget for checks per frame, in ms. */
const BUDGET = 6

interface Question {
  /** The edge that ending there would create. */
  readonly edgeTo: (end: ConnectionEnd) => GraphEdge | undefined
  readonly context: () => CheckContext
}

export function useConnectionVerdicts({ edgeTo, context }: Question) {
  const verdicts = shallowReactive(new Map<string, ConnectionVerdict>())
  let timer: ReturnType<typeof setTimeout> | undefined

  function begin(ends: readonly ConnectionEnd[]): void {
    verdicts.clear()
    const pending: ConnectionEnd[] = []
    for (const end of ends) {
      const problem = structuralProblem(edgeTo(end)!, context())
      if (problem === undefined) pending.push(end)
      else verdicts.set(keyOf(end), { kind: 'refused', problem })
    }
    timer = setTimeout(() => work(pending))
  }

  function work(pending: ConnectionEnd[]): void {
    const begun = performance.now()
    while (pending.length > 0 && performance.now() - begun < BUDGET) judge(pending.shift()!)
    if (pending.length > 0) timer = setTimeout(() => work(pending), 16)
  }

  /** The verdict on an end, computed now if not known yet. */
  function judge(end: ConnectionEnd): ConnectionVerdict | undefined {
    const known = verdicts.get(keyOf(end))
    const edge = edgeTo(end)
    if (known !== undefined || edge === undefined) return known
    const verdict = checkConnection(edge, context())
    verdicts.set(keyOf(end), verdict)
    return verdict
  }

  function clear(): void {
    clearTimeout(timer)
    verdicts.clear()
  }

  /** The known verdict on an end; undefined until computed. */
  const verdictAt = (node: string, port?: string): ConnectionVerdict | undefined => verdicts.get(keyOf({ node, port }))

  return { begin, judge, clear, verdictAt }
}

function keyOf({ node, port }: { readonly node: string; readonly port?: string | undefined }): string {
  return port === undefined ? node : `${node}.${port}`
}
