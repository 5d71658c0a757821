/**
 * The ONNX model as plain data: the builder creates it, passes transform it, the printer prints it and the writer
 * encodes it.
 */
import type { Tensor } from '../tensor/dtype'
import type { TensorType } from '../tensor/shape'
import type { OpName } from './ops'

/** A handle to one tensor inside a graph under construction. */
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
  /** Where the node belongs: a layer id, or a stage such as `loss` or `optimizer`. */
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

/** The ONNX operator set used throughout; the engine facts behind the choice are in docs/decisions. */
export const OPSET = 18
/** ONNX file format version that goes with opset 18. */
export const IR_VERSION = 8
