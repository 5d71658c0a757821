/**
 * MaxPool(Relu(x)) = Relu(MaxPool(x)), values and gradients alike: where the maximum is positive both pick the same
 * position,
 * elsewhere both give zero. Pooling first leaves a quarter of the elements for Relu and its gradient.
 */
import type { Graph, Node } from '../../onnx/graph'

export function commuteReluPool(graph: Graph): Graph {
  const uses = new Map<string, number>()
  for (const node of graph.nodes) for (const name of node.inputs) uses.set(name, (uses.get(name) ?? 0) + 1)
  for (const { name } of graph.outputs) uses.set(name, (uses.get(name) ?? 0) + 1)
  const reluOf = new Map(graph.nodes.filter(({ op }) => op === 'Relu').map((node) => [node.outputs[0]!, node]))
  const types = new Map(graph.types)
  const moved = new Set<Node>()
  const nodes = graph.nodes.flatMap((node) => {
    const relu = node.op === 'MaxPool' && node.outputs.length === 1 ? reluOf.get(node.inputs[0]!) : undefined
    if (!relu || uses.get(relu.outputs[0]!) !== 1) return [node]
    moved.add(relu)
    const pooled = `${node.outputs[0]!}/before_relu`
    types.set(pooled, types.get(node.outputs[0]!)!)
    return [
      { ...node, inputs: [relu.inputs[0]!], outputs: [pooled] },
      { ...relu, inputs: [pooled], outputs: [node.outputs[0]!] },
    ]
  })
  return { ...graph, types, nodes: nodes.filter((node) => !moved.has(node)) }
}
