/** The edits that make up fixes: inserting layers, changing their kind, making room for them on the canvas. */
import { text, type Text } from '../../base/text'
import type { Batch, Command } from '../../graph/commands'
import { freshId, idsOf } from '../../graph/freshId'
import { ROW_HEIGHT } from '../../graph/groupBlocks'
import type { ParamValue } from '../../graph/choice'
import type { GraphEdge, GraphNode } from '../../graph/project'
import type { NewLayer } from '../../layers/building'
import { findLayer } from '../../layers/index'
import { edgesFrom, edgesInto, type Fix, type FixContext } from './fix'

/** What a fix's batch did; the window has a sentence for each. */
export type FixVerb = 'insert' | 'connect' | 'remove' | 'replace' | 'rename' | 'set'

/** Combines several edits into one. A single one stays as it is. */
export function oneEdit(verb: FixVerb, commands: readonly Command[]): Command {
  return commands.length === 1 ? commands[0]! : ({ type: 'batch', label: `fix.${verb}`, commands } satisfies Batch)
}

/** PyTorch's name for a kind. */
export const titleOf = (kind: string): string => findLayer(kind)?.title ?? kind

/** Layers closer than this are in one column. */
const COLUMN = 184

/** Moves `target` and everything below it in its column down by `rows`, so that new layers fit above it. */
function makeRoom({ graph, scope }: FixContext, target: GraphNode, rows: number): Command {
  const [x, y] = target.position
  const below = graph.nodes.filter((node) => Math.abs(node.position[0] - x) < COLUMN && node.position[1] >= y)
  const positions = Object.fromEntries(
    below.map((node) => [node.id, [node.position[0], node.position[1] + rows * ROW_HEIGHT] as const]),
  )
  return { type: 'node.move', scope, positions }
}

/** Inserts `layers`, in order, into the edge. Their ids are added to `taken`. */
export function insertOn(
  context: FixContext,
  edge: GraphEdge,
  layers: readonly NewLayer[],
  taken = idsOf(context.graph),
): Command {
  const { graph, scope } = context
  const target = graph.nodes.find(({ id }) => id === edge.to)
  const [x, y] = target?.position ?? [0, 0]
  let on = edge
  const adds = layers.map(({ kind, params }, row): Command => {
    const id = freshId(kind, taken)
    taken.add(id)
    const add = {
      type: 'node.add',
      scope,
      kind,
      id,
      on,
      position: [x, y + row * ROW_HEIGHT],
      ...(params && { params }),
    } as const
    on = { from: id, to: edge.to, port: edge.port }
    return add
  })
  return oneEdit('insert', target ? [...adds, makeRoom(context, target, layers.length)] : adds)
}

/** `Flatten, Linear and Output`. */
export function listedText(names: readonly string[]): Text {
  const last = names.at(-1) ?? ''
  const before = names.slice(0, -1)
  return before.length === 0
    ? text(last, last)
    : text(`${before.join(', ')} and ${last}`, `${before.join('、')} 与 ${last}`)
}

/** The titles of layers as a list. */
export function titles(layers: readonly NewLayer[]): Text {
  const names = layers.map(({ kind }) => titleOf(kind))
  return listedText(names)
}

/** Inserts layers before `port` of the problem's layer; no-op if the port is not connected. */
export function insertBefore(context: FixContext, port: string, layers: readonly NewLayer[], label?: Text): Fix[] {
  const { graph, node } = context
  const edge = edgesInto(graph, node?.id ?? '').find((candidate) => candidate.port === port)
  if (!node || !edge) return []
  const names = titles(layers)
  const at = port === 'x' ? node.id : `${node.id}.${port}`
  return [
    {
      label: label ?? text(`Insert ${names.en} before ${at}`, `在 ${at} 前插入 ${names.zh}`),
      command: insertOn(context, edge, layers),
    },
  ]
}

/** Sets a parameter of a layer on the problem's level. */
export function setParamCommand({ scope }: FixContext, id: string, name: string, value: ParamValue): Command {
  return { type: 'node.setParam', scope, id, name, value }
}

/** A value as shown on buttons. */
export function showValue(value: ParamValue): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`.replaceAll('-', '−')
  if (typeof value === 'string') return value
  return String(value).replace('-', '−')
}

/** The title of a parameter as used within a sentence; its name if the layer has no such parameter. */
export function paramTitle(kind: string, name: string): Text {
  return inSentence(findLayer(kind)?.params[name]?.label ?? text(name, name))
}

/** A title as used within a sentence. */
export function inSentence({ en, zh }: Text): Text {
  return text(en.charAt(0).toLowerCase() + en.slice(1), zh)
}

/** A fix that sets a parameter. */
export function setting(context: FixContext, id: string, name: string, value: ParamValue): Fix {
  const shown = showValue(value)
  const title = paramTitle(context.graph.nodes.find((node) => node.id === id)?.kind ?? '', name)
  return {
    label: text(`Set ${title.en} of ${id} to ${shown}`, `将 ${id} 的${title.zh}设为 ${shown}`),
    command: setParamCommand(context, id, name, value),
  }
}

/** Removes a layer and reconnects its neighbors. */
export function removing({ scope }: FixContext, id: string): Fix {
  return {
    label: text(`Remove ${id}`, `移除 ${id}`),
    command: { type: 'node.remove', scope, ids: [id], reconnect: true },
  }
}

/** Replaces `node` with a layer of another kind, keeping its name and its edges. */
export function replaceKind(
  { graph, scope }: FixContext,
  node: GraphNode,
  kind: string,
  params: Readonly<Record<string, ParamValue>> = node.params,
): Command {
  const edges = [...edgesInto(graph, node.id), ...edgesFrom(graph, node.id)]
  return {
    type: 'batch',
    label: 'fix.replace',
    commands: [
      { type: 'node.remove', scope, ids: [node.id] },
      {
        type: 'node.add',
        scope,
        kind,
        id: node.id,
        position: node.position,
        params,
        trainable: node.trainable,
        initializers: node.initializers,
      },
      ...edges.map((edge): Command => ({ type: 'edge.connect', scope, ...edge })),
    ],
  }
}
