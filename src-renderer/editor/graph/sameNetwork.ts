/** Whether two states of a project differ only in where cards stand, so that all that is known of one holds for the other. */
import type { GraphNode, NetworkGraph, Project } from '#core/graph/project'

/** Edits share what they leave as it was, so comparing the parts of a node is comparing references. */
export function sameNetwork(a: Project, b: Project): boolean {
  const others = (project: Project) => [project.task, project.data, project.training]
  return others(a).every((part, index) => part === others(b)[index]) && sameGraph(a.graph, b.graph)
}

function sameGraph(a: NetworkGraph, b: NetworkGraph): boolean {
  if (a === b) return true
  return (
    a.edges === b.edges && a.nodes.length === b.nodes.length && a.nodes.every((node, i) => sameNode(node, b.nodes[i]!))
  )
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  if (a === b) return true
  const same =
    a.id === b.id &&
    a.kind === b.kind &&
    a.params === b.params &&
    a.trainable === b.trainable &&
    a.initializers === b.initializers &&
    a.repeat === b.repeat
  return (
    same && (a.graph === b.graph || (a.graph !== undefined && b.graph !== undefined && sameGraph(a.graph, b.graph)))
  )
}
