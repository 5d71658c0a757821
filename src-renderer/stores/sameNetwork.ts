/**
 * Whether two states of a project differ only in name and card positions, so that results for one are valid for the
 * other.
 */
import type { GraphNode, NetworkGraph, Project } from '#core/graph/project'

export function sameNetwork(a: Project, b: Project): boolean {
  return sameParts(a, b, ['name', 'graph']) && sameGraph(a.graph, b.graph)
}

function sameGraph(a: NetworkGraph, b: NetworkGraph): boolean {
  if (a === b) return true
  return (
    a.edges === b.edges && a.nodes.length === b.nodes.length && a.nodes.every((node, i) => sameNode(node, b.nodes[i]!))
  )
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  if (a === b) return true
  if (!sameParts(a, b, ['position', 'graph'])) return false
  return a.graph === b.graph || (a.graph !== undefined && b.graph !== undefined && sameGraph(a.graph, b.graph))
}

/** Edits share unchanged parts, so comparing the parts is comparing references. */
function sameParts<Whole extends object>(a: Whole, b: Whole, except: readonly (keyof Whole)[]): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Whole)[])
  return [...keys].every((key) => except.includes(key) || a[key] === b[key])
}
