/**
 * Inputs that ONNX Runtime's kernels overwrite, even if other nodes read them. Most in-place kernels ask its memory
 * planner
 * first, which counts readers; a few are registered with outputs that always alias their inputs. Of the operators
 * written here, that
 * is BatchNormalization in training form, whose running mean and variance go in and out in one buffer. (Reshape,
 * Squeeze,
 * Unsqueeze and Identity share a buffer too, but only read it.) The list is checked against ONNX Runtime operator by
 * operator in
 * `test/core/contract/overwrites.test.ts`.
 */
import { invariant } from '../base/assert'
import type { Graph, Node } from './graph'

/** Indices of the inputs that running `node` destroys. */
export function overwrittenInputs(node: Node): readonly number[] {
  return node.op === 'BatchNormalization' && node.outputs.length > 1 ? [3, 4] : []
}

/** Names of all values that some node of the graph overwrites. */
export function overwrittenValues({ nodes }: Graph): Set<string> {
  return new Set(nodes.flatMap((node) => overwrittenInputs(node).map((place) => node.inputs[place]!)))
}

/** Operators whose output shares the memory of their input. */
const views: ReadonlySet<string> = new Set(['Reshape', 'Squeeze', 'Unsqueeze', 'Identity'])

/** A key of what a node computes, equal for nodes that compute the same. A node with nested graphs equals no other. */
export function computation(node: Pick<Node, 'op' | 'attributes' | 'outputs'>, inputs: readonly string[]): string {
  return `${node.op}(${inputs.join()})${JSON.stringify(node.attributes)}${node.outputs.length}`
}

/**
 * Fails if another reader could see a value that is overwritten: it must be computed for this one reader alone, in
 * its own memory, and not by a second identical node, which ONNX Runtime would merge with it.
 */
export function checkOverwrites(graph: Graph): void {
  const overwritten = overwrittenValues(graph)
  if (overwritten.size === 0) return
  const readers = new Map<string, number>()
  const times = new Map<string, number>()
  for (const node of graph.nodes) {
    for (const name of node.inputs) readers.set(name, (readers.get(name) ?? 0) + 1)
    const key = computation(node, node.inputs)
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  for (const { name } of graph.outputs) readers.set(name, (readers.get(name) ?? 0) + 1)
  for (const name of overwritten) {
    const source = graph.nodes.find(({ outputs }) => outputs.includes(name))
    invariant(source && !views.has(source.op), `${name} in ${graph.name} is written over, but is not its reader's own`)
    invariant(readers.get(name) === 1, `${name} in ${graph.name} is written over, but read by others`)
    invariant(times.get(computation(source, source.inputs)) === 1, `${name} in ${graph.name} is computed twice`)
  }
}
