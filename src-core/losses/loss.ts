/** Definition of a loss: the quantity to minimize, one value per sample. */
import type { Text } from '../base/text'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { Target } from '../onnx/target'
import type { ParamSpecs, ParamValues } from '../params/params'
import type { CaseValues } from '../problems/sentences/index'
import type { Task } from './task'

/** The form of labels in the graph: class numbers int32 [N], or numbers float32 [N, size]. */
export type TargetForm = 'classes' | 'numbers'

export interface SampleLosses {
  /** Loss per sample, [N]. */
  readonly losses: Value
  /** Weight per sample in the mean, [N]; all equal if absent. The mean is Σ losses / Σ weights. */
  readonly weights?: Value
}

export interface LossContext<V> {
  readonly b: GraphBuilder
  /** [N, outputs] */
  readonly prediction: Value
  readonly target: Value
  readonly params: V
  readonly lowering: Target
}

/** What is wrong with a parameter, given the labels of a dataset. */
export interface LossParamProblem {
  readonly param: string
  readonly problemCase: 'class-weights' | 'no-class-weight'
  readonly values: CaseValues<'training-setting', 'class-weights' | 'no-class-weight'>
}

export interface LossDefinition<P extends ParamSpecs = ParamSpecs> {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly formula: string
  readonly params: P
  readonly tasks: readonly Task[]
  readonly targetForm: TargetForm
  /** The activation that the loss applies itself, by its kind; it must not stand right before the Output. */
  readonly applies?: string
  /** The only number of classes that it can tell apart; absent where any number does. */
  readonly classes?: number
  /** Number of outputs the network must have for `classes` classes; absent if any number works. */
  outputUnits?(classes: number): number
  /** Validates parameters that depend on the number of classes; `params` already match their specs. */
  checkClasses?(params: ParamValues<P>, classes: number): LossParamProblem | undefined
  lower(context: LossContext<ParamValues<P>>): SampleLosses
}

export function defineLoss<const P extends ParamSpecs>(definition: LossDefinition<P>): LossDefinition<P> {
  return definition
}

/** Σ losses / Σ weights as a scalar: the mean over the batch. */
export function meanLoss(b: GraphBuilder, { losses, weights }: SampleLosses): Value {
  return weights ? b.Div(b.ReduceSum(losses, [0]), b.ReduceSum(weights, [0])) : b.ReduceMean(losses, [0])
}

/** Mean over the outputs per sample: [N, outputs] → [N]. */
export function meanOfOutputs(b: GraphBuilder, elementwise: Value): Value {
  const axes = elementwise.type.shape.map((_, i) => i).slice(1)
  return axes.length === 0 ? elementwise : b.ReduceMean(elementwise, axes)
}
