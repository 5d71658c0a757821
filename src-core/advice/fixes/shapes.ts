/**
 * Fixes for shapes at one layer: wrong number of axes, windows that do not fit, groups, reshapes, the shape of the
 * samples.
 */
import { text } from '../../base/text'
import { locateNode } from '../../graph/blocks'
import type { ParamValue } from '../../graph/choice'
import { OUTPUT, INPUT } from '../../graph/kinds'
import { dense, flattening, globalPool, isFlattening, reshapeTo, type NewLayer } from '../../layers/building'
import { findLayer, layerForRank } from '../../layers/index'
import { windowSpan } from '../../layers/window'
import { elementCount, type Shape } from '../../tensor/shape'
import { windowOf } from '../receptiveField'
import { insertBefore, removing, replaceKind, setParamCommand, setting, showValue, titleOf } from './edits'
import {
  type Fix,
  type FixContext,
  fixContext,
  type FixRule,
  type Proposal,
  shapeInto,
  sourceInto,
  wantedUnits,
} from './fix'
import { widthParam } from './training'

export const wrongRank: FixRule = (context) => {
  const { node, problem } = context
  const id = problem.place.node
  const shape = id === undefined ? undefined : shapeInto(context, id)
  if (!node || id === undefined || !shape) return []
  if (node.kind === OUTPUT) return beforeOutput(context, shape)
  const twin = layerForRank(node.kind, shape.length)?.kind
  const replaced: Fix[] =
    twin === undefined
      ? []
      : [
          {
            label: text(`Replace ${node.id} with ${titleOf(twin)}`, `将 ${node.id} 替换为 ${titleOf(twin)}`),
            command: replaceKind(context, node, twin),
          },
        ]
  if (shape.length > 2) return [...replaced, ...insertBefore(context, 'x', [flattening])]
  return [...replaced, ...dropFlatten(context, id), ...asImage(context, shape), removing(context, node.id)]
}

/** The Output takes N×units. */
function beforeOutput(context: FixContext, shape: Shape): Proposal[] {
  const units = wantedUnits(context)
  const linear: NewLayer[] = units === undefined ? [] : [dense(units)]
  const pool: NewLayer[] = shape.length === 4 ? [globalPool] : []
  return [
    ...flattenBeforeLinear(context),
    [[], linear].flatMap((rest) => insertBefore(context, 'x', [flattening, ...rest])),
    pool.length === 0 ? [] : [[], linear].flatMap((rest) => insertBefore(context, 'x', [...pool, flattening, ...rest])),
  ]
}

/** Images reached the Output through Linear layers: Flatten belongs before the first of them. */
function flattenBeforeLinear(context: FixContext): Proposal[] {
  const behind = context.report.layers.find(
    ({ id, kind, assumed }) =>
      findLayer(kind)?.linearMap === 'dense' && !assumed && shapeInto(context, id)?.length === 4,
  )
  if (behind === undefined) return []
  const at = fixContext(context, { ...context.problem, place: { node: behind.id } })
  return insertBefore(at, 'x', [flattening])
}

/** A Flatten before an image layer came too early. */
function dropFlatten(context: FixContext, id: string): Fix[] {
  const source = sourceInto(context, id)
  if (source === undefined) return []
  const place = locateNode(source)
  const before = context.graph.nodes.find((node) => node.id === place.id)
  return before !== undefined && isFlattening(before.kind) && place.scope.join('.') === context.scope.join('.')
    ? [removing(context, before.id)]
    : []
}

/** Features as a square image: 784 → 1×28×28, 3072 → 3×32×32, otherwise one pixel with all features as channels. */
function asImage(context: FixContext, shape: Shape): Fix[] {
  const features = elementCount(shape)
  const sample = context.sample ?? context.facts?.sample.shape
  const squares = [1, 3].flatMap((channels) => {
    const side = Math.sqrt(features / channels)
    return Number.isInteger(side) ? [[channels, side, side]] : []
  })
  const known = sample?.length === 3 && elementCount(sample) === features ? [[...sample]] : []
  return [...known, ...squares, [features, 1, 1]].slice(0, 2).flatMap((size) => {
    const label = text(`Insert Reshape to ${size.join('×')}`, `插入 Reshape，变为 ${size.join('×')}`)
    return insertBefore(context, 'x', [reshapeTo(size)], label)
  })
}

const pairValue = (pair: readonly number[]): ParamValue => (pair[0] === pair[1] ? pair[0]! : [...pair])

export const kernelTooLarge: FixRule = (context) => {
  const { node, problem } = context
  const shape = problem.place.node === undefined ? undefined : shapeInto(context, problem.place.node)
  const window = node && windowOf(node)
  if (!node || !window || shape?.length !== 4) return []
  const sizes = shape.slice(2) as number[]
  const { kernel, dilation, before: padding } = window
  const needed = ([0, 1] as const).map((axis) =>
    Math.max(padding[axis], Math.ceil((windowSpan(window, axis) - sizes[axis]!) / 2)),
  )
  const fitting = kernel.map((size, axis) => {
    const room = sizes[axis]! + 2 * padding[axis]!
    return Math.max(1, Math.min(size, Math.floor((room - 1) / dilation[axis]!) + 1))
  })
  const isPool = findLayer(node.kind)?.linearMap !== 'convolution'
  const same: Fix = {
    label: text(`Set padding of ${node.id} to same`, `将 ${node.id} 的填充设为 same`),
    command: setParamCommand(context, node.id, 'padding', 'same'),
  }
  const reduced = setting(context, node.id, 'kernelSize', pairValue(fitting))
  return [
    ...(isPool ? [reduced] : [same, reduced]),
    ...(dilation.some((step) => step > 1) ? [setting(context, node.id, 'dilation', 1)] : []),
    setting(context, node.id, 'padding', pairValue(needed)),
    ...(isPool ? [removing(context, node.id)] : []),
  ]
}

export const groups: FixRule = (context) => {
  const { node, problem } = context
  const { channels, filters, groups: wanted } = problem.data ?? {}
  if (!node || typeof channels !== 'number' || typeof filters !== 'number' || typeof wanted !== 'number') return []
  const divisors = Array.from({ length: Math.min(channels, filters, wanted) }, (_, index) => index + 1).filter(
    (count) => channels % count === 0 && filters % count === 0,
  )
  const proposals = [...new Set([divisors.at(-1)!, 1])].map((count) => setting(context, node.id, 'groups', count))
  if (channels % wanted !== 0) return proposals
  const width = widthParam(node.kind)
  if (width === undefined) return proposals
  return [setting(context, node.id, width, Math.ceil(filters / wanted) * wanted), ...proposals]
}

export const reshapeSizes: FixRule = (context) => {
  const { node, problem } = context
  const shape = problem.place.node === undefined ? undefined : shapeInto(context, problem.place.node)
  if (!node || !shape) return []
  const count = elementCount(shape)
  const { shape: given } = node.params
  const wanted = Array.isArray(given) ? given.filter((size) => typeof size === 'number') : [-1]
  const adapted = wanted.flatMap((_, index): Fix[] => {
    const others = wanted.filter((_, other) => other !== index)
    const rest = elementCount(others)
    return others.includes(-1) || rest < 1 || count % rest !== 0
      ? []
      : [setting(context, node.id, 'shape', wanted.with(index, count / rest))]
  })
  return [...adapted.reverse().slice(0, 2), setting(context, node.id, 'shape', [-1])]
}

export const inputShape: FixRule = (context) => {
  const { node, project, sample } = context
  const input = node ?? project.graph.nodes.find(({ kind }) => kind === INPUT)
  if (!input || !sample) return []
  const sizes = showValue([...sample])
  return [
    {
      label: text(`Take the shape of ${input.id} from the data`, `从数据读取 ${input.id} 的形状`),
      command: { type: 'node.setParam', id: input.id, name: 'shape' },
    },
    {
      label: text(`Set shape of ${input.id} to ${sizes}`, `将 ${input.id} 的 shape 设为 ${sizes}`),
      command: { type: 'node.setParam', id: input.id, name: 'shape', value: [...sample] },
    },
  ]
}
