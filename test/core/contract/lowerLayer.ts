/**
 * Lowers a single layer: its inputs, weights, statistics and random numbers become graph inputs, in any mode and
 * target.
 */
import { backward } from '#core/autodiff/backward'
import type { LayerDefinition, WeightStart } from '#core/layers/layer'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph, Value } from '#core/onnx/graph'
import type { Target } from '#core/onnx/target'
import { checkParams } from '#core/params/params'
import { ProblemError } from '#core/problems/problem'
import { wordProblem } from '#core/problems/wording'
import { tensor, type Tensor } from '#core/tensor/dtype'
import type { Shape } from '#core/tensor/shape'

export interface LayerMode {
  readonly training: boolean
  /** False for a frozen layer; true by default. */
  readonly trainable?: boolean
  readonly target: Target
}

/** Images whose channels fill blocks of either size (8 or 16). */
export const fillsBlocks = (shape: Shape): boolean => shape.length === 4 && Number(shape[1]) % 16 === 0

/**
 * The input as the output of an identity convolution, so that the layout pass has a reason to block it:
 * 1×1 with the identity matrix as weights, exact in float32.
 */
function throughConvolution(b: GraphBuilder, x: Value): Value {
  const channels = x.type.shape[1] as number
  const identity = Array.from({ length: channels ** 2 }, (_, i) => (i % (channels + 1) === 0 ? 1 : 0))
  return b.Conv(x, b.constant(tensor('float32', [channels, channels, 1, 1], identity)), undefined, {
    kernel_shape: [1, 1],
  })
}

export interface LoweredStart {
  readonly shape: readonly number[]
  /** A statistic starts with one number everywhere. */
  readonly start: WeightStart | number
}

export interface LoweredLayer {
  readonly b: GraphBuilder
  readonly y: Value
  /** Graph inputs by role: `input/0`, `weight/<name>` (statistics included), `uniform/0`. */
  readonly roles: ReadonlyMap<string, Value>
  /** How weights and statistics start, by name. */
  readonly starts: ReadonlyMap<string, LoweredStart>
  /** Names of trainable weights, in the order the layer requested them. */
  readonly weights: readonly string[]
  /** New values of the statistics by name. */
  readonly updates: ReadonlyMap<string, Value>
}

export function lowerLayer(
  layer: LayerDefinition,
  given: Readonly<Record<string, unknown>>,
  inputShapes: readonly Shape[],
  { training, trainable = true, target }: LayerMode,
): LoweredLayer {
  const { values, problems } = checkParams(layer.params, given, layer.title, { node: 'layer' })
  if (problems.length > 0) throw new ProblemError(problems)
  const b = new GraphBuilder(layer.kind)
  const roles = new Map<string, Value>()
  const weights: string[] = []
  const updates = new Map<string, Value>()
  const starts = new Map<string, LoweredStart>()
  const declare = (role: string, shape: Shape): Value => {
    const value = b.input(role, { dtype: 'float32', shape })
    roles.set(role, value)
    return value
  }
  const inputs = inputShapes.map((shape, i) => {
    const x = declare(`input/${i}`, shape)
    return target.blockSize > 1 && fillsBlocks(shape) ? throughConvolution(b, x) : x
  })
  const y = b.within('layer', () =>
    layer.lower({
      b,
      id: 'layer',
      x: inputs[0]!,
      inputs,
      params: values,
      training,
      trainable,
      target,
      sample: inputShapes[0]!.slice(1),
      fed: inputs[0]!,
      weight(name, shape, start) {
        weights.push(name)
        starts.set(name, { shape, start })
        return declare(`weight/${name}`, shape)
      },
      statistic(name, shape, start) {
        starts.set(name, { shape, start })
        return { value: declare(`weight/${name}`, shape), update: (next) => updates.set(name, next) }
      },
      needsBatch: () => undefined,
      uniform: (shape) =>
        declare(`uniform/${[...roles.keys()].filter((role) => role.startsWith('uniform/')).length}`, shape),
      problem(code, problemCase, values, details) {
        throw new ProblemError([wordProblem(code, problemCase, values, { node: 'layer', ...details })])
      },
    }),
  )
  return { b, y, roles, starts, weights, updates }
}

/** The forward graph with output `y`. */
export function forwardOf(lowered: LoweredLayer): Graph {
  lowered.b.output(lowered.y, 'y')
  return lowered.b.graph
}

/**
 * The training graph: `y`, `after/<statistic>`, the scalar `loss` = Σ y · dy, and its gradients `dinput/<i>` (for
 * inputs
 * that have one: token ids do not) and `dweight/<name>`.
 */
export function gradientGraphOf(lowered: LoweredLayer, dy: Tensor, target: Target, ofInputs = true): Graph {
  const { b, y, roles, weights, updates } = lowered
  const product = b.Mul(y, b.constant(dy))
  const loss = b.ReduceSum(product, [...dy.shape.keys()])
  const sources = [...roles.keys()].filter(
    (role) => (ofInputs && role.startsWith('input/')) || weights.includes(role.slice('weight/'.length)),
  )
  const gradients = backward(
    b,
    loss,
    sources.map((role) => roles.get(role)!),
    target,
  )
  b.output(loss, 'loss')
  b.output(y, 'y')
  sources.forEach((role, i) => b.output(gradients[i]!, `d${role}`))
  for (const [name, next] of updates) b.output(next, `after/${name}`)
  return b.graph
}
