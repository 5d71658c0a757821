/** Fixes for inputs that do not fit together: adapt one of them, or change the layer that produced it. */
import { text } from '../../base/text'
import type { Command } from '../../graph/commands'
import { idsOf } from '../../graph/freshId'
import { comparePorts } from '../../graph/ports'
import type { GraphEdge, GraphNode } from '../../graph/project'
import { convolution, dense, flattening, maxPool, poolTo, type NewLayer } from '../../layers/building'
import { findLayer } from '../../layers/index'
import { isConcrete, sameShape, type Shape } from '../../tensor/shape'
import { insertBefore, oneEdit, titles, insertOn } from './edits'
import { edgesInto, shapeInto, sourceInto, type Fix, type FixContext, type FixRule, type Proposal } from './fix'
import { settingWidth, widthSetter } from './training'

export const mismatch: FixRule = (context) => {
  const { node, problem } = context
  const id = problem.place.node
  const port = problem.data?.port
  if (!node || id === undefined) return []
  if (problem.data?.case === 'normalized') return [allOfLastAxis(context, node)]
  if (typeof port !== 'string') return []
  const edges = edgesInto(context.graph, node.id).sort((a, b) => comparePorts(a.port, b.port))
  const first = edges[0]?.port ?? 'a'
  const [one, other] = [shapeInto(context, id, first), shapeInto(context, id, port)]
  if (!one || !other) return []
  const adapted = adapting(node, one, other)
  const back = adapting(node, other, one)
  const odd = edges.filter((edge) => !sameShape(shapeInto(context, id, edge.port) ?? one, one))
  return [
    [...insertAll(context, odd, one, adapted), ...inserting(context, port, other, one, adapted)],
    ...widths(context, id, [port, first], one, other),
    inserting(context, first, one, other, back),
    ...(edges.length > 2 ? [disconnecting(context, node, odd)] : []),
  ] satisfies Proposal[]
}

/** How the inputs of `node` must agree: everywhere, or everywhere but along the axis that they are joined at. */
const adapting = (node: GraphNode, to: Shape, from: Shape): NewLayer[] | undefined =>
  findLayer(node.kind)?.combines === 'along-axis' ? adaptSizes(to, from, 1) : adaptTo(to, from)

/** Layers that turn `from` into `to`, or undefined if the catalog has none. */
function adaptTo(to: Shape, from: Shape): NewLayer[] | undefined {
  if (to.length === 2 && from.length > 2) return [flattening, dense(to[1] as number)]
  if (to.length === 2 && from.length === 2) return [dense(to[1] as number)]
  if (to.length !== 4 || from.length !== 4) return undefined
  const [outChannels, ...size] = to.slice(1) as number[]
  const before = from.slice(2) as number[]
  const stride = before.map((pixels, axis) => Math.ceil(pixels / size[axis]!))
  const strided = before.every((pixels, axis) => Math.floor((pixels - 1) / stride[axis]!) + 1 === size[axis])
  const conv = (params: NewLayer['params']) => convolution(outChannels!, params)
  const steps = stride[0] === stride[1] ? stride[0]! : [...stride]
  if (strided) return [conv({ kernelSize: 1, ...(stride.some((step) => step > 1) && { stride: steps }) })]
  const pool = poolTo(size)
  return to[1] === from[1] ? [pool] : [pool, conv({ kernelSize: 1 })]
}

/** Layers that give `from` the sizes of `to` everywhere except at `axis`. */
function adaptSizes(to: Shape, from: Shape, axis: number): NewLayer[] | undefined {
  if (to.length === 2 && from.length > 2) return [flattening]
  if (axis !== 1 || to.length !== 4 || from.length !== 4) return undefined
  const [size, before] = [to.slice(2) as number[], from.slice(2) as number[]]
  const [step] = before.map((pixels, index) => Math.floor(pixels / size[index]!))
  const pooled = before.every((pixels, index) => step! > 1 && Math.floor((pixels - step!) / step!) + 1 === size[index])
  return [pooled ? maxPool(step!) : poolTo(size)]
}

function inserting(context: FixContext, port: string, from: Shape, to: Shape, layers: NewLayer[] | undefined): Fix[] {
  if (layers === undefined) return []
  return insertBefore(context, port, layers, insertLabel(layers, port, from, to))
}

/** `Insert 1×1 Conv2d before b, 16 → 32` */
function insertLabel(layers: readonly NewLayer[], port: string, from: Shape, to: Shape) {
  const pointwise = layers.length === 1 && findLayer(layers[0]!.kind)?.linearMap === 'convolution'
  const names = pointwise ? text('1×1 Conv2d', '1×1 Conv2d') : titles(layers)
  const change = pointwise && from[1] !== to[1] ? `${from[1]} → ${to[1]}` : ''
  return text(
    `Insert ${names.en} before ${port}${change && `, ${change}`}`,
    `在 ${port} 前插入 ${names.zh}${change && `，${change}`}`,
  )
}

/** If several inputs differ from the first: adapts all of them in one edit. */
function insertAll(context: FixContext, odd: readonly GraphEdge[], one: Shape, layers: NewLayer[] | undefined): Fix[] {
  const id = context.problem.place.node
  if (odd.length < 2 || id === undefined || layers === undefined) return []
  const taken = idsOf(context.graph)
  const commands = odd.flatMap((edge): Command[] => {
    const from = shapeInto(context, id, edge.port)
    const own = from && context.node && adapting(context.node, one, from)
    return own ? [insertOn(context, edge, own, taken)] : []
  })
  if (commands.length < odd.length) return []
  const ports = odd.map(({ port }) => port)
  const names = titles(layers)
  return [
    {
      label: text(`Insert ${names.en} before ${ports.join(' and ')}`, `在 ${ports.join('、')} 前插入 ${names.zh}`),
      command: oneEdit('insert', commands),
    },
  ]
}

/** Gives the layer feeding one of two ports the width of the other, if nothing else differs. */
function widths(context: FixContext, id: string, ports: readonly [string, string], one: Shape, other: Shape): Fix[] {
  const rest = (shape: Shape): Shape => shape.slice(2)
  if (
    findLayer(context.node?.kind ?? '')?.combines !== 'elementwise' ||
    !sameShape(rest(one), rest(other)) ||
    !isConcrete(rest(one))
  )
    return []
  return ports.flatMap((port, index) => {
    const source = sourceInto(context, id, port)
    const setter = source === undefined ? undefined : widthSetter(context, source)
    return setter ? [settingWidth(setter, (index === 0 ? one : other)[1] as number)] : []
  })
}

function disconnecting({ scope }: FixContext, node: GraphNode, edges: readonly GraphEdge[]): Fix {
  const ports = edges.map(({ port }) => `${node.id}.${port}`)
  return {
    label: text(`Disconnect ${ports.join(', ')}`, `断开 ${ports.join('、')}`),
    command: { type: 'edge.disconnect', scope, edges },
  }
}

/** LayerNorm over the last axis fits every input. */
function allOfLastAxis({ scope }: FixContext, { id }: GraphNode): Fix {
  return {
    label: text(`Normalize the last axis in ${id}`, `让 ${id} 归一化最后一个轴`),
    command: { type: 'node.setParam', scope, id, name: 'normalizedShape' },
  }
}
