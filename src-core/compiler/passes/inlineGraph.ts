/** Inlines a whole graph into a builder, its inputs bound to existing values. */
import { invariant } from '../../base/assert'
import type { GraphBuilder } from '../../onnx/builder'
import type { Graph, Value } from '../../onnx/graph'

/**
 * Appends all nodes of `graph`. Names are kept if free, so that printed graphs stay readable;
 * `suffix` distinguishes several copies. Returns the values of the graph's outputs by name.
 */
export function inlineGraph(
  b: GraphBuilder,
  graph: Graph,
  bindings: ReadonlyMap<string, Value>,
  suffix = '',
): Map<string, Value> {
  const values = new Map<string, Value>(bindings)
  for (const { name } of graph.inputs) invariant(values.has(name), `input ${name} of ${graph.name} is not bound`)
  for (const [name, data] of graph.initializers) values.set(name, b.constant(data))
  const lookup = (name: string): Value | undefined => {
    if (name === '') return undefined
    const value = values.get(name)
    invariant(value, `${name} is used before it is computed in ${graph.name}`)
    return value
  }
  for (const node of graph.nodes) {
    const names = node.outputs.map((name) => (b.graph.types.has(name + suffix) ? `${name}${suffix}'` : name + suffix))
    const outputs = b.within(node.scope, () => b.node(node.op, node.inputs.map(lookup), node.attributes, names))
    node.outputs.forEach((name, i) => values.set(name, outputs[i]!))
  }
  return new Map(graph.outputs.map(({ name }) => [name, lookup(name)!]))
}
