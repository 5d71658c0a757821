/** Computes once what is written twice. */
import type { Graph, Node } from '../../onnx/graph'
import { computation, overwrittenValues } from '../../onnx/overwrites'

/**
 * Merges nodes that compute the same from the same inputs, unless the result is overwritten in place, which its other
 * readers would see.
 */
export function shareDuplicates(graph: Graph): Graph {
  const replaced = new Map<string, string>()
  const seen = new Map<string, Node>()
  const nodes: Node[] = []
  // The names of the graph's outputs are part of its interface.
  const promised = new Set(graph.outputs.map(({ name }) => name))
  const overwritten = overwrittenValues(graph)
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => replaced.get(name) ?? name)
    const hasGraph = Object.values(node.attributes).some((value) => typeof value === 'object' && !Array.isArray(value))
    const key = computation(node, inputs)
    const alone = hasGraph || node.outputs.some((name) => overwritten.has(name))
    const twin = alone || node.outputs.some((name) => promised.has(name)) ? undefined : seen.get(key)
    if (twin) node.outputs.forEach((name, i) => replaced.set(name, twin.outputs[i]!))
    else {
      const rewritten = { ...node, inputs }
      if (!alone) seen.set(key, rewritten)
      nodes.push(rewritten)
    }
  }
  return { ...graph, nodes }
}
