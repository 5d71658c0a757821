/** Edits of layer settings. The parameters and weights of a kind are checked against the catalog elsewhere. */
import type { SetInitializer, SetParam, SetTrainable } from '../commands'
import type { NetworkGraph } from '../project'
import { getNode, replaceNode } from '../scope'

export function setParam(graph: NetworkGraph, { id, name, value }: SetParam): NetworkGraph {
  const node = getNode(graph, id)
  if (sameValue(node.params[name], value)) return graph
  return replaceNode(graph, { ...node, params: withEntry(node.params, name, value) })
}

export function setInitializer(graph: NetworkGraph, { id, weight, initializer }: SetInitializer): NetworkGraph {
  const node = getNode(graph, id)
  if (sameValue(node.initializers[weight], initializer)) return graph
  return replaceNode(graph, { ...node, initializers: withEntry(node.initializers, weight, initializer) })
}

export function setTrainable(graph: NetworkGraph, { ids, trainable }: SetTrainable): NetworkGraph {
  return ids.reduce((changed, id) => {
    const node = getNode(changed, id)
    return node.trainable === trainable ? changed : replaceNode(changed, { ...node, trainable })
  }, graph)
}

/** `record` with the entry `name` set, or removed if `value` is undefined. */
function withEntry<V>(record: Readonly<Record<string, V>>, name: string, value: V | undefined): Record<string, V> {
  const { [name]: _, ...rest } = record
  if (value === undefined) return rest
  return name in record ? { ...record, [name]: value } : { ...rest, [name]: value }
}

/** Whether two project values are equal; they are plain JSON. */
function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b))
}
