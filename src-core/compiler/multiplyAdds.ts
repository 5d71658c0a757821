/** Counts multiply-adds of a graph by scope (layer), per sample. */
import { elementCount, type TensorType } from '../tensor/shape'
import type { Graph, Node } from '../onnx/graph'

/** Multiply-adds of one node: output elements times the length of the sum for each. */
function ofNode(node: Node, types: ReadonlyMap<string, TensorType>): number {
  const shape = (name: string | undefined) => types.get(name ?? '')?.shape ?? []
  const outputs = elementCount(shape(node.outputs[0]))
  switch (node.op) {
    case 'Conv':
      return outputs * elementCount(shape(node.inputs[1]).slice(1))
    case 'ConvTranspose':
      return elementCount(shape(node.inputs[0])) * elementCount(shape(node.inputs[1]).slice(1))
    case 'Gemm':
    case 'MatMul': {
      const transposed = node.attributes.transA === 1
      const a = shape(node.inputs[0])
      const inner = a.at(transposed ? -2 : -1)
      return outputs * (typeof inner === 'number' ? inner : 1)
    }
    default:
      return 0
  }
}

export function multiplyAdds(graph: Graph): Map<string, number> {
  const totals = new Map<string, number>()
  for (const node of graph.nodes) {
    const count = ofNode(node, graph.types)
    if (count > 0) totals.set(node.scope, (totals.get(node.scope) ?? 0) + count)
  }
  return totals
}
