/** The form of an optimizer: flat buffers in, flat buffers out. All parameters of a network are one vector. */
import type { Text } from '../base/text'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { ParamSpecs, ParamValues } from '../params/params'

export interface UpdateContext<V> {
  readonly b: GraphBuilder
  /** All trainable parameters, [total]. */
  readonly parameters: Value
  readonly gradients: Value
  /** State vectors of the same length, by name; zeros before the first step. */
  readonly slots: Readonly<Record<string, Value>>
  /** The numbers that `scalars` computed for this step, as float scalars. */
  readonly scalars: Readonly<Record<string, Value>>
  readonly params: V
}

export interface OptimizerDefinition<P extends ParamSpecs = ParamSpecs> {
  readonly kind: string
  readonly title: string
  readonly doc: Text
  readonly formula: string
  readonly params: P
  /** Learning rate to start from, and why. */
  readonly recommended: { readonly learningRate: number; readonly why: Text }
  slots(params: ParamValues<P>): readonly string[]
  /** Numbers that change from step to step, computed in float64. `step` counts from 1. */
  scalars(params: ParamValues<P>, step: number, learningRate: number): Readonly<Record<string, number>>
  update(context: UpdateContext<ParamValues<P>>): { parameters: Value; slots: Readonly<Record<string, Value>> }
}

export function defineOptimizer<const P extends ParamSpecs>(
  definition: OptimizerDefinition<P>,
): OptimizerDefinition<P> {
  return definition
}

/** g + λ·p: weight decay as an L2 penalty. */
export function withDecay(b: GraphBuilder, gradients: Value, parameters: Value, weightDecay: number): Value {
  return weightDecay === 0 ? gradients : b.Add(gradients, b.Mul(parameters, b.scalar(weightDecay)))
}

/** rate·a + (1 − rate)·b: an exponential moving average. */
export function average(b: GraphBuilder, old: Value, now: Value, rate: number): Value {
  return b.Add(b.Mul(old, b.scalar(rate)), b.Mul(now, b.scalar(1 - rate)))
}
