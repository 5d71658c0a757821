/** Fixes for parameters and kinds: the value most likely meant, the nearest allowed one, or the default. */
import { namesLike } from '../../base/namesLike'
import { text, type Text } from '../../base/text'
import type { Command } from '../../graph/commands'
import type { Choice, ParamValue } from '../../graph/choice'
import type { GraphNode, TrainingSettings } from '../../graph/project'
import { findInitializer, initializers } from '../../initializers/index'
import { findLayer, layers } from '../../layers/index'
import { findLoss, losses } from '../../losses/index'
import { findOptimizer, optimizers } from '../../optimizers/index'
import { samePadding } from '../../layers/window'
import { accepts, type ParamSpec, type ParamSpecs } from '../../params/params'
import type { Problem } from '../../problems/problem'
import { findSchedule, schedules } from '../../schedules/index'
import {
  inSentence,
  oneEdit,
  paramTitle,
  removing,
  replaceKind,
  setParamCommand,
  setting,
  showValue,
  titleOf,
} from './edits'
import { windowOf } from '../receptiveField'
import type { Fix, FixContext, FixRule } from './fix'

export const unknownKind: FixRule = (context) => {
  const { node } = context
  if (!node) return []
  const meant = namesLike(
    node.kind,
    layers.map(({ kind }) => kind),
  ).map((kind): Fix => {
    return {
      label: text(`Change ${node.id} to ${titleOf(kind)}`, `将 ${node.id} 改为 ${titleOf(kind)}`),
      command: replaceKind(context, node, kind),
    }
  })
  return [meant, removing(context, node.id)]
}

export const nodeParameter: FixRule = (context) => {
  const { node, problem } = context
  const name = problem.place.param
  if (!node || name === undefined) return []
  if (name.startsWith('initializers.')) return initializer(context, node, name.slice('initializers.'.length))
  const specs = findLayer(node.kind)?.params ?? {}
  const spec = specs[name]
  if (!spec) return unknownParam(context, node, name, specs)
  const value = node.params[name]
  const near = nearestAllowed(spec, value)
  return [
    ...(near === undefined ? [] : [setting(context, node.id, name, near)]),
    ...together(context, node, specs),
    resetting(context, node, name, spec),
  ]
}

function resetting({ scope }: FixContext, { id, kind }: GraphNode, name: string, spec: ParamSpec): Fix {
  const shown = showValue(spec.default as ParamValue)
  const title = paramTitle(kind, name)
  return {
    label: text(`Reset ${title.en} of ${id} to ${shown}`, `将 ${id} 的${title.zh}重置为 ${shown}`),
    command: { type: 'node.setParam', scope, id, name },
  }
}

function unknownParam(context: FixContext, node: GraphNode, name: string, specs: ParamSpecs): Fix[] {
  const { scope } = context
  const value = node.params[name]
  const drop: Command = { type: 'node.setParam', scope, id: node.id, name }
  const meant = namesLike(name, Object.keys(specs)).filter(
    (other) => value !== undefined && accepts(specs[other]!, value),
  )
  return [
    ...meant.slice(0, 1).map((other): Fix => {
      return {
        label: text(`Rename “${name}” of ${node.id} to ${other}`, `将 ${node.id} 的“${name}”改名为 ${other}`),
        command: oneEdit('set', [drop, setParamCommand(context, node.id, other, value!)]),
      }
    }),
    { label: text(`Remove “${name}” from ${node.id}`, `从 ${node.id} 中移除“${name}”`), command: drop },
  ]
}

/** Values that are valid on their own but not together: padding “same” with a stride, padding wider than the window. */
function together(context: FixContext, node: GraphNode, specs: ParamSpecs): Fix[] {
  const name = context.problem.place.param
  const current = (param: string): unknown => node.params[param] ?? specs[param]?.default
  if (name === 'padding' && current('padding') === 'same') {
    const window = windowOf(node)
    if (!window) return []
    const [height, width] = samePadding(window).before
    return [
      setting(context, node.id, 'padding', height === width ? height : [height, width]),
      setting(context, node.id, 'stride', 1),
    ]
  }
  const window = name === 'padding' ? windowOf(node) : undefined
  if (window && findLayer(node.kind)?.linearMap !== 'convolution') {
    return [setting(context, node.id, 'padding', Math.floor(Math.min(...window.kernel) / 2))]
  }
  if (name === 'startDim' || name === 'endDim') {
    const both = (['startDim', 'endDim'] as const).map((param): Command => {
      return { type: 'node.setParam', scope: context.scope, id: node.id, name: param }
    })
    return [
      {
        label: text(`Merge all axes in ${node.id}`, `让 ${node.id} 合并全部轴`),
        command: oneEdit('set', both),
      },
    ]
  }
  return []
}

function initializer({ scope }: FixContext, node: GraphNode, weight: string): Fix[] {
  const { kind } = node.initializers[weight] ?? { kind: '' }
  const meant = findInitializer(kind)
    ? []
    : namesLike(
        kind,
        initializers.map((item) => item.kind),
      )
  return [
    ...meant.slice(0, 1).map((other): Fix => {
      return {
        label: text(`Initialize ${node.id}.${weight} with ${other}`, `用 ${other} 初始化 ${node.id}.${weight}`),
        command: { type: 'node.setInitializer', scope, id: node.id, weight, initializer: { kind: other } },
      }
    }),
    {
      label: text(`Reset the initializer of ${node.id}.${weight}`, `重置 ${node.id}.${weight} 的初始化方式`),
      command: { type: 'node.setInitializer', scope, id: node.id, weight },
    },
  ]
}

/** The allowed value closest to an invalid one; undefined if nothing is close. */
export function nearestAllowed(spec: ParamSpec, value: unknown): ParamValue | undefined {
  const clean = typeof value === 'string' ? value.trim() : value
  const found = candidates(spec, clean).find((candidate) => accepts(spec, candidate))
  return found === undefined || JSON.stringify(found) === JSON.stringify(spec.default) ? undefined : found
}

function candidates(spec: ParamSpec, value: unknown): ParamValue[] {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  switch (spec.type) {
    case 'integer':
      return isNumber(number) ? [clamp(Math.round(number), spec.min, spec.max)] : []
    case 'real':
      return isNumber(number) ? [clamp(number, spec.min, spec.below ? undefined : spec.max)] : []
    case 'flag':
      return value === 1 || value === 'true' ? [true] : value === 0 || value === 'false' ? [false] : []
    case 'choice':
      return typeof value === 'string' ? namesLike(value, spec.options) : []
    case 'pair':
      if (Array.isArray(value)) return pairOf(value, spec.min)
      if (typeof value === 'string' && spec.words) return namesLike(value, spec.words)
      return isNumber(number) ? [clamp(Math.round(number), spec.min)] : []
    case 'list': {
      const items: unknown[] = Array.isArray(value) ? value : [number]
      return items.every(isNumber) ? [items.map((item) => clamp(spec.integer ? Math.round(item) : item, spec.min))] : []
    }
    case 'range': {
      const ends: unknown[] = Array.isArray(value) ? value : [number, number]
      return ends.every(isNumber) ? [ends.map((end) => clamp(end, spec.min, spec.max)).sort((a, b) => a - b)] : []
    }
    case 'columns':
      return typeof value === 'string' ? [[value]] : []
  }
}

/** A list as a pair: missing numbers repeat, extra ones are dropped. */
function pairOf(value: readonly unknown[], min: number): ParamValue[] {
  const numbers = value.filter(isNumber).map((item) => clamp(Math.round(item), min))
  const [first, second = first] = numbers
  return first === undefined || second === undefined ? [] : [first === second ? first : [first, second]]
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function clamp(value: number, min = -Infinity, max = Infinity): number {
  return Math.min(Math.max(value, min), max)
}

const catalogues = {
  loss: { find: findLoss, kinds: losses.map(({ kind }) => kind) },
  optimizer: { find: findOptimizer, kinds: optimizers.map(({ kind }) => kind) },
  schedule: { find: findSchedule, kinds: schedules.map(({ kind }) => kind) },
} as const

/** Fixes for `training.optimizer.lr` and the like. */
/** One weight per class: the existing ones, and 1 for the rest. */
function weightsFor(value: unknown, { data }: Problem): number[] {
  return Array.from({ length: Number(data?.classes) }, (_, i) => (value as readonly number[])[i] ?? 1)
}

export const trainingSetting: FixRule = ({ project, problem }) => {
  const [, group, param] = problem.place.param?.split('.') ?? []
  const batchSize = problem.data?.samples
  if (group === 'batchSize' && typeof batchSize === 'number') {
    const label = text(`Set the batch size to ${batchSize}`, `将批大小设为 ${batchSize}`)
    return [{ label, command: { type: 'training.set', settings: { batchSize } } }]
  }
  if (group === 'earlyStopping' && project.training.earlyStopping) {
    const earlyStopping = { ...project.training.earlyStopping, metric: 'loss' }
    return [setTraining(text('the early stopping metric', '早停的监控指标'), { earlyStopping }, 'loss')]
  }
  if (group !== 'loss' && group !== 'optimizer' && group !== 'schedule') return []
  const choice: Choice = project.training[group]
  const { find, kinds } = catalogues[group]
  if (param === 'kind') {
    return [...new Set([...namesLike(choice.kind, kinds), ...kinds])]
      .slice(0, 3)
      .map((kind) => setTraining(groupTitles[group], { [group]: { kind } }, kind))
  }
  const { [param ?? '']: value, ...rest } = choice
  const spec: ParamSpec | undefined = find(choice.kind)?.params[param ?? '']
  const without = { [group]: rest }
  if (!spec || param === undefined) {
    return [
      { label: text(`Remove “${param}”`, `移除“${param}”`), command: { type: 'training.set', settings: without } },
    ]
  }
  const near = problem.data?.case === 'class-weights' ? weightsFor(value, problem) : nearestAllowed(spec, value)
  const { en, zh } = inSentence(spec.label)
  const title = text(`${en} of the ${groupTitles[group].en}`, `${groupTitles[group].zh}的${zh}`)
  const reset = setTraining(title, without, spec.default as ParamValue)
  return near === undefined ? [reset] : [setTraining(title, { [group]: { ...choice, [param]: near } }, near), reset]
}

const groupTitles = {
  loss: text('loss function', '损失函数'),
  optimizer: text('optimizer', '优化器'),
  schedule: text('schedule', '学习率调度'),
} as const

function setTraining(title: Text, settings: Partial<TrainingSettings>, value: ParamValue): Fix {
  return {
    label: text(`Set ${title.en} to ${showValue(value)}`, `将${title.zh}设为 ${showValue(value)}`),
    command: { type: 'training.set', settings },
  }
}
