/** Fixes for layers that look up token ids: a table that is large enough, an edge from the source of the ids. */
import { text } from '../../base/text'
import type { Command } from '../../graph/commands'
import { INPUT } from '../../graph/kinds'
import { oneEdit, removing, setting } from './edits'
import { edgesInto, type Fix, type FixContext, type FixRule } from './fix'

export const embeddingIds: FixRule = (context) => {
  const { node, problem } = context
  if (!node) return []
  const { case: what, vocabulary } = problem.data ?? {}
  if (what === 'vocabulary' && typeof vocabulary === 'number')
    return [setting(context, node.id, 'numEmbeddings', vocabulary)]
  if (what === 'padding')
    return [setting(context, node.id, 'paddingIdx', 0), setting(context, node.id, 'paddingIdx', -1)]
  return [...(what === 'not-samples' ? fromInput(context, node.id) : []), removing(context, node.id)]
}

function fromInput({ graph, scope }: FixContext, id: string): Fix[] {
  const input = graph.nodes.find(({ kind }) => kind === INPUT)
  if (!input) return []
  const commands: Command[] = [
    { type: 'edge.disconnect', scope, edges: edgesInto(graph, id) },
    { type: 'edge.connect', scope, from: input.id, to: id, port: 'x' },
  ]
  return [
    {
      label: text(`Connect ${input.id} to ${id}`, `将 ${input.id} 连接到 ${id}`),
      command: oneEdit('connect', commands),
    },
  ]
}
