/** The interface of a shape rule: maps the types of the inputs and the attributes to the types of the outputs. */
import { InternalError } from '../../base/assert'
import type { DType } from '../../tensor/dtype'
import { concrete, type Dim, type Shape, type TensorType } from '../../tensor/shape'
import type { Attribute } from '../graph'

export interface RuleInput {
  /** Types of the inputs; undefined where an optional input is omitted. */
  readonly inputs: readonly (TensorType | undefined)[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Value of input `index` if it is a constant of integers or floats. */
  constant(index: number): readonly number[] | undefined
  /** Number of outputs of the node. */
  readonly outputs: number
}

export type ShapeRule = (node: RuleInput) => TensorType[]

export function input(node: RuleInput, index: number): TensorType {
  const type = node.inputs[index]
  if (!type) throw new InternalError(`input ${index} is missing`)
  return type
}

export function constantInput(node: RuleInput, index: number): readonly number[] {
  const value = node.constant(index)
  if (!value) throw new InternalError(`input ${index} must be a constant`)
  return value
}

export function ints(node: RuleInput, name: string, fallback: readonly number[]): readonly number[] {
  return (node.attributes[name] as readonly number[] | undefined) ?? fallback
}

export function int(node: RuleInput, name: string, fallback: number): number {
  return (node.attributes[name] as number | undefined) ?? fallback
}

export const typed = (dtype: DType, shape: Shape): TensorType => ({ dtype, shape })

/** `shape` with the size at `axis` replaced. */
export function withDim(shape: Shape, axis: number, dim: Dim): Shape {
  return shape.map((d, i) => (i === axis ? dim : d))
}

/** Spatial sizes of an image tensor [N, C, …spatial]. */
export function spatial(shape: Shape): number[] {
  return shape.slice(2).map(concrete)
}
