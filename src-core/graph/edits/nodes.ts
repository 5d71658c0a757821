/** Edits that add, remove, rename and move layers. */
import { fail } from '../../problems/problem'
import type { AddNode, DuplicateNodes, MoveNodes, PasteNodes, RemoveNodes, RenameNode } from '../commands'
import { freeName, freshId, idsOf, requireFreeId } from '../freshId'
import { cornerOf, emptyBlockGraph, plainNode, type Position } from '../groupBlocks'
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, INPUT, isBlockPort, isBoundary, OUTPUT } from '../kinds'
import { preferredPort, sameEdge, SINGLE_PORT, type Ports } from '../ports'
import type { GraphEdge, GraphNode, NetworkGraph, Project } from '../project'
import { editGraphAt, getNode, type Scope } from '../scope'
import { missingEdge } from './edges'

/** Default offset of copies from their originals, in canvas pixels. */
const COPY_OFFSET = 32

export function addNode(graph: NetworkGraph, command: AddNode, ports: Ports): NetworkGraph {
  const { kind, on } = command
  refuseMisplaced(kind, command.scope ?? [], graph)
  const taken = idsOf(graph)
  const id = command.id ?? (kind === BLOCK_INPUT ? freeName(SINGLE_PORT, taken) : freshId(kind, taken))
  requireFreeId(id, taken)
  const node: GraphNode = {
    ...plainNode(id, kind, command.position),
    params: { ...command.params },
    trainable: command.trainable ?? true,
    initializers: { ...command.initializers },
    ...(kind === BLOCK && { repeat: 1, graph: emptyBlockGraph() }),
  }
  const nodes = [...graph.nodes, node]
  if (on === undefined) return { ...graph, nodes }
  const index = graph.edges.findIndex((edge) => sameEdge(edge, on))
  if (index === -1) missingEdge(on)
  const port = command.port ?? preferredPort(graph, node, ports)
  const split: GraphEdge[] = [
    { from: on.from, to: id, port },
    { from: id, to: on.to, port: on.port },
  ]
  return { nodes, edges: graph.edges.toSpliced(index, 1, ...split) }
}

export function removeNodes(project: Project, command: RemoveNodes): Project {
  const scope = command.scope ?? []
  const ports: string[] = []
  const graph = editGraphAt(project.graph, scope, (inner) => {
    let rest = inner
    for (const id of command.ids) {
      const node = getNode(inner, id)
      if (node.kind === BLOCK_OUTPUT) fail('block-form', 'needs-output', { kind: node.kind })
      if (node.kind === BLOCK_INPUT) ports.push(id)
      rest = removeNode(rest, id, command.reconnect ?? false)
    }
    return rest
  })
  const [block, outer] = [scope.at(-1), scope.slice(0, -1)]
  if (block === undefined || ports.length === 0) return withGraph(project, graph)
  return withGraph(
    project,
    editGraphAt(graph, outer, (around) => ({
      ...around,
      edges: around.edges.filter((edge) => edge.to !== block || !ports.includes(edge.port)),
    })),
  )
}

export function renameNode(project: Project, { scope = [], id, to }: RenameNode): Project {
  let isPort = false
  const graph = editGraphAt(project.graph, scope, (inner) => {
    const node = getNode(inner, id)
    if (id === to) return inner
    requireFreeId(to, idsOf(inner))
    isPort = node.kind === BLOCK_INPUT
    const index = inner.nodes.indexOf(node)
    const rename = (end: string): string => (end === id ? to : end)
    return {
      nodes: inner.nodes.with(index, { ...node, id: to }),
      edges: inner.edges.map((edge) =>
        edge.from === id || edge.to === id ? { ...edge, from: rename(edge.from), to: rename(edge.to) } : edge,
      ),
    }
  })
  const block = scope.at(-1)
  if (block === undefined || !isPort) return withGraph(project, graph)
  // The id of a block input is the name of the outer port.
  return withGraph(
    project,
    editGraphAt(graph, scope.slice(0, -1), (around) => ({
      ...around,
      edges: around.edges.map((edge) => (edge.to === block && edge.port === id ? { ...edge, port: to } : edge)),
    })),
  )
}

export function moveNodes(graph: NetworkGraph, { positions }: MoveNodes): NetworkGraph {
  const moves = new Map(Object.entries(positions))
  for (const [id, position] of moves) if (samePosition(getNode(graph, id).position, position)) moves.delete(id)
  if (moves.size === 0) return graph
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const position = moves.get(node.id)
      return position === undefined ? node : { ...node, position: [...position] }
    }),
  }
}

export function pasteNodes(graph: NetworkGraph, { clip, at, scope = [] }: PasteNodes): NetworkGraph {
  const inBlock = scope.length > 0
  const wanted = clip.nodes.filter((node) => {
    return !isBlockPort(node) && !(inBlock && isBoundary(node))
  })
  return addCopies(graph, { nodes: wanted, edges: clip.edges }, at)
}

export function duplicateNodes(graph: NetworkGraph, { ids, at, scope = [] }: DuplicateNodes): NetworkGraph {
  const nodes = ids.map((id) => getNode(graph, id))
  return pasteNodes(graph, { type: 'nodes.paste', clip: { nodes, edges: graph.edges }, at, scope })
}

function samePosition(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

function addCopies(graph: NetworkGraph, clip: NetworkGraph, at: Position | undefined): NetworkGraph {
  if (clip.nodes.length === 0) return graph
  const taken = idsOf(graph)
  const names = new Map<string, string>()
  const [left, top] = cornerOf(clip.nodes)
  const [dx, dy] = at === undefined ? [COPY_OFFSET, COPY_OFFSET] : [at[0] - left, at[1] - top]
  const copies = clip.nodes.map((node): GraphNode => {
    const id = node.kind === INPUT || node.kind === OUTPUT ? freshId(node.kind, taken) : freeName(node.id, taken)
    taken.add(id)
    if (!names.has(node.id)) names.set(node.id, id)
    return { ...node, id, position: [node.position[0] + dx, node.position[1] + dy] }
  })
  const edges = clip.edges.flatMap(({ from, to, port }) => {
    const [source, target] = [names.get(from), names.get(to)]
    return source === undefined || target === undefined ? [] : [{ from: source, to: target, port }]
  })
  return { nodes: [...graph.nodes, ...copies], edges: [...graph.edges, ...edges] }
}

function removeNode(graph: NetworkGraph, id: string, reconnect: boolean): NetworkGraph {
  const incoming = graph.edges.filter((edge) => edge.to === id)
  const source = reconnect && incoming.length === 1 && incoming[0]!.from !== id ? incoming[0]!.from : undefined
  return {
    nodes: graph.nodes.filter((node) => node.id !== id),
    edges: graph.edges.flatMap((edge) => {
      if (edge.to === id) return []
      if (edge.from !== id) return [edge]
      return source === undefined ? [] : [{ ...edge, from: source }]
    }),
  }
}

function withGraph(project: Project, graph: NetworkGraph): Project {
  return graph === project.graph ? project : { ...project, graph }
}

/** Input and Output belong to the outermost network, block inputs and outputs inside blocks. */
function refuseMisplaced(kind: string, scope: Scope, graph: NetworkGraph): void {
  const inBlock = scope.length > 0
  if (inBlock && (kind === INPUT || kind === OUTPUT)) fail('block-form', 'no-ends', { kind })
  if (!inBlock && (kind === BLOCK_INPUT || kind === BLOCK_OUTPUT)) fail('block-form', 'only-inside', { kind })
  if (kind === BLOCK_OUTPUT && graph.nodes.some((node) => node.kind === BLOCK_OUTPUT))
    fail('block-form', 'one-output', { kind })
}
