/** ELK in a separate worker: its code is large and its work can take a while, so it is loaded on first use. */
import type { ElkGraph, ElkLayout } from './autoLayout'

let layout: Promise<ElkLayout> | undefined

/** Arranges a graph with ELK; the worker starts with the first call. */
export const elkLayout: ElkLayout = async (graph) => {
  layout ??= startElk()
  return (await layout)(graph)
}

async function startElk(): Promise<ElkLayout> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ])
  const elk = new Elk({ workerFactory: () => new ElkWorker() })
  return (graph) => elk.layout(graph as Parameters<typeof elk.layout>[0]) as Promise<ElkGraph>
}
