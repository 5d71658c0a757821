/**
 * The automatic layout: ELK's layered algorithm arranges the network from top to bottom, then it is wrapped into
 * columns
 * to the shape of the window. ELK itself is passed in: the app runs it in a worker, tests run it in their own thread.
 */
import { linksOf, reachable } from '#core/graph/order'
import type { GraphEdge, NetworkGraph } from '#core/graph/project'
import { CARD_WIDTH, GRID, snap, type Rect } from '../graph/geometry'
import { wrapColumns, type Band } from './wrapColumns'

/** The subset of ELK's JSON graph in use. */
export interface ElkGraph {
  readonly id: string
  readonly layoutOptions?: Readonly<Record<string, string>>
  readonly children?: readonly ElkChild[]
  readonly edges?: readonly { readonly id: string; readonly sources: string[]; readonly targets: string[] }[]
}
export interface ElkChild {
  readonly id: string
  readonly width?: number
  readonly height?: number
  readonly x?: number
  readonly y?: number
  readonly ports?: readonly (ElkChild & { readonly layoutOptions: Readonly<Record<string, string>> })[]
  readonly layoutOptions?: Readonly<Record<string, string>>
}
export type ElkLayout = (graph: ElkGraph) => Promise<ElkGraph>

export interface LayoutWindow {
  readonly width: number
  readonly height: number
}

/** Vertical distance between cards, so that an output label fits. */
const ROW_GAP = 36
/** Space for the edges from one column to the next. */
const COLUMN_GAP = 132
/** Later columns start lower, so that the edge into them can come from above. */
const COLUMN_HEAD = 40

const elkOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.separateConnectedComponents': 'false',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.spacing.nodeNode': '56',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(ROW_GAP),
}

/** New positions of all nodes of `graph`, filling `window` as well as the shape of the network allows. */
export async function autoLayout(
  graph: NetworkGraph,
  heightOf: (id: string) => number,
  window: LayoutWindow,
  layout: ElkLayout,
): Promise<Record<string, readonly [number, number]>> {
  if (graph.nodes.length === 0) return {}
  const arranged = await layout({
    id: 'network',
    layoutOptions: elkOptions,
    children: graph.nodes.map(({ id }) => cardOf(id, heightOf(id))),
    edges: withoutShortcuts(graph).map((edge, index) => ({
      id: String(index),
      sources: [portId(edge.from, 'out')],
      targets: [portId(edge.to, 'in')],
    })),
  })
  const bands = bandsOf(arranged.children ?? [])
  const bandOf = new Map(bands.flatMap((band, index) => band.cards.map(({ id }) => [id, index] as const)))
  const spans = graph.edges.map((edge) => [bandOf.get(edge.from) ?? 0, bandOf.get(edge.to) ?? 0] as const)
  const starts = wrapColumns(bands, {
    ...window,
    rowGap: ROW_GAP,
    columnGap: COLUMN_GAP,
    crossing: (index) => spans.filter(([from, to]) => from < index && to >= index).length,
  })
  return placeColumns(bands, starts)
}

/** A card with its ports centered on its sides, so that one of several edges of a port runs straight on. */
function cardOf(id: string, height: number): ElkChild {
  const port = (name: 'in' | 'out', y: number, side: string) => ({
    id: portId(id, name),
    x: CARD_WIDTH / 2,
    y,
    layoutOptions: { 'elk.port.side': side },
  })
  return {
    id,
    width: CARD_WIDTH,
    height,
    ports: [port('in', 0, 'NORTH'), port('out', height, 'SOUTH')],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  }
}

const portId = (id: string, name: 'in' | 'out'): string => `${id} ${name}`

/**
 * The edges without mere shortcuts over others, such as residual connections. They run beside the cards, so the
 * arrangement need not make way for them and the main path stays straight.
 */
function withoutShortcuts(graph: NetworkGraph): GraphEdge[] {
  const { targets } = linksOf(graph)
  return graph.edges.filter((edge) => {
    const others = (targets.get(edge.from) ?? []).filter((id) => id !== edge.to)
    return !reachable(others, targets).has(edge.to)
  })
}

type PlacedCard = Rect & { readonly id: string }

interface PlacedBand extends Band {
  readonly cards: readonly PlacedCard[]
}

/** Cards side by side, from top to bottom: those with overlapping vertical extents form a band. */
function bandsOf(children: readonly ElkChild[]): PlacedBand[] {
  const cards = children
    .map(({ id, x = 0, y = 0, width = CARD_WIDTH, height = 0 }) => ({ id, x, y, width, height }))
    .sort((a, b) => a.y - b.y || a.x - b.x)
  const groups: PlacedCard[][] = []
  let bottom = -Infinity
  for (const card of cards) {
    if (card.y < bottom) groups.at(-1)!.push(card)
    else groups.push([card])
    bottom = Math.max(bottom, card.y + card.height)
  }
  return groups.map((group) => ({
    cards: group,
    height: Math.max(...group.map((card) => card.height)),
    left: Math.min(...group.map((card) => card.x)),
    right: Math.max(...group.map((card) => card.x + card.width)),
  }))
}

function placeColumns(
  bands: readonly PlacedBand[],
  starts: readonly number[],
): Record<string, readonly [number, number]> {
  const positions: Record<string, readonly [number, number]> = {}
  let columnLeft = 0
  starts.forEach((start, column) => {
    const group = bands.slice(start, starts[column + 1])
    const left = Math.min(...group.map((band) => band.left))
    const right = Math.max(...group.map((band) => band.right))
    let y = column === 0 ? 0 : COLUMN_HEAD
    for (const band of group) {
      for (const card of band.cards) positions[card.id] = [columnLeft + snap(card.x - left), y]
      y = upToGrid(y + band.height + ROW_GAP)
    }
    columnLeft = upToGrid(columnLeft + right - left + COLUMN_GAP)
  })
  return positions
}

function upToGrid(value: number): number {
  return Math.ceil(value / GRID) * GRID
}
