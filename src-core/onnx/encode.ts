/** Writes a graph as an ONNX file (protobuf). */
import { create, toBinary } from '@bufbuild/protobuf'
import {
  AttributeProto_AttributeType as Kind,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
} from 'onnx-buf'
import type { Tensor } from '../tensor/dtype'
import type { TensorType } from '../tensor/shape'
import { IR_VERSION, OPSET, type Attribute, type Graph, type Value } from './graph'
import { splitOpName } from './ops'
import { onnxType } from './rules/elementwise'

/** Attributes that ONNX types as float; every other number is an int. */
const floatAttributes = new Set(['alpha', 'beta', 'epsilon', 'momentum', 'gamma'])

function encodeAttribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number')
    return floatAttributes.has(name)
      ? create(AttributeProtoSchema, { name, type: Kind.FLOAT, f: value })
      : create(AttributeProtoSchema, { name, type: Kind.INT, i: BigInt(value) })
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: Kind.STRING, s: new TextEncoder().encode(value) })
  if (Array.isArray(value)) {
    return create(AttributeProtoSchema, { name, type: Kind.INTS, ints: (value as number[]).map(BigInt) })
  }
  return create(AttributeProtoSchema, { name, type: Kind.GRAPH, g: encodeGraph(value as Graph) })
}

function encodeTensor(name: string, { dtype, shape, data }: Tensor) {
  return create(TensorProtoSchema, {
    name,
    dataType: onnxType[dtype],
    dims: shape.map(BigInt),
    rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
  })
}

function encodeValue({ name, type }: Value, docString = '') {
  return create(ValueInfoProtoSchema, { name, type: encodeType(type), docString })
}

/** How a model describes itself to other tools. */
export interface ModelHeader {
  readonly producerVersion: string
  /** What the model is, in one sentence. */
  readonly doc: string
  /** What the inputs and outputs hold, by name. */
  readonly ports: Readonly<Record<string, string>>
}

/** The values between the nodes, with the types from the shape rules. */
function encodeInner({ nodes, outputs, types }: Graph) {
  const known = new Set(outputs.map(({ name }) => name))
  return nodes
    .flatMap((node) => node.outputs)
    .flatMap((name) => {
      const type = types.get(name)
      return type && !known.has(name) ? [encodeValue({ name, type })] : []
    })
}

function encodeType({ dtype, shape }: TensorType) {
  const dim = shape.map((d) =>
    create(TensorShapeProto_DimensionSchema, {
      value: d === 'N' ? { case: 'dimParam', value: 'N' } : { case: 'dimValue', value: BigInt(d) },
    }),
  )
  const tensorType = create(TypeProto_TensorSchema, {
    elemType: onnxType[dtype],
    shape: create(TensorShapeProtoSchema, { dim }),
  })
  return create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } })
}

function encodeGraph(graph: Graph, header?: ModelHeader): GraphProto {
  return create(GraphProtoSchema, {
    name: graph.name,
    input: graph.inputs.map((value) => encodeValue(value, header?.ports[value.name])),
    output: graph.outputs.map((value) => encodeValue(value, header?.ports[value.name])),
    ...(header && { docString: header.doc, valueInfo: encodeInner(graph) }),
    initializer: [...graph.initializers].map(([name, data]) => encodeTensor(name, data)),
    node: graph.nodes.map((node) => {
      const { domain, type } = splitOpName(node.op)
      return create(NodeProtoSchema, {
        name: node.outputs.find((output) => output !== '') ?? '',
        opType: type,
        domain,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
      })
    }),
  })
}

function domainsUsed(graph: Graph, found = new Set<string>()): Set<string> {
  for (const node of graph.nodes) {
    found.add(splitOpName(node.op).domain)
    for (const value of Object.values(node.attributes))
      if (typeof value === 'object' && !Array.isArray(value)) domainsUsed(value as Graph, found)
  }
  return found
}

/**
 * The graph as the bytes of an ONNX file, opset 18. `metadata` becomes the model's metadata properties. With `header`,
 * for files
 * that other tools open, versions, descriptions and the types of all values are written as well.
 */
export function encodeModel(
  graph: Graph,
  metadata: Readonly<Record<string, string>> = {},
  header?: ModelHeader,
): Uint8Array<ArrayBuffer> {
  const domains = domainsUsed(graph).add('')
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    producerName: 'Layerloom',
    opsetImport: [...domains].map((domain) =>
      create(OperatorSetIdProtoSchema, { domain, version: BigInt(domain === '' ? OPSET : 1) }),
    ),
    graph: encodeGraph(graph, header),
    ...(header && { producerVersion: header.producerVersion, docString: header.doc }),
    metadataProps: Object.entries(metadata).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
  })
  return toBinary(ModelProtoSchema, model)
}
