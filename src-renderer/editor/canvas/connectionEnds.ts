/** The possible ends of a connection, as plain values. */
import { isSink } from '#core/graph/kinds'
import type { GraphEdge, GraphNode } from '#core/graph/project'
import { portName } from '#core/layers/layer'
import type { CardView } from '../graph/cardView'

/** Where a connection may end: an input port, or the output of a node if it was started at an input. */
export interface ConnectionEnd {
  readonly node: string
  /** Undefined for the output. */
  readonly port?: string
}

/** The edge for a connection from `start` to `end`; undefined if both are inputs or both outputs. */
export function edgeBetween(start: ConnectionEnd, end: ConnectionEnd): GraphEdge | undefined {
  if ((start.port === undefined) === (end.port === undefined)) return undefined
  return start.port === undefined
    ? { from: start.node, to: end.node, port: end.port! }
    : { from: end.node, to: start.node, port: start.port }
}

/** Every possible end for a connection from `start`, in the order of `nodes`. */
export function endsFrom(
  start: ConnectionEnd,
  nodes: readonly GraphNode[],
  inputsOf: (id: string) => readonly string[],
): ConnectionEnd[] {
  const others = nodes.filter((node) => node.id !== start.node)
  if (start.port !== undefined) return others.filter((node) => !isSink(node)).map((node) => ({ node: node.id }))
  return others.flatMap((node) => inputsOf(node.id).map((port) => ({ node: node.id, port })))
}

/** Input ports of a card; a variadic one offers an additional port. */
export function offeredPorts(card: CardView): readonly string[] {
  return card.variadic && card.full ? [...card.ports, sparePort(card.ports)] : card.ports
}

/** The first unused port name. */
function sparePort(ports: readonly string[]): string {
  for (let index = 0; ; index++) if (!ports.includes(portName(index))) return portName(index)
}
