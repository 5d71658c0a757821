/** Differences between two states of a project that could affect training: what a run no longer represents. */
import { findLayer } from '../layers/index'
import type { GraphNode, NetworkGraph, Project, TrainingSettings } from './project'

export interface ChangedValue {
  readonly name: string
  /** As in the file; undefined if not set. */
  readonly before: unknown
  readonly after: unknown
}

export type ProjectChange =
  | {
      readonly part: 'network'
      readonly what: 'added' | 'removed'
      /** Path of the layer, blocks joined by dots. */
      readonly id: string
    }
  | {
      readonly part: 'network'
      readonly what: 'changed'
      readonly id: string
      readonly values: readonly ChangedValue[]
    }
  /** The same layers in another order: edges with other ends. */
  | { readonly part: 'network'; readonly what: 'connected'; readonly id: string }
  | {
      readonly part: 'data' | 'transforms' | 'training'
      readonly what: 'changed'
      readonly values: readonly ChangedValue[]
    }

/** Where a run is computed and how it prefetches samples changes its duration, not what it learns. */
const withoutEffect: ReadonlySet<keyof TrainingSettings> = new Set(['device', 'threads', 'loader'])

/** In the order network, data, transforms, training; empty if a run of `before` is also one of `after`. */
export function projectChanges(before: Project, after: Project): readonly ProjectChange[] {
  const network = graphChanges(before.graph, after.graph, '')
  const data = [
    ...changedValues(before.data, after.data),
    ...changedValues({ task: before.task }, { task: after.task }),
  ]
  const transforms = changedValues({ transforms: before.transforms }, { transforms: after.transforms })
  const training = changedValues(learnt(before.training), learnt(after.training))
  return [
    ...network,
    ...settings('data', data),
    ...settings('transforms', transforms),
    ...settings('training', training),
  ]
}

function settings(part: 'data' | 'transforms' | 'training', values: readonly ChangedValue[]): ProjectChange[] {
  return values.length === 0 ? [] : [{ part, what: 'changed', values }]
}

/** Includes the loader settings that determine which samples are drawn. */
function learnt(training: TrainingSettings): Readonly<Record<string, unknown>> {
  const { dropLast, balanced } = training.loader
  const kept = Object.entries(training).filter(([name]) => !withoutEffect.has(name as keyof TrainingSettings))
  return { ...Object.fromEntries(kept), dropLast, balanced }
}

function graphChanges(before: NetworkGraph, after: NetworkGraph, prefix: string): ProjectChange[] {
  if (before === after) return []
  const [then, now] = [byId(before), byId(after)]
  const changes: ProjectChange[] = []
  for (const { id } of before.nodes)
    if (!now.has(id)) changes.push({ part: 'network', what: 'removed', id: prefix + id })
  for (const node of after.nodes) {
    const known = then.get(node.id)
    if (known === undefined) changes.push({ part: 'network', what: 'added', id: prefix + node.id })
    else changes.push(...nodeChanges(known, node, prefix))
  }
  return [...changes, ...edgeChanges(before, after, prefix, new Set([...then.keys()].filter((id) => now.has(id))))]
}

function nodeChanges(before: GraphNode, after: GraphNode, prefix: string): ProjectChange[] {
  if (before === after) return []
  const id = prefix + after.id
  const values = changedValues(meaning(before), meaning(after))
  const own: ProjectChange[] = values.length === 0 ? [] : [{ part: 'network', what: 'changed', id, values }]
  if (before.graph === undefined || after.graph === undefined) return own
  return [...own, ...graphChanges(before.graph, after.graph, `${id}.`)]
}

/** What a layer is, regardless of its card position: omitted parameters have their default. */
function meaning({ kind, params, trainable, initializers, repeat }: GraphNode): Readonly<Record<string, unknown>> {
  const specs = findLayer(kind)?.params ?? {}
  const defaults = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]))
  return { kind, ...defaults, ...params, trainable, initializers, repeat: repeat ?? 1 }
}

/** The targets of added or removed edges between layers both states have. */
function edgeChanges(before: NetworkGraph, after: NetworkGraph, prefix: string, kept: Set<string>): ProjectChange[] {
  const name = ({ from, to, port }: NetworkGraph['edges'][number]) => JSON.stringify([from, to, port])
  const between = ({ edges }: NetworkGraph) => edges.filter(({ from, to }) => kept.has(from) && kept.has(to))
  const [then, now] = [new Set(between(before).map(name)), new Set(between(after).map(name))]
  const changed = [...between(before).filter((edge) => !now.has(name(edge)))]
  changed.push(...between(after).filter((edge) => !then.has(name(edge))))
  // Inserting a layer into an edge, or removing one, already implies these changes.
  if (changed.length === 0 || before.nodes.length !== kept.size || after.nodes.length !== kept.size) return []
  const targets = new Set(changed.map(({ to }) => prefix + to))
  return [...targets].map((id) => ({ part: 'network', what: 'connected', id }))
}

const byId = ({ nodes }: NetworkGraph): ReadonlyMap<string, GraphNode> => new Map(nodes.map((node) => [node.id, node]))

function changedValues(before: object, after: object): ChangedValue[] {
  const [then, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const names = new Set([...Object.keys(then), ...Object.keys(now)])
  return [...names]
    .filter((name) => !sameJson(then[name], now[name]))
    .map((name) => ({ name, before: then[name], after: now[name] }))
}

/** Equal regardless of property order; an undefined property counts as absent. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
