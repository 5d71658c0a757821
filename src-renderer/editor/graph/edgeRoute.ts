/**
 * The route of an edge: straight if possible, otherwise with right angles around the cards in its way. Among a few
 * candidate routes, the one that crosses the fewest cards wins, then the one with the fewest bends and the shortest
 * length.
 */
import type { Point, PortSide } from './geometry'
import type { Obstacle, Obstacles } from './obstacles'

export interface RouteEnds {
  /** Rim of the output port, at the bottom of its card. */
  readonly source: Point
  readonly sourceId: string
  /** Rim of the input port. */
  readonly target: Point
  readonly targetId: string
  readonly side: PortSide
}

/** Minimum length before an edge may turn after leaving or before entering a port. */
const STUB = 16
/** Minimum distance between routes and the cards they pass. */
const CLEARANCE = 8
/** Distance of a lane around cards. */
const LANE_GAP = 20
const CROSSING_COST = 4000
const BEND_COST = 40

/** The corners of the route from `source` to `target`, both ends included. */
export function routeEdge(ends: RouteEnds, obstacles: Obstacles): Point[] {
  const direct = directRoutes(ends).find((route) => crossings(route, ends, obstacles) === 0)
  if (direct !== undefined) return tidy(direct)
  const candidates = [...directRoutes(ends), ...detours(ends, obstacles)]
  let best = candidates[0]!
  let least = Infinity
  for (const route of candidates) {
    const cost = costOf(route, ends, obstacles)
    if (cost < least) [best, least] = [route, cost]
  }
  return tidy(best)
}

/** Routes without a detour; none if the target is not below. */
function directRoutes({ source, target, side }: RouteEnds): Point[][] {
  const drop = target.y - source.y
  if (side === 'left') {
    const isAhead = source.x <= target.x - STUB && drop >= STUB / 2
    return isAhead ? [[source, { x: source.x, y: target.y }, target]] : []
  }
  if (drop <= 0) return []
  if (Math.abs(source.x - target.x) < 0.5) return [[source, target]]
  if (drop < STUB) return [step(source, target, source.y + drop / 2)]
  const heights = [source.y + drop / 2, target.y - STUB, source.y + STUB]
  return heights.map((y) => step(source, target, y))
}

/** Down, across at height `y`, down. */
function step(source: Point, target: Point, y: number): Point[] {
  return [source, { x: source.x, y }, { x: target.x, y }, target]
}

/** Routes through a lane beside the cards in the way. */
function detours(ends: RouteEnds, obstacles: Obstacles): Point[][] {
  const { source, target, side } = ends
  const leave = source.y + STUB + CLEARANCE
  const enter = side === 'top' ? target.y - STUB - CLEARANCE : target.y
  return laneCandidates(ends, obstacles, leave, enter).flatMap((lane) => {
    if (side === 'left' && lane > target.x - STUB) return []
    const turn = [source, { x: source.x, y: leave }, { x: lane, y: leave }, { x: lane, y: enter }]
    return side === 'top' ? [[...turn, { x: target.x, y: enter }, target]] : [[...turn, target]]
  })
}

/** How far from its cards an edge searches for a lane. */
const REACH = 360

/** Candidate lanes: in the middle of the gaps between the cards at these heights, and beside them. */
function laneCandidates(
  { source, target, side }: RouteEnds,
  obstacles: Obstacles,
  leave: number,
  enter: number,
): number[] {
  const [top, bottom] = [Math.min(leave, enter), Math.max(leave, enter)]
  const left = Math.min(source.x, target.x) - REACH
  const right = Math.max(source.x, target.x) + REACH
  const blocks = mergeExtents([...obstacles.within({ left, right, top, bottom }, CLEARANCE)])
  const lanes = [(source.x + target.x) / 2, source.x, target.x]
  if (side === 'left') lanes.push(target.x - STUB - LANE_GAP / 2)
  blocks.forEach((block, index) => {
    const next = blocks[index + 1]
    lanes.push(block.from - LANE_GAP, block.to + LANE_GAP)
    if (next !== undefined) lanes.push((block.to + next.from) / 2)
  })
  return lanes
}

interface Extent {
  readonly from: number
  readonly to: number
}

/** Horizontal extents of the cards, merged so that none overlap, from left to right. */
function mergeExtents(cards: readonly Obstacle[]): Extent[] {
  const merged: Extent[] = []
  for (const { x, width } of cards.toSorted((a, b) => a.x - b.x)) {
    const last = merged.at(-1)
    if (last !== undefined && x <= last.to + 2 * CLEARANCE)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, x + width) }
    else merged.push({ from: x, to: x + width })
  }
  return merged
}

function costOf(route: readonly Point[], ends: RouteEnds, obstacles: Obstacles): number {
  let length = 0
  for (let index = 1; index < route.length; index++)
    length += Math.abs(route[index]!.x - route[index - 1]!.x) + Math.abs(route[index]!.y - route[index - 1]!.y)
  return crossings(route, ends, obstacles) * CROSSING_COST + (route.length - 2) * BEND_COST + length
}

/** Cards crossed by the route. Its first and last parts touch their own cards, which do not count there. */
function crossings(route: readonly Point[], ends: RouteEnds, obstacles: Obstacles): number {
  let count = 0
  for (let index = 1; index < route.length; index++) {
    const [from, to] = [route[index - 1]!, route[index]!]
    const own = [...(index === 1 ? [ends.sourceId] : []), ...(index === route.length - 1 ? [ends.targetId] : [])]
    const span = {
      left: Math.min(from.x, to.x),
      right: Math.max(from.x, to.x),
      top: Math.min(from.y, to.y),
      bottom: Math.max(from.y, to.y),
    }
    count += obstacles.within(span, CLEARANCE - 2, own).size
  }
  return count
}

/** Without collinear corners. */
function tidy(route: readonly Point[]): Point[] {
  return route.filter((point, index) => {
    const [before, after] = [route[index - 1], route[index + 1]]
    if (before === undefined || after === undefined) return true
    const straight =
      (same(before.x, point.x) && same(point.x, after.x)) || (same(before.y, point.y) && same(point.y, after.y))
    return !straight
  })
}

const same = (a: number, b: number): boolean => Math.abs(a - b) < 0.01

const CORNER = 6

/** The route as the `d` of an SVG path, with rounded corners. */
export function svgPathOf(route: readonly Point[]): string {
  const [first, ...rest] = route
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  rest.forEach((point, index) => {
    const before = route[index]!
    const after = route[index + 2]
    if (after === undefined) path += `L${point.x} ${point.y}`
    else {
      const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, after) / 2)
      const [start, end] = [towards(point, before, radius), towards(point, after, radius)]
      path += `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
    }
  })
  return path
}

/** Candidate label positions along a part of an edge, the middle first. */
const LABEL_SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]

/**
 * Position of an edge label: the first along its parts, the longest part first, that `isFree`; the middle of the
 * longest part if there is none.
 */
export function labelPlace(route: readonly Point[], isFree: (place: Point) => boolean): Point {
  const parts = route.slice(1).map((to, index) => [route[index]!, to] as const)
  const places = parts
    .toSorted(([a, b], [c, d]) => distance(c, d) - distance(a, b))
    .flatMap(([from, to]) =>
      LABEL_SHARES.map((share) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })),
    )
  return places.find(isFree) ?? places[0] ?? route[0] ?? { x: 0, y: 0 }
}

/** Distance from a point to the route. */
export function distanceTo(route: readonly Point[], { x, y }: Point): number {
  let least = Infinity
  for (let index = 1; index < route.length; index++) {
    const [a, b] = [route[index - 1]!, route[index]!]
    const nearX = Math.max(Math.min(a.x, b.x), Math.min(Math.max(a.x, b.x), x))
    const nearY = Math.max(Math.min(a.y, b.y), Math.min(Math.max(a.y, b.y), y))
    least = Math.min(least, Math.hypot(nearX - x, nearY - y))
  }
  return least
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole }
}
