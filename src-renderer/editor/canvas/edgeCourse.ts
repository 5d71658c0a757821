/** The route of an edge between two cards, also while one of them is dragged; and hit testing for edges. */
import { CARD_WIDTH, inputPoint, portSide, type Point, type PortSide } from '../graph/geometry'
import { distanceTo, routeEdge } from '../graph/edgeRoute'
import type { EdgeView } from '../graph/edgeView'
import type { Obstacles } from '../graph/obstacles'

/** Half a port: edges start and end at its rim. */
const RIM = 5
/** Minimum shared length of edges from the same output. */
const STEM = 12
/** Maximum distance, in canvas pixels, for dropping a layer into an edge. */
const DROP_REACH = 22

interface Course {
  readonly points: readonly Point[]
  readonly side: PortSide
}

interface Places {
  readonly obstacles: Obstacles
  readonly heightOf: (id: string) => number
}

/** The route of `edge` with its cards at these corners. */
export function routeBetween(edge: EdgeView, source: Point, target: Point, { obstacles, heightOf }: Places): Course {
  const side = portSide(edge.portIndex)
  const port = inputPoint(edge.portIndex, edge.portCount, heightOf(edge.to))
  const end = { x: target.x + port.x - (side === 'left' ? RIM : 0), y: target.y + port.y - (side === 'top' ? RIM : 0) }
  const start = { x: source.x + CARD_WIDTH / 2, y: source.y + heightOf(edge.from) + RIM }
  const ends = { source: start, sourceId: edge.from, target: end, targetId: edge.to, side }
  const points = routeEdge(ends, obstacles)
  return { points: edge.branches && points.length > 2 ? withoutStem(points) : points, side }
}

/** Without the first part, which another edge of the same output draws. */
function withoutStem([first, second, ...rest]: readonly Point[]): Point[] {
  return [{ x: first!.x, y: Math.min(first!.y + STEM, second!.y) }, second!, ...rest]
}

/** The edge nearest to a point, within drop distance; undefined if there is none. */
export function edgeAt(
  point: Point,
  edges: Iterable<EdgeView>,
  placeOf: (id: string) => Point | undefined,
  places: Places,
): EdgeView | undefined {
  let best: EdgeView | undefined
  let least = DROP_REACH
  for (const edge of edges) {
    const [source, target] = [placeOf(edge.from), placeOf(edge.to)]
    if (source === undefined || target === undefined) continue
    const distance = distanceTo(routeBetween(edge, source, target, places).points, point)
    if (distance < least) [best, least] = [edge, distance]
  }
  return best
}
