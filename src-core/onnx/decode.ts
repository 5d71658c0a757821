/** Reads an ONNX file (protobuf) into a graph. Files may come from strangers: everything is checked before it is believed. */
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
import type { Dim } from '../tensor/shape'
import type { Attribute, Graph, Node, Value } from './graph'
import { domains, type OpName } from './ops'
import { onnxType } from './rules/elementwise'

const dtypeOf = new Map<number, DType>(Object.entries(onnxType).map(([dtype, code]) => [code, dtype as DType]))
const prefixOf = new Map(Object.entries(domains).map(([prefix, domain]) => [domain, prefix]))

export interface DecodedModel {
  /** Operator names are as in the file; they may lie outside our table. */
  readonly graph: Graph
  readonly opset: number
  readonly producer: string
  readonly metadata: Readonly<Record<string, string>>
}

function refuse(file: string, message: string, expected: string, received: string): never {
  return fail({
    code: 'model-format',
    place: { file },
    message,
    expected,
    received,
    fix: 'Choose an ONNX file of opset 7 or later whose tensors are stored inside the file.',
  })
}

/** Parses the bytes of an ONNX file. Throws a ProblemError (`model-format`) where they are not one. */
export function decodeModel(bytes: Uint8Array, file = 'model.onnx'): DecodedModel {
  let model
  try {
    model = fromBinary(ModelProtoSchema, bytes)
  } catch (error) {
    refuse(file, 'The file is not an ONNX model.', 'an ONNX protobuf', (error as Error).message)
  }
  if (!model.graph)
    refuse(file, 'The file holds no graph.', 'a ModelProto with a graph', `${bytes.length} bytes without one`)
  return {
    graph: decodeGraph(model.graph, file),
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
  for (const item of proto.initializer) {
    const data = decodeTensor(item, file)
    graph.initializers.set(item.name, data)
    graph.types.set(item.name, { dtype: data.dtype, shape: data.shape })
  }
  graph.inputs = proto.input.filter((item) => !graph.initializers.has(item.name)).map((item) => decodeValue(item, file))
  graph.outputs = proto.output.map((item) => decodeValue(item, file))
  for (const value of [...graph.inputs, ...graph.outputs]) graph.types.set(value.name, value.type)
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

function decodeValue(proto: ValueInfoProto, file: string): Value {
  const type = proto.type?.value
  if (type?.case !== 'tensorType')
    refuse(file, `${proto.name} is not a tensor.`, 'inputs and outputs that are tensors', type?.case ?? 'no type')
  const dtype = dtypeOf.get(type.value.elemType)
  if (!dtype)
    refuse(
      file,
      `${proto.name} has an element type that is not supported.`,
      [...dtypeOf.values()].join(', '),
      `type ${type.value.elemType}`,
    )
  const shape = (type.value.shape?.dim ?? []).map(({ value }): Dim =>
    value.case === 'dimValue' ? Number(value.value) : 'N',
  )
  return { name: proto.name, type: { dtype, shape } }
}

function decodeTensor(proto: TensorProto, file: string): Tensor {
  const dtype = dtypeOf.get(proto.dataType)
  if (!dtype)
    refuse(
      file,
      `Tensor ${proto.name} has an element type that is not supported.`,
      [...dtypeOf.values()].join(', '),
      `type ${proto.dataType}`,
    )
  if (proto.externalData.length > 0)
    refuse(file, `Tensor ${proto.name} is stored outside the file.`, 'weights inside the file', 'external data')
  const shape = proto.dims.map(Number)
  const count = shape.reduce((product, size) => product * size, 1)
  const raw = proto.rawData
  const lists = { float32: proto.floatData, float64: proto.doubleData, int64: proto.int64Data, int32: proto.int32Data }
  const list: readonly (number | bigint)[] = lists[dtype as keyof typeof lists] ?? proto.int32Data
  const stored = raw.length > 0 ? raw.length / bytesPerElement[dtype] : list.length
  if (stored !== count)
    refuse(file, `Tensor ${proto.name} does not hold what its shape says.`, `${count} elements`, `${stored} elements`)
  const data = allocate(dtype, count)
  if (raw.length > 0) new Uint8Array(data.buffer).set(raw)
  else list.forEach((value, i) => ((data as unknown as (number | bigint)[])[i] = value))
  return { dtype, shape, data }
}

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
      return decodeGraph(proto.g!, file)
    case Kind.TENSOR:
      return Array.from(decodeTensor(proto.t!, file).data as ArrayLike<number | bigint>, Number)
    default:
      return refuse(
        file,
        `Attribute ${proto.name} is of a form that is not supported.`,
        'numbers, texts, graphs',
        `type ${proto.type}`,
      )
  }
}
