/** Reads an ONNX file (protobuf) into a graph. Files may be untrusted, so everything is checked before use. */
import { fromBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  type AttributeProto,
  type GraphProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf'
import { fail } from '../problems/problem'
import { allocate, bytesPerElement, type DType, type Tensor } from '../tensor/dtype'
import type { Dim, TensorType } from '../tensor/shape'
import type { Attribute, Graph, Node, Value } from './graph'
import { domains, type OpName } from './ops'
import { onnxType } from './rules/elementwise'

const dtypeOf = new Map<number, DType>(Object.entries(onnxType).map(([dtype, code]) => [code, dtype as DType]))
const prefixOf = new Map(Object.entries(domains).map(([prefix, domain]) => [domain, prefix]))

/** An input or output as the file describes it. */
export interface Port {
  readonly name: string
  /** Absent if it is not a tensor, has an unknown element type or no shape; an open size is `N`. */
  readonly type?: TensorType
  /** For display: `float16 [batch, 3, height, width]`, `a sequence`. */
  readonly described: string
}

export interface DecodedModel {
  /** Operator names are as in the file and may be missing from our table. Values of unknown types are left out. */
  readonly graph: Graph
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly opset: number
  readonly producer: string
  readonly metadata: Readonly<Record<string, string>>
}

/** Parses the bytes of an ONNX file. Throws a ProblemError (`model-format`) if they are not one. */
export function decodeModel(bytes: Uint8Array, file = 'model.onnx'): DecodedModel {
  let model
  try {
    model = fromBinary(ModelProtoSchema, bytes)
  } catch (error) {
    fail('model-format', 'not-onnx', { received: (error as Error).message }, { file })
  }
  if (!model.graph) fail('model-format', 'no-graph', { bytes: bytes.length }, { file })
  const weights = initializerNames(model.graph)
  return {
    graph: decodeGraph(model.graph, file),
    inputs: model.graph.input.filter(({ name }) => !weights.has(name)).map(decodePort),
    outputs: model.graph.output.map(decodePort),
    opset: Number(model.opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0n),
    producer: model.producerName,
    metadata: Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value])),
  }
}

function decodeGraph(proto: GraphProto, file: string): Graph {
  const graph: Graph = {
    name: proto.name,
    inputs: [],
    outputs: [],
    nodes: [],
    initializers: new Map(),
    types: new Map(),
  }
  const weights = initializerNames(proto)
  for (const item of proto.initializer) {
    const data = decodeTensor(item, file)
    if (!data) continue
    graph.initializers.set(item.name, data)
    graph.types.set(item.name, { dtype: data.dtype, shape: data.shape })
  }
  graph.inputs = proto.input.filter(({ name }) => !weights.has(name)).flatMap(decodeValue)
  graph.outputs = proto.output.flatMap(decodeValue)
  const inner = proto.valueInfo.flatMap(decodeValue)
  for (const value of [...inner, ...graph.inputs, ...graph.outputs]) graph.types.set(value.name, value.type)
  graph.nodes = proto.node.map((node): Node => {
    const prefix = prefixOf.get(node.domain) ?? (node.domain === '' || node.domain === 'ai.onnx' ? '' : node.domain)
    return {
      op: (prefix === '' ? node.opType : `${prefix}.${node.opType}`) as OpName,
      inputs: node.input,
      outputs: node.output,
      attributes: Object.fromEntries(node.attribute.map((item) => [item.name, decodeAttribute(item, file)])),
      scope: node.name,
    }
  })
  return graph
}

function initializerNames({ initializer, sparseInitializer }: GraphProto): Set<string> {
  return new Set([...initializer.map(({ name }) => name), ...sparseInitializer.map(({ values }) => values?.name ?? '')])
}

/** Empty if the type is unknown or absent, which ONNX allows inside the branches of `If`. */
function decodeValue(proto: ValueInfoProto): Value[] {
  const { name, type } = decodePort(proto)
  return type ? [{ name, type }] : []
}

function decodePort({ name, type }: ValueInfoProto): Port {
  const given = type?.value
  if (given?.case !== 'tensorType') return { name, described: kinds[given?.case ?? ''] ?? 'of no type' }
  const { elemType, shape } = given.value
  const element = elementNames[elemType] ?? `element type ${elemType}`
  if (!shape) return { name, described: `${element} of any shape` }
  const sizes = shape.dim.map(({ value }) => (value.case === 'dimValue' ? String(value.value) : value.value || '?'))
  const described = `${element} [${sizes.join(', ')}]`
  const dtype = dtypeOf.get(elemType)
  if (!dtype) return { name, described }
  const dims = shape.dim.map(({ value }): Dim => (value.case === 'dimValue' ? Number(value.value) : 'N'))
  return { name, type: { dtype, shape: dims }, described }
}

const kinds: Readonly<Record<string, string>> = {
  sequenceType: 'a sequence',
  mapType: 'a map',
  optionalType: 'an optional value',
  sparseTensorType: 'a sparse tensor',
}

/** By ONNX's numbers. */
const elementNames: Readonly<Record<number, string>> = {
  0: 'of no element type',
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'text',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
}

/** Undefined for element types that are unknown here; ONNX Runtime may support them. */
function decodeTensor(proto: TensorProto, file: string): Tensor | undefined {
  if (proto.externalData.length > 0) fail('model-format', 'outside-data', { name: proto.name }, { file })
  const dtype = dtypeOf.get(proto.dataType)
  if (!dtype) return undefined
  const shape = proto.dims.map(Number)
  const count = shape.reduce((product, size) => product * size, 1)
  const raw = proto.rawData
  const lists = { float32: proto.floatData, float64: proto.doubleData, int64: proto.int64Data, int32: proto.int32Data }
  const list: readonly (number | bigint)[] = lists[dtype as keyof typeof lists] ?? proto.int32Data
  const stored = raw.length > 0 ? raw.length / bytesPerElement[dtype] : list.length
  if (stored !== count) fail('model-format', 'tensor-size', { name: proto.name, count, stored }, { file })
  const data = allocate(dtype, count)
  if (raw.length > 0) new Uint8Array(data.buffer).set(raw)
  else list.forEach((value, i) => ((data as unknown as (number | bigint)[])[i] = value))
  return { dtype, shape, data }
}

/**
 * Unknown attributes become an empty list: this graph only describes a model, and ONNX Runtime reads the file itself.
 */
function decodeAttribute(proto: AttributeProto, file: string): Attribute {
  switch (proto.type) {
    case Kind.FLOAT:
      return proto.f
    case Kind.INT:
      return Number(proto.i)
    case Kind.STRING:
      return new TextDecoder().decode(proto.s)
    case Kind.FLOATS:
      return proto.floats
    case Kind.INTS:
      return proto.ints.map(Number)
    case Kind.STRINGS:
      return proto.strings.map((text) => new TextDecoder().decode(text))
    case Kind.GRAPH:
      return proto.g ? decodeGraph(proto.g, file) : []
    case Kind.TENSOR:
      return Array.from((proto.t && decodeTensor(proto.t, file)?.data) ?? ([] as ArrayLike<number | bigint>), Number)
    default:
      // Lists of tensors and of graphs, sparse tensors: not needed here.
      return []
  }
}
