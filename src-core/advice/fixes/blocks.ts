/** Fixes for blocks and names: allowed contents, repeat counts, duplicate names. */
import { text } from '../../base/text'
import { portsOf } from '../../compiler/analyze'
import { expansionProblems } from '../../graph/blocks'
import type { Command } from '../../graph/commands'
import { freeName, freshId, idsOf } from '../../graph/freshId'
import { ROW_HEIGHT } from '../../graph/groupBlocks'
import { BLOCK_INPUT, BLOCK_OUTPUT, INPUT, isBlock, isSink } from '../../graph/kinds'
import { inputPorts } from '../../graph/ports'
import type { GraphNode, NetworkGraph } from '../../graph/project'
import { editGraphAt, replaceNode, type Scope } from '../../graph/scope'
import { oneEdit, removing, replaceKind } from './edits'
import { edgesFrom, type Fix, type FixContext, type FixRule } from './fix'

/**
 * Commands address layers by id, and an id means the first layer that has it: so the first one is renamed temporarily.
 */
export const duplicateId: FixRule = (context) => {
  const { graph, node, scope, problem } = context
  if (!node) return []
  const { id } = node
  const taken = idsOf(graph)
  const aside = freeName(`${id}_first`, taken)
  const renamed = freeName(id, taken)
  const rename = (from: string, to: string): Command => ({ type: 'node.rename', scope, id: from, to })
  const remove: Fix = {
    label: text(`Remove the second ${id}`, `移除第二个 ${id}`),
    command: {
      type: 'batch',
      label: 'fix.remove',
      commands: [rename(id, aside), { type: 'node.remove', scope, ids: [id] }, rename(aside, id)],
    },
  }
  const [next, ...further] = edgesFrom(graph, id)
  const [port, ...ports] = inputPorts(node, portsOf)?.required ?? []
  if (problem.data?.count !== 2 || !next || further.length > 0 || port === undefined || ports.length > 0)
    return [remove]
  const insert: Fix = {
    label: text(
      `Rename the second to ${renamed} and put it after ${id}`,
      `将第二个改名为 ${renamed} 并接在 ${id} 之后`,
    ),
    command: {
      type: 'batch',
      label: 'fix.rename',
      commands: [
        rename(id, aside),
        rename(id, renamed),
        rename(aside, id),
        { type: 'edge.disconnect', scope, edges: [next] },
        { type: 'edge.connect', scope, from: id, to: renamed, port },
        { type: 'edge.connect', scope, from: renamed, to: next.to, port: next.port },
      ],
    },
  }
  return [insert, remove]
}

export const blockForm: FixRule = (context) => {
  const { node, problem } = context
  if (!node) return []
  switch (problem.data?.case) {
    case 'end-inside':
      return [...(node.kind === INPUT ? [asBlockInput(context, node)] : []), removing(context, node.id)]
    case 'no-output':
      return isBlock(node) ? [addBlockOutput(context, node)] : []
    case 'no-input':
      return isBlock(node) ? [...addBlockInput(context, node), once(context, node)] : []
    default:
      return [removing(context, node.id)]
  }
}

/** An Input inside a block was most likely meant to be a block input. */
function asBlockInput(context: FixContext, node: GraphNode): Fix {
  return {
    label: text(`Make ${node.id} an input of the block`, `将 ${node.id} 改为组合块的输入`),
    command: replaceKind(context, node, BLOCK_INPUT, {}),
  }
}

function once({ scope }: FixContext, { id }: GraphNode): Fix {
  return {
    label: text(`Set the repeat count of ${id} to 1`, `将 ${id} 的重复次数设为 1`),
    command: { type: 'block.setRepeat', scope, id, repeat: 1 },
  }
}

/** An input for the first inner layer without one, fed by the source of the block. */
function addBlockInput(context: FixContext, block: GraphNode & { graph: NetworkGraph }): Fix[] {
  const inside = [...context.scope, block.id]
  const fed = new Set(block.graph.edges.map(({ to, port }) => `${to}.${port}`))
  const open = block.graph.nodes.flatMap((node) =>
    (inputPorts(node, portsOf)?.required ?? [])
      .filter((port) => !fed.has(`${node.id}.${port}`))
      .map((port) => ({ node, port })),
  )
  const [first] = open
  if (!first) return []
  const id = freeName('x', idsOf(block.graph))
  const [x, y] = first.node.position
  return [
    {
      label: text(`Add an input to ${block.id}`, `为 ${block.id} 添加输入`),
      command: oneEdit('insert', [
        { type: 'node.add', scope: inside, kind: BLOCK_INPUT, id, position: [x, y - ROW_HEIGHT] },
        { type: 'edge.connect', scope: inside, from: id, to: first.node.id, port: first.port },
      ]),
    },
  ]
}

/** An output after the last inner layer with an unused output. */
function addBlockOutput(context: FixContext, block: GraphNode & { graph: NetworkGraph }): Fix {
  const inside = [...context.scope, block.id]
  const last = block.graph.nodes.findLast((node) => !isSink(node) && edgesFrom(block.graph, node.id).length === 0)
  const id = freshId('out', idsOf(block.graph))
  const position = last ? ([last.position[0], last.position[1] + ROW_HEIGHT] as const) : ([0, 0] as const)
  return {
    label: text(`Add an output to ${block.id}`, `为 ${block.id} 添加输出`),
    command: oneEdit('insert', [
      { type: 'node.add', scope: inside, kind: BLOCK_OUTPUT, id, position },
      ...(last ? [{ type: 'edge.connect', scope: inside, from: last.id, to: id } as const] : []),
    ]),
  }
}

export const networkTooLarge: FixRule = (context) => {
  const { project, node, scope } = context
  if (node)
    return [
      {
        label: text(`Ungroup ${node.id}`, `解散 ${node.id}`),
        command: { type: 'block.ungroup', scope, id: node.id },
      },
    ]
  return repeatedBlocks(project.graph, []).map(({ scope: around, block }): Fix => {
    const repeat = largestRepeat(project.graph, around, block)
    return {
      label: text(`Set the repeat count of ${block.id} to ${repeat}`, `将 ${block.id} 的重复次数设为 ${repeat}`),
      command: { type: 'block.setRepeat', scope: around, id: block.id, repeat },
    }
  })
}

function repeatedBlocks(graph: NetworkGraph, scope: Scope): { readonly scope: Scope; readonly block: GraphNode }[] {
  return graph.nodes
    .filter(isBlock)
    .flatMap((block) => [
      ...((block.repeat ?? 1) > 1 ? [{ scope, block }] : []),
      ...repeatedBlocks(block.graph, [...scope, block.id]),
    ])
}

/** The largest repeat count of `block` that keeps the network within limits, or 1. */
function largestRepeat(graph: NetworkGraph, scope: Scope, block: GraphNode): number {
  const fits = (repeat: number): boolean =>
    expansionProblems(editGraphAt(graph, scope, (level) => replaceNode(level, { ...block, repeat }))).length === 0
  let [low, high] = [1, block.repeat ?? 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}
