/** Reduces a graph to one output, so that repeated evaluation costs no more than necessary. */
import type { Graph } from '#core/onnx/graph'

/** The graph with only the named output and the nodes it depends on. */
export function neededFor(graph: Graph, output: string): Graph {
  const wanted = new Set([output])
  const nodes = [...graph.nodes].reverse().filter((node) => {
    if (!node.outputs.some((name) => wanted.has(name))) return false
    node.inputs.forEach((name) => wanted.add(name))
    return true
  })
  return { ...graph, outputs: graph.outputs.filter(({ name }) => name === output), nodes: nodes.reverse() }
}
