/** The ONNX model as plain data: what the builder makes, passes transform, the printer prints and the writer encodes. */
import type { Tensor } from '../tensor/dtype'
import type { TensorType } from '../tensor/shape'
import type { OpName } from './ops'

/** A handle on one tensor inside a graph under construction. */
export interface Value {
  readonly name: string
  readonly type: TensorType
}

export type Attribute = number | string | readonly number[] | readonly string[] | Graph

export interface Node {
  /** Operator name; a prefix names the domain: `nchwc.Conv`, `ms.FusedMatMul`. */
  readonly op: OpName
  /** Names of the inputs; an empty string is an omitted optional input. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** What the node belongs to: a layer id, or a stage such as `loss` or `optimizer`. */
  readonly scope: string
}

export interface Graph {
  name: string
  inputs: Value[]
  outputs: Value[]
  nodes: Node[]
  /** Constants by name. */
  initializers: Map<string, Tensor>
  /** Type of every value in the graph, inputs and initializers included. */
  types: Map<string, TensorType>
}

/** ONNX operator set that everything is written in; engine facts behind the choice are in docs/decisions. */
export const OPSET = 18
/** ONNX file format version that goes with opset 18. */
export const IR_VERSION = 8
