/** Fixes for the ends of a network: an Input and an Output, one of each. */
import { text } from '../../base/text'
import type { Command } from '../../graph/commands'
import { freshId, idsOf } from '../../graph/freshId'
import { ROW_HEIGHT, type Position } from '../../graph/groupBlocks'
import { INPUT, isSink, OUTPUT } from '../../graph/kinds'
import type { GraphNode } from '../../graph/project'
import { dense, flattening, type NewLayer } from '../../layers/building'
import { oneEdit, removing, titles } from './edits'
import { edgesFrom, wantedUnits, type Fix, type FixContext, type FixRule } from './fix'

/** Adds layers below each other, each reading the previous one; the first one reads `source` if given. */
function chain({ graph }: FixContext, layers: readonly NewLayer[], at: Position, source?: string): Command {
  const taken = idsOf(graph)
  const commands: Command[] = []
  let before = source
  for (const [row, { kind, params }] of layers.entries()) {
    const id = freshId(kind, taken)
    taken.add(id)
    commands.push({
      type: 'node.add',
      kind,
      id,
      position: [at[0], at[1] + row * ROW_HEIGHT],
      ...(params && { params }),
    })
    if (before !== undefined) commands.push({ type: 'edge.connect', from: before, to: id })
    before = id
  }
  return oneEdit('insert', commands)
}

/** The layers a network needs between an output with this many axes and its end. */
function head(context: FixContext, axes: number): NewLayer[] {
  const units = wantedUnits(context)
  return [...(axes > 2 ? [flattening] : []), ...(units === undefined ? [] : [dense(units)]), { kind: OUTPUT }]
}

function adding(layers: readonly NewLayer[], command: Command, after?: string): Fix {
  const names = titles(layers)
  return {
    label:
      after === undefined
        ? text(`Add ${names.en}`, `添加 ${names.zh}`)
        : text(`Add ${names.en} after ${after}`, `在 ${after} 后添加 ${names.zh}`),
    command,
  }
}

export const emptyNetwork: FixRule = (context) => {
  const sample = context.sample ?? context.facts?.sample.shape
  const layers = [{ kind: INPUT }, ...head(context, (sample?.length ?? 1) + 1)]
  return [adding(layers, chain(context, layers, [0, 0]))]
}

export const missingInputLayer: FixRule = (context) => {
  const { graph, report } = context
  const open = report.problems.flatMap(({ code, place, data }) =>
    code === 'node-missing-input' && place.node !== undefined && !place.node.includes('.')
      ? [{ to: place.node, port: String(data?.port) }]
      : [],
  )
  const [first] = open
  if (!first) return []
  const [x, y] = graph.nodes.find(({ id }) => id === first.to)?.position ?? [0, 0]
  const id = freshId(INPUT, idsOf(graph))
  const add: Command = { type: 'node.add', kind: INPUT, id, position: [x, y - ROW_HEIGHT] }
  const feeding = (targets: typeof open): Fix => {
    const names = targets.map(({ to }) => to)
    return {
      label: text(`Add Input before ${names.join(' and ')}`, `在 ${names.join('、')} 前添加 Input`),
      command: oneEdit('insert', [add, ...targets.map((end): Command => ({ type: 'edge.connect', from: id, ...end }))]),
    }
  }
  return [[feeding(open), feeding([first])]]
}

export const missingOutputLayer: FixRule = (context) => {
  const { graph } = context
  const ends = graph.nodes.filter((node) => !isSink(node) && edgesFrom(graph, node.id).length === 0)
  return [ends.reverse().flatMap((end) => endings(context, end))]
}

/** An Output after `end`, alone or after the layers its shape still needs. */
function endings(context: FixContext, end: GraphNode): Fix[] {
  const below: Position = [end.position[0], end.position[1] + ROW_HEIGHT]
  const axes = context.layer(end.id)?.shape?.length ?? 2
  return [[{ kind: OUTPUT }], head(context, axes)].map((layers) =>
    adding(layers, chain(context, layers, below, end.id), end.id),
  )
}

export const secondInput: FixRule = (context) => {
  const { graph, node } = context
  const first = graph.nodes.find(({ kind }) => kind === INPUT)
  if (!node || !first || first === node) return []
  const remove: Command = { type: 'node.remove', ids: [node.id] }
  const moved = edgesFrom(graph, node.id).map((edge): Command => ({ type: 'edge.connect', ...edge, from: first.id }))
  return [
    {
      label: text(`Use ${first.id} instead of ${node.id}`, `用 ${first.id} 代替 ${node.id}`),
      command: oneEdit('remove', [remove, ...moved]),
    },
    removing(context, node.id),
  ]
}

export const secondOutput: FixRule = (context) => {
  const { graph, node } = context
  const outputs = graph.nodes.filter(({ kind }) => kind === OUTPUT)
  if (!node) return []
  const others = outputs.filter((other) => other !== node).map(({ id }) => id)
  return [
    removing(context, node.id),
    {
      label: text(`Keep ${node.id} and remove ${others.join(', ')}`, `保留 ${node.id}，移除 ${others.join('、')}`),
      command: { type: 'node.remove', ids: others },
    },
  ]
}
