/** Orders and cycles of a graph. Edges whose ends do not exist are ignored: the structure check reports them. */
import type { GraphNode, NetworkGraph } from './project'

interface Links {
  readonly byId: ReadonlyMap<string, GraphNode>
  readonly sources: ReadonlyMap<string, readonly string[]>
  readonly targets: ReadonlyMap<string, readonly string[]>
}

/** Neighbors by node id; if two nodes share an id, the first one counts. */
export function linksOf(graph: NetworkGraph): Links {
  const byId = new Map<string, GraphNode>()
  const sources = new Map<string, string[]>()
  const targets = new Map<string, string[]>()
  for (const node of graph.nodes) {
    if (byId.has(node.id)) continue
    byId.set(node.id, node)
    sources.set(node.id, [])
    targets.set(node.id, [])
  }
  for (const edge of graph.edges) {
    if (!byId.has(edge.from) || !byId.has(edge.to)) continue
    sources.get(edge.to)!.push(edge.from)
    targets.get(edge.from)!.push(edge.to)
  }
  return { byId, sources, targets }
}

/**
 * Nodes sorted so that each follows everything it reads; otherwise in project order, so that an order that is
 * already valid is kept. Nodes on a cycle and all that read them are left out.
 */
export function topologicalOrder(graph: NetworkGraph): GraphNode[] {
  const links = linksOf(graph)
  const orderable = withoutCycles(links.byId.keys(), links.sources, links.targets)
  const order: GraphNode[] = []
  const placed = new Set<string>()
  for (const root of links.byId.keys()) {
    const stack = orderable.has(root) ? [root] : []
    while (stack.length > 0) {
      const id = stack.at(-1)!
      const waiting = placed.has(id) ? [] : links.sources.get(id)!.filter((source) => !placed.has(source))
      if (waiting.length > 0) stack.push(...waiting.reverse())
      else {
        stack.pop()
        if (!placed.has(id)) order.push(links.byId.get(id)!)
        placed.add(id)
      }
    }
  }
  return order
}

/** One shortest cycle per strongly connected component, as ids in the direction of the edges. */
export function findCycles(graph: NetworkGraph): string[][] {
  const { byId, sources, targets } = linksOf(graph)
  const forward = withoutCycles(byId.keys(), sources, targets)
  const backward = withoutCycles(byId.keys(), targets, sources)
  const cycles: string[][] = []
  const seen = new Set<string>([...forward, ...backward])
  for (const id of byId.keys()) {
    if (seen.has(id)) continue
    seen.add(id)
    const back = findPath(targets.get(id)!, id, targets)
    if (back === undefined) continue
    cycles.push([id, ...back.slice(0, -1)])
    const upstream = reachable([id], sources)
    for (const member of reachable([id], targets)) if (upstream.has(member)) seen.add(member)
  }
  return cycles
}

/** Everything reachable from `starts` along `links`, including the starts themselves. */
export function reachable(starts: Iterable<string>, links: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(starts)
  // A Set iterates over items added during iteration, so this is a breadth-first search.
  for (const id of reached) for (const next of links.get(id) ?? []) reached.add(next)
  return reached
}

/** A shortest path from one of `starts` to `goal` including both ends, or undefined if there is none. */
export function findPath(
  starts: readonly string[],
  goal: string,
  links: ReadonlyMap<string, readonly string[]>,
): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>(starts.map((start) => [start, undefined]))
  for (const [id] of cameFrom) {
    if (id === goal) {
      const path = [id]
      for (let step = cameFrom.get(id); step !== undefined; step = cameFrom.get(step)) path.unshift(step)
      return path
    }
    for (const next of links.get(id) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, id)
  }
  return undefined
}

/** Repeatedly removes nodes without remaining sources (Kahn's algorithm) and returns the removed ones. */
function withoutCycles(
  ids: Iterable<string>,
  sources: ReadonlyMap<string, readonly string[]>,
  targets: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const remaining = new Map<string, number>()
  for (const id of ids) remaining.set(id, sources.get(id)!.length)
  const removed = new Set([...remaining].filter(([, count]) => count === 0).map(([id]) => id))
  for (const id of removed) {
    for (const next of targets.get(id)!) {
      const count = remaining.get(next)! - 1
      remaining.set(next, count)
      if (count === 0) removed.add(next)
    }
  }
  return removed
}
