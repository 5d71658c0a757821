/** The course of an edge of the canvas between two cards, also while one of them is dragged; and which edge a point is at. */
import { CARD_WIDTH, inputPoint, portSide, type Point, type PortSide } from '../graph/geometry'
import { distanceTo, routeEdge } from '../graph/edgeRoute'
import type { EdgeView } from '../graph/edgeView'
import type { Obstacles } from '../graph/obstacles'

/** Half a port: edges begin and end at its rim. */
const RIM = 5
/** How far edges of one output run together at least. */
const STEM = 12
/** How near, in canvas pixels, a layer must be dropped to go into an edge. */
const DROP_REACH = 22

interface Course {
  readonly points: readonly Point[]
  readonly side: PortSide
}

interface Places {
  readonly obstacles: Obstacles
  readonly heightOf: (id: string) => number
}

/** The course of `edge` with its cards at these corners. */
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

/** The edge whose course runs nearest to a point, within reach of a drop; undefined where none does. */
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
