/**
 * Position and connections of a new layer. Dropping on an edge, dropping on free canvas and adding after the
 * selection all become the same command, so the result does not depend on how it was added.
 */
import type { Command } from '#core/graph/commands'
import { freshId, idsOf } from '#core/graph/freshId'
import { isSink, BLOCK_INPUT, BLOCK_OUTPUT, INPUT, OUTPUT } from '#core/graph/kinds'
import { comparePorts } from '#core/graph/ports'
import type { GraphEdge, GraphNode, NetworkGraph } from '#core/graph/project'
import type { Scope } from '#core/graph/scope'
import { CARD_HEIGHT, CARD_WIDTH, GRID, overlaps, snap, type Point, type Rect } from './geometry'

/** Vertical space for a card and the edge that follows it. */
export const ROW = 88
/** Width of a column of cards with its gutter. */
export const COLUMN = CARD_WIDTH + 56
/** A card dropped roughly below another one snaps into line with it. */
const ALIGN_REACH = 24

export interface PlacingContext {
  readonly graph: NetworkGraph
  readonly scope: Scope
  /** Height of a card by node id. */
  readonly heightOf: (id: string) => number
}

const isSourceKind = (kind: string): boolean => kind === INPUT || kind === BLOCK_INPUT
const isSinkKind = (kind: string): boolean => kind === OUTPUT || kind === BLOCK_OUTPUT

/**
 * The command that adds a layer of `kind` with its card centered at `at`: into `edge` if it was dropped on one, as the
 * next layer if it was dropped below a loose end, otherwise unconnected.
 */
export function addAt(context: PlacingContext, kind: string, at: Point, edge?: GraphEdge): Command {
  const corner = { x: at.x - CARD_WIDTH / 2, y: at.y - CARD_HEIGHT / 2 }
  const canSplit = edge !== undefined && !isSourceKind(kind) && !isSinkKind(kind)
  if (canSplit) return insertInto(context, kind, edge)
  const end = isSourceKind(kind) ? undefined : looseEndAbove(context, corner)
  if (end !== undefined) return addBelow(context, kind, end, { x: end.position[0], y: corner.y })
  return addAlone(context, kind, at)
}

/** Adds an unconnected layer with its card centered at `at`. */
function addAlone({ graph, scope, heightOf }: PlacingContext, kind: string, at: Point) {
  const corner = { x: at.x - CARD_WIDTH / 2, y: at.y - CARD_HEIGHT / 2 }
  const position = freePlace(graph, heightOf, alignWithNeighbours(graph, corner))
  return { type: 'node.add', kind, position: [position.x, position.y], scope } satisfies Command
}

/**
 * The command that adds a layer of `kind` after node `after`: into its only edge, or as a new reader of its output.
 * Nothing follows
 * an output, so the layer goes before it. Without `after` it is unconnected.
 */
export function addAfter(context: PlacingContext, kind: string, after: string | undefined, center: Point): Command {
  const { graph } = context
  const node = graph.nodes.find((candidate) => candidate.id === after)
  if (node === undefined || isSourceKind(kind)) return addAlone(context, kind, center)
  const before = isSink(node) ? graph.edges.find((edge) => edge.to === node.id) : undefined
  if (before !== undefined && !isSinkKind(kind)) return insertInto(context, kind, before)
  if (isSink(node)) return addAlone(context, kind, center)
  const leaving = graph.edges.filter((edge) => edge.from === node.id)
  if (leaving.length === 1 && !isSinkKind(kind)) return insertInto(context, kind, leaving[0]!)
  const below = { x: node.position[0], y: rowBelow(node, context) }
  return addBelow(context, kind, node, leaving.length === 0 ? below : { ...below, x: below.x + COLUMN })
}

/** Adds a layer at or below `corner` that reads `node`. */
function addBelow({ graph, scope, heightOf }: PlacingContext, kind: string, node: GraphNode, corner: Point): Command {
  const position = freePlace(graph, heightOf, corner)
  const id = idFor(graph, kind)
  return {
    type: 'batch',
    label: 'node.add',
    commands: [
      { type: 'node.add', kind, id, position: [position.x, position.y], scope },
      { type: 'edge.connect', from: node.id, to: id, scope },
    ],
  }
}

/** Maximum distance below a loose end for a dropped layer to connect to it. */
const FOLLOW_REACH = 1.5 * ROW

/**
 * The loose end a card with its corner at `corner` would connect to: the nearest layer above it in its column, if
 * its output is unused. A layer in between, used or not, blocks those above it.
 */
export function looseEndAbove({ graph, heightOf }: PlacingContext, corner: Point): GraphNode | undefined {
  const above = graph.nodes
    .map((node) => ({ node, gap: corner.y - (node.position[1] + heightOf(node.id)) }))
    .filter(
      ({ node, gap }) => Math.abs(node.position[0] - corner.x) < CARD_WIDTH / 2 && gap > -GRID && gap <= FOLLOW_REACH,
    )
    .sort((a, b) => a.gap - b.gap)
  const nearest = above[0]?.node
  const isLoose = nearest !== undefined && !isSink(nearest) && !graph.edges.some(({ from }) => from === nearest.id)
  return isLoose ? nearest : undefined
}

/** The command that adds a layer of `kind` at a point and connects node `from` to it. */
export function addReading(context: PlacingContext, kind: string, from: string, at: Point): Command {
  const add = addAlone(context, kind, at)
  if (isSourceKind(kind)) return add
  const id = idFor(context.graph, kind)
  const { scope } = context
  return {
    type: 'batch',
    label: 'node.add',
    commands: [
      { ...add, id },
      { type: 'edge.connect', from, to: id, scope },
    ],
  }
}

/** Adds a layer into an edge and, if there is no room between its ends, moves everything below down by one row. */
function insertInto(context: PlacingContext, kind: string, edge: GraphEdge): Command {
  const { graph, scope } = context
  const source = graph.nodes.find((node) => node.id === edge.from)
  const target = graph.nodes.find((node) => node.id === edge.to)
  const start = source ?? target
  const y = start === undefined ? 0 : rowBelow(start, context)
  const x = start?.position[0] ?? 0
  const add: Command = { type: 'node.add', kind, id: idFor(graph, kind), position: [x, y], on: edge, scope }
  if (source === undefined || target === undefined) return add
  const positions = pushDown(context, { x, y, width: CARD_WIDTH, height: CARD_HEIGHT }, source.id)
  if (Object.keys(positions).length === 0) return add
  return { type: 'batch', label: 'node.add', commands: [add, { type: 'node.move', positions, scope }] }
}

/**
 * New positions of the cards that `room` and the cards it pushes would cover; each moves down only as far as necessary.
 */
function pushDown(
  { graph, heightOf }: PlacingContext,
  room: Rect,
  fixed: string,
): Record<string, readonly [number, number]> {
  const moved: Record<string, readonly [number, number]> = {}
  const placed: Rect[] = [room]
  const gap = ROW - CARD_HEIGHT
  const below = graph.nodes
    .filter((node) => node.id !== fixed && node.position[1] >= room.y - gap)
    .sort((a, b) => a.position[1] - b.position[1])
  for (const node of below) {
    const card = rectOf(node, heightOf)
    const blocker = placed.filter((other) => overlaps(card, other, gap - GRID)).map((other) => other.y + other.height)
    if (blocker.length === 0) continue
    const y = snap(Math.max(...blocker) + gap)
    if (y <= node.position[1]) continue
    moved[node.id] = [node.position[0], y]
    placed.push({ ...card, y })
  }
  return moved
}

/** Top of the row below a card. */
function rowBelow(node: GraphNode, { heightOf }: PlacingContext): number {
  return snap(node.position[1] + heightOf(node.id) + (ROW - CARD_HEIGHT))
}

/** The nearest position at or below `corner` where a card covers no other. */
export function freePlace(graph: NetworkGraph, heightOf: (id: string) => number, corner: Point): Point {
  const cards = graph.nodes.map((node) => rectOf(node, heightOf))
  const place = { x: snap(corner.x), y: snap(corner.y), width: CARD_WIDTH, height: CARD_HEIGHT }
  for (let tries = 0; tries <= cards.length; tries++) {
    const inWay = cards.find((card) => overlaps(place, card, GRID))
    if (inWay === undefined) break
    place.y = snap(inWay.y + inWay.height + (ROW - CARD_HEIGHT))
  }
  return { x: place.x, y: place.y }
}

/** A card dropped nearly in line with another one snaps into line with the nearest. */
function alignWithNeighbours(graph: NetworkGraph, corner: Point): Point {
  let best: GraphNode | undefined
  for (const node of graph.nodes) {
    if (Math.abs(node.position[0] - corner.x) > ALIGN_REACH) continue
    const nearer = best === undefined || Math.abs(node.position[1] - corner.y) < Math.abs(best.position[1] - corner.y)
    if (nearer) best = node
  }
  return best === undefined ? corner : { x: best.position[0], y: corner.y }
}

export function rectOf(node: GraphNode, heightOf: (id: string) => number): Rect {
  return { x: node.position[0], y: node.position[1], width: CARD_WIDTH, height: heightOf(node.id) }
}

function idFor(graph: NetworkGraph, kind: string): string {
  return freshId(kind, idsOf(graph))
}

/** The incoming edges of a node in port order. */
export function arriving(graph: NetworkGraph, id: string): GraphEdge[] {
  return graph.edges.filter((edge) => edge.to === id).sort((a, b) => comparePorts(a.port, b.port))
}
