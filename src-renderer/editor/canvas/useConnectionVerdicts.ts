/**
 * What connecting to each end would lead to. Structure is checked at once; shapes need an analysis each, so they are worked
 * out in the pauses between frames, and at once for the end that is asked for.
 */
import { shallowReactive } from 'vue'
import type { GraphEdge } from '#core/graph/project'
import { checkConnection, structuralProblem, type CheckContext, type ConnectionVerdict } from '../graph/connectionCheck'
import type { ConnectionEnd } from './connectionEnds'

/** Time in ms that checking may take of every frame. */
const BUDGET = 6

interface Question {
  /** The edge that ending there would make. */
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

  /** The verdict on an end, worked out now where it is not known yet. */
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

  /** What is known of an end; undefined while it is not worked out. */
  const verdictAt = (node: string, port?: string): ConnectionVerdict | undefined => verdicts.get(keyOf({ node, port }))

  return { begin, judge, clear, verdictAt }
}

function keyOf({ node, port }: { readonly node: string; readonly port?: string | undefined }): string {
  return port === undefined ? node : `${node}.${port}`
}
