/** Input ports of layers. The catalog provides them as a callback, so that the project depends on no layer. */
import { portName } from '../layers/layer'
import { blockInputs, isBlock, isSink, isSource } from './kinds'
import type { GraphEdge, GraphNode, NetworkGraph } from './project'

/**
 * The input ports of a layer kind, or undefined if the kind is unknown (then every port is accepted). All names are
 * required; a last name that ends in `…` means any number of inputs: a layer with `['a', 'b…']` needs `a` and `b` and
 * takes
 * `c`, `d`, … as well.
 */
export type Ports = (kind: string) => readonly string[] | undefined

/** For callers without a catalog: every kind is unknown. */
export const unknownPorts: Ports = () => undefined

/** The input ports of one node. */
export interface InputPorts {
  /** All of these must be connected. */
  readonly required: readonly string[]
  /** Whether additional ports, named by letters, may be connected. */
  readonly variadic: boolean
}

/** The only port of single-input layers. */
export const SINGLE_PORT = 'x'

/** The input ports of `node`, or undefined if its kind is unknown. */
export function inputPorts(node: GraphNode, ports: Ports): InputPorts | undefined {
  if (isSource(node)) return { required: [], variadic: false }
  if (isBlock(node)) return { required: blockInputs(node.graph), variadic: false }
  const names = isSink(node) ? [SINGLE_PORT] : ports(node.kind)
  if (names === undefined) return undefined
  const variadic = names.at(-1)?.endsWith('…') ?? false
  return { required: names.map((name) => name.replace(/…$/, '')), variadic }
}

export function acceptsPort(list: InputPorts, port: string): boolean {
  return list.required.includes(port) || (list.variadic && /^[a-z]([1-9]\d{0,3})?$/.test(port))
}

/** Sorts ports in the order of `portName`: `a` … `z`, `a1` … `z1`, `a2`, … */
export function comparePorts(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1)) || (a < b ? -1 : a > b ? 1 : 0)
}

/** The port a new edge to `node` should use: the first free one, or the first one if all are taken. */
export function preferredPort(graph: NetworkGraph, node: GraphNode, ports: Ports): string {
  const list = inputPorts(node, ports)
  if (list === undefined) return SINGLE_PORT
  const taken = new Set(graph.edges.filter((edge) => edge.to === node.id).map((edge) => edge.port))
  const free = list.required.find((port) => !taken.has(port))
  if (free !== undefined) return free
  for (let index = 0; list.variadic; index++) {
    if (!taken.has(portName(index))) return portName(index)
  }
  return list.required[0] ?? SINGLE_PORT
}

/** `conv1 → add1.b`, the form of edges in messages. */
export function formatEdge(edge: GraphEdge): string {
  return `${edge.from} → ${edge.to}.${edge.port}`
}

export function sameEdge(a: GraphEdge, b: GraphEdge): boolean {
  return a.from === b.from && a.to === b.to && a.port === b.port
}
