/** The interface of an optimizer: flat buffers in, flat buffers out. All parameters of a network are one vector. */
import type { Text } from '../base/text'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { ParamSpecs, ParamValues } from '../params/params'

type Numbers = Readonly<Record<string, number>>
/** A value in the graph for each number, by the same names. */
type ValuesFor<N extends Numbers> = { readonly [K in keyof N]: Value }

export interface UpdateContext<V, Slots extends Numbers, Scalars extends Numbers> {
  readonly b: GraphBuilder
  /** All trainable parameters, [total]. */
  readonly parameters: Value
  readonly gradients: Value
  /** State vectors of the same length. */
  readonly slots: ValuesFor<Slots>
  /** The numbers from `scalars` for this step, as float scalars. */
  readonly scalars: ValuesFor<Scalars>
  readonly params: V
}

export interface OptimizerDefinition<
  P extends ParamSpecs = ParamSpecs,
  Slots extends Numbers = Numbers,
  Scalars extends Numbers = Numbers,
> {
  readonly kind: string
  readonly title: string
  readonly doc: Text
  readonly formula: string
  readonly params: P
  /** Initial learning rate, and why. */
  readonly recommended: { readonly learningRate: number; readonly why: Text }
  /** Names of the state vectors, with the value that fills each before the first step. */
  slots(params: ParamValues<P>): Slots
  /** Numbers that change from step to step, computed in float64. `step` counts from 1. */
  scalars(params: ParamValues<P>, step: number, learningRate: number): Scalars
  update(context: UpdateContext<ParamValues<P>, Slots, Scalars>): {
    parameters: Value
    slots: ValuesFor<NoInfer<Slots>>
  }
}

/** Types the slots and scalars of `update` by what `slots` and `scalars` return, so these stand before it. */
export function defineOptimizer<const P extends ParamSpecs, Slots extends Numbers, Scalars extends Numbers>(
  definition: OptimizerDefinition<P, Slots, Scalars>,
): OptimizerDefinition<P, Slots, Scalars> {
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
