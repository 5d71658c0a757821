/**
 * Fuses blocked convolutions with their only reader, so that one kernel makes one pass over memory:
 * a per-channel shift after a per-channel scale (both are depthwise 1×1 convolutions), an Add of an equal shape, a
 * Relu.
 */
import type { Graph, Node } from '../../onnx/graph'
import { sameShape } from '../../tensor/shape'

type Step = (graph: Graph, conv: Node, reader: Node) => Node | undefined

/** A convolution with all-ones weights only adds its bias, so the bias can move into the previous one. */
const fuseShift: Step = (graph, conv, reader) => {
  if (reader.op !== 'nchwc.Conv' || reader.inputs[0] !== conv.outputs[0] || reader.inputs.length !== 3) return undefined
  if (conv.inputs.length !== 2 || conv.attributes.activation !== undefined || !isOnes(graph, reader.inputs[1]!))
    return undefined
  return { ...conv, inputs: [...conv.inputs, reader.inputs[2]!], outputs: reader.outputs }
}

/** The kernel's fourth input is added to its result. */
const fuseSum: Step = (graph, conv, reader) => {
  if (reader.op !== 'Add' || conv.inputs.length > 3 || conv.attributes.activation !== undefined) return undefined
  const other = reader.inputs.find((name) => name !== conv.outputs[0])
  if (other === undefined || !sameShape(graph.types.get(other)!.shape, graph.types.get(conv.outputs[0]!)!.shape))
    return undefined
  const [x, weight, bias = ''] = conv.inputs as [string, string, string?]
  return { ...conv, inputs: [x, weight, bias, other], outputs: reader.outputs }
}

const fuseRelu: Step = (_graph, conv, reader) =>
  reader.op === 'Relu' && conv.attributes.activation === undefined
    ? { ...conv, outputs: reader.outputs, attributes: { ...conv.attributes, activation: 'Relu' } }
    : undefined

/** Whether a value is a constant of ones, possibly reshaped. */
function isOnes(graph: Graph, name: string): boolean {
  const data = graph.initializers.get(name)?.data
  if (data) return Array.from(data as Float32Array).every((value) => value === 1)
  const source = graph.nodes.find(({ op, outputs }) => op === 'Reshape' && outputs[0] === name)?.inputs[0]
  return source !== undefined && isOnes(graph, source)
}

/** Applies one kind of fusion everywhere it fits. The fused node takes the reader's position, after all its inputs. */
function fuse(graph: Graph, step: Step): Graph {
  const readers = new Map<string, Node[]>()
  for (const node of graph.nodes)
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node])
  const outputs = new Set(graph.outputs.map(({ name }) => name))
  const replaced = new Map<Node, Node | undefined>()
  for (const conv of graph.nodes) {
    const name = conv.outputs[0]!
    const [reader, ...others] = conv.op === 'nchwc.Conv' ? (readers.get(name) ?? []) : []
    if (!reader || others.length > 0 || outputs.has(name) || replaced.has(conv) || replaced.has(reader)) continue
    const joined = step(graph, conv, reader)
    if (!joined) continue
    replaced.set(conv, undefined)
    replaced.set(reader, joined)
  }
  const nodes = graph.nodes.flatMap((node) => (replaced.has(node) ? (replaced.get(node) ?? []) : [node]))
  return { ...graph, nodes }
}

export function fuseConvolution(graph: Graph): Graph {
  return [fuseShift, fuseSum, fuseRelu].reduce(fuse, graph)
}
