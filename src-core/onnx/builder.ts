/**
 * Builds an ONNX graph operator by operator; every value carries its inferred type. One method per operator, named as
 * in ONNX.
 */
import { invariant } from '../base/assert'
import { tensor, type DType, type Tensor } from '../tensor/dtype'
import { formatShape, isConcrete, type Shape, type TensorType } from '../tensor/shape'
import type { Attribute, Graph, Value } from './graph'
import { shapeRules, type OpName } from './ops'
import { onnxType } from './rules/elementwise'

type Attributes = Readonly<Record<string, Attribute | undefined>>
export type Optional = Value | undefined

export interface WindowAttributes {
  kernel_shape?: readonly number[]
  strides?: readonly number[]
  /** The start of every spatial axis, then the end of every spatial axis. */
  pads?: readonly number[]
  dilations?: readonly number[]
  ceil_mode?: 0 | 1
}

export class GraphBuilder {
  readonly graph: Graph
  /** Recorded on every node created from now on: a layer id or a stage. */
  scope = ''
  private counter = 0
  private readonly constants = new Map<string, Value>()

  /** New values never use names in `reserved`; those are for nodes copied from another graph. */
  constructor(
    name: string,
    private readonly reserved: { has(name: string): boolean } = new Set(),
  ) {
    this.graph = { name, inputs: [], outputs: [], nodes: [], initializers: new Map(), types: new Map() }
  }

  /** Runs `body` with all its nodes attributed to `scope`. */
  within<T>(scope: string, body: () => T): T {
    const outer = this.scope
    this.scope = scope
    try {
      return body()
    } finally {
      this.scope = outer
    }
  }

  input(name: string, type: TensorType): Value {
    return this.declare(this.graph.inputs, name, type)
  }

  /** Replaces this graph by a rewritten one; building continues in it. */
  replace(graph: Graph): void {
    Object.assign(this.graph, graph)
    for (const [key, { name }] of this.constants) if (!graph.initializers.has(name)) this.constants.delete(key)
  }

  /** Makes a value of the enclosing graph visible in this one, for use in the body of a Loop. */
  capture(value: Value): Value {
    this.graph.types.set(value.name, value.type)
    return value
  }

  output(value: Value, name: string): Value {
    const named = value.name === name ? value : this.node('Identity', [value], {}, [name])[0]!
    this.graph.outputs.push(named)
    return named
  }

  /** A named initializer, such as a weight of an exported model. */
  initializer(name: string, data: Tensor): Value {
    invariant(!this.graph.types.has(name), `value ${name} exists already`)
    const value = { name, type: { dtype: data.dtype, shape: data.shape } }
    this.graph.initializers.set(name, data)
    this.graph.types.set(name, value.type)
    return value
  }

  /** An anonymous constant; small equal constants are shared. */
  constant(data: Tensor): Value {
    const key = data.data.length <= 64 ? `${data.dtype}:${data.shape.join()}:${data.data.join()}` : undefined
    const known = key === undefined ? undefined : this.constants.get(key)
    if (known) return known
    const value = this.initializer(this.freshName('const'), data)
    if (key !== undefined) this.constants.set(key, value)
    return value
  }

  /** A float scalar of element type `dtype`. */
  scalar(value: number, dtype: DType = 'float32'): Value {
    return this.constant(tensor(dtype, [], [value]))
  }

  /** An int64 vector, as used for axes, shapes and pads. */
  ints(values: readonly number[]): Value {
    return this.constant(tensor('int64', [values.length], values))
  }

  value(name: string): Value {
    const type = this.graph.types.get(name)
    invariant(type, `unknown value ${name}`)
    return { name, type }
  }

  /** Appends a node; its output types come from the operator's shape rule. */
  op(op: OpName, inputs: readonly Optional[], attributes: Attributes = {}, outputs = 1): Value[] {
    const stem = op.slice(op.indexOf('.') + 1)
    return this.node(
      op,
      inputs,
      attributes,
      Array.from({ length: outputs }, () => this.freshName(stem)),
    )
  }

  /** Appends a node whose outputs have the given names. */
  node(op: OpName, inputs: readonly Optional[], attributes: Attributes, outputs: readonly string[]): Value[] {
    const given = Object.fromEntries(Object.entries(attributes).filter(([, v]) => v !== undefined)) as Record<
      string,
      Attribute
    >
    const rule = shapeRules[op]
    const types = rule({
      inputs: inputs.map((value) => value?.type),
      attributes: given,
      constant: (index) => this.constantNumbers(inputs[index]),
      outputs: outputs.length,
    })
    invariant(types.length >= outputs.length, `${op} has ${types.length} outputs, not ${outputs.length}`)
    const values = outputs.map((name, i) => {
      invariant(!this.graph.types.has(name), `value ${name} exists already`)
      this.graph.types.set(name, types[i]!)
      return { name, type: types[i]! }
    })
    this.graph.nodes.push({
      op,
      inputs: inputs.map((value) => value?.name ?? ''),
      outputs: [...outputs],
      attributes: given,
      scope: this.scope,
    })
    return values
  }

  /** The numbers of a constant integer or float tensor; undefined if the value is computed. */
  constantNumbers(value: Optional): readonly number[] | undefined {
    const data = value && this.graph.initializers.get(value.name)
    return data && Array.from(data.data as ArrayLike<number | bigint>, Number)
  }

  private declare(list: Value[], name: string, type: TensorType): Value {
    invariant(!this.graph.types.has(name), `value ${name} exists already`)
    const value = { name, type }
    list.push(value)
    this.graph.types.set(name, type)
    return value
  }

  private freshName(stem: string): string {
    let name: string
    do name = `${this.scope === '' ? '' : `${this.scope}/`}${stem}_${this.counter++}`
    while (this.graph.types.has(name) || this.reserved.has(name))
    return name
  }

  private one(op: OpName, inputs: readonly Optional[], attributes?: Attributes): Value {
    return this.op(op, inputs, attributes)[0]!
  }

  // --- elementwise
  Relu = (x: Value) => this.one('Relu', [x])
  LeakyRelu = (x: Value, attributes: { alpha: number }) => this.one('LeakyRelu', [x], attributes)
  Elu = (x: Value, attributes: { alpha: number }) => this.one('Elu', [x], attributes)
  Sigmoid = (x: Value) => this.one('Sigmoid', [x])
  /** max(0, min(1, alpha·x + beta)) */
  HardSigmoid = (x: Value, attributes: { alpha: number; beta: number }) => this.one('HardSigmoid', [x], attributes)
  Tanh = (x: Value) => this.one('Tanh', [x])
  Softplus = (x: Value) => this.one('Softplus', [x])
  Exp = (x: Value) => this.one('Exp', [x])
  Log = (x: Value) => this.one('Log', [x])
  Sqrt = (x: Value) => this.one('Sqrt', [x])
  Reciprocal = (x: Value) => this.one('Reciprocal', [x])
  Neg = (x: Value) => this.one('Neg', [x])
  Abs = (x: Value) => this.one('Abs', [x])
  Cos = (x: Value) => this.one('Cos', [x])
  Sign = (x: Value) => this.one('Sign', [x])
  Floor = (x: Value) => this.one('Floor', [x])
  Erf = (x: Value) => this.one('Erf', [x])
  Identity = (x: Value) => this.one('Identity', [x])
  Not = (x: Value) => this.one('Not', [x])
  Add = (a: Value, b: Value) => this.one('Add', [a, b])
  Sub = (a: Value, b: Value) => this.one('Sub', [a, b])
  Mul = (a: Value, b: Value) => this.one('Mul', [a, b])
  Div = (a: Value, b: Value) => this.one('Div', [a, b])
  Pow = (a: Value, b: Value) => this.one('Pow', [a, b])
  Min = (a: Value, b: Value) => this.one('Min', [a, b])
  Max = (a: Value, b: Value) => this.one('Max', [a, b])
  Equal = (a: Value, b: Value) => this.one('Equal', [a, b])
  Greater = (a: Value, b: Value) => this.one('Greater', [a, b])
  Less = (a: Value, b: Value) => this.one('Less', [a, b])
  And = (a: Value, b: Value) => this.one('And', [a, b])
  Where = (condition: Value, a: Value, b: Value) => this.one('Where', [condition, a, b])
  Cast = (x: Value, attributes: { to: DType }) =>
    x.type.dtype === attributes.to ? x : this.one('Cast', [x], { to: onnxType[attributes.to] })

  // --- products, convolution, pooling
  MatMul = (a: Value, b: Value) => this.one('MatMul', [a, b])
  FusedMatMul = (a: Value, b: Value, attributes: { transA?: 0 | 1; transB?: 0 | 1 }) =>
    this.one('ms.FusedMatMul', [a, b], attributes)
  Gemm = (a: Value, b: Value, c?: Value, attributes: { transA?: 0 | 1; transB?: 0 | 1 } = {}) =>
    this.one('Gemm', c ? [a, b, c] : [a, b], attributes)
  Conv = (x: Value, weight: Value, bias: Optional, attributes: WindowAttributes & { group?: number }) =>
    this.one('Conv', bias ? [x, weight, bias] : [x, weight], { ...attributes })
  ConvTranspose = (
    x: Value,
    weight: Value,
    attributes: WindowAttributes & { group?: number; output_padding?: readonly number[] },
  ) => this.one('ConvTranspose', [x, weight], { ...attributes })
  MaxPool = (x: Value, attributes: WindowAttributes) => this.one('MaxPool', [x], { ...attributes })
  AveragePool = (x: Value, attributes: WindowAttributes & { count_include_pad?: 0 | 1 }) =>
    this.one('AveragePool', [x], { ...attributes })
  GlobalAveragePool = (x: Value) => this.one('GlobalAveragePool', [x])

  // --- reductions and normalization
  ReduceSum = (x: Value, axes: readonly number[], keepdims: 0 | 1 = 0) => this.reduce('ReduceSum', x, axes, keepdims)
  ReduceMean = (x: Value, axes: readonly number[], keepdims: 0 | 1 = 0) => this.reduce('ReduceMean', x, axes, keepdims)
  ReduceMax = (x: Value, axes: readonly number[], keepdims: 0 | 1 = 0) => this.reduce('ReduceMax', x, axes, keepdims)
  ReduceLogSumExp = (x: Value, axes: readonly number[], keepdims: 0 | 1 = 0) =>
    this.reduce('ReduceLogSumExp', x, axes, keepdims)
  ReduceSumSquare = (x: Value, axes: readonly number[], keepdims: 0 | 1 = 0) =>
    this.reduce('ReduceSumSquare', x, axes, keepdims)
  ArgMax = (x: Value, attributes: { axis: number; keepdims?: 0 | 1 }) => this.one('ArgMax', [x], attributes)
  Softmax = (x: Value, attributes: { axis: number }) => this.one('Softmax', [x], attributes)
  LogSoftmax = (x: Value, attributes: { axis: number }) => this.one('LogSoftmax', [x], attributes)
  /** Inference form: [x, scale, bias, mean, variance] → x. */
  BatchNormalization = (
    x: Value,
    scale: Value,
    bias: Value,
    mean: Value,
    variance: Value,
    attributes: { epsilon: number },
  ) => this.one('BatchNormalization', [x, scale, bias, mean, variance], attributes)
  LayerNormalization = (x: Value, scale: Value, bias: Optional, attributes: { axis: number; epsilon: number }) =>
    this.one('LayerNormalization', bias ? [x, scale, bias] : [x, scale], attributes)

  // --- layout and movement
  Reshape = (x: Value, shape: readonly number[]) => {
    const known = isConcrete(x.type.shape) && shape.length === x.type.shape.length
    return known && shape.every((size, i) => size === x.type.shape[i]) ? x : this.one('Reshape', [x, this.ints(shape)])
  }
  Transpose = (x: Value, perm: readonly number[]) => this.one('Transpose', [x], { perm })
  Unsqueeze = (x: Value, axes: readonly number[]) => this.one('Unsqueeze', [x, this.ints(axes)])
  Squeeze = (x: Value, axes: readonly number[]) => this.one('Squeeze', [x, this.ints(axes)])
  Expand = (x: Value, shape: readonly number[]) => this.one('Expand', [x, this.ints(shape)])
  Concat = (values: readonly Value[], attributes: { axis: number }) => this.one('Concat', values, attributes)
  Split = (x: Value, sizes: readonly number[], attributes: { axis: number }) =>
    this.op('Split', [x, this.ints(sizes)], attributes, sizes.length)
  Slice = (
    x: Value,
    starts: readonly number[],
    ends: readonly number[],
    axes: readonly number[],
    steps: readonly number[] = axes.map(() => 1),
  ) => this.one('Slice', [x, this.ints(starts), this.ints(ends), this.ints(axes), this.ints(steps)])
  /** Constant padding: the start of every axis, then the end of every axis. */
  Pad = (x: Value, pads: readonly number[], value = 0) =>
    this.one('Pad', [x, this.ints(pads), this.scalar(value, x.type.dtype)])
  Tile = (x: Value, repeats: readonly number[]) => this.one('Tile', [x, this.ints(repeats)])
  Gather = (x: Value, indices: Value, attributes: { axis: number }) => this.one('Gather', [x, indices], attributes)
  GatherElements = (x: Value, indices: Value, attributes: { axis: number }) =>
    this.one('GatherElements', [x, indices], attributes)
  ScatterElements = (x: Value, indices: Value, updates: Value, attributes: { axis: number; reduction?: string }) =>
    this.one('ScatterElements', [x, indices, updates], attributes)
  OneHot = (indices: Value, depth: number, dtype: DType = 'float32') =>
    this.one('OneHot', [indices, this.ints([depth]), this.constant(tensor(dtype, [2], [0, 1]))], { axis: -1 })
  /** Nearest-neighbor upsampling by integer factors, one per axis. */
  Resize = (x: Value, scales: readonly number[]) =>
    this.one('Resize', [x, undefined, this.constant(tensor('float32', [scales.length], scales))], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    })

  private reduce(op: OpName, x: Value, axes: readonly number[], keepdims: 0 | 1): Value {
    return this.one(op, [x, this.ints(axes)], { keepdims })
  }

  /** Reshapes every sample to `shape`, keeping the batch of `like` (which may be symbolic). */
  reshapeLike = (x: Value, like: Value, shape: Shape): Value => {
    const batch = like.type.shape[0]
    if (batch !== 'N') return this.Reshape(x, [batch!, ...(shape as number[])])
    return this.Reshape(x, x.type.shape[0] === 'N' ? [0, ...(shape as number[])] : [-1, ...(shape as number[])])
  }

  describe = (x: Value): string => `${x.name} ${formatShape(x.type.shape)}`
}
