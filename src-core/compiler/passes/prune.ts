/** Removes what no output needs. */
import type { Graph, Node } from '../../onnx/graph'

/** Keeps only nodes, initializers and types an output depends on. Inputs stay. */
export function prune(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map(({ name }) => name))
  const kept: Node[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((name) => needed.has(name))) continue
    kept.push(node)
    for (const name of node.inputs) needed.add(name)
  }
  const produced = new Set(kept.flatMap(({ outputs }) => outputs))
  for (const { name } of graph.inputs) produced.add(name)
  const initializers = new Map([...graph.initializers].filter(([name]) => needed.has(name)))
  const types = new Map([...graph.types].filter(([name]) => produced.has(name) || initializers.has(name)))
  return { ...graph, nodes: kept.reverse(), initializers, types }
}
