/** Ids for new layers: short, readable, and the same on every machine. */
import { findLayer } from '../layers/index'
import { fail } from '../problems/problem'
import { INPUT, OUTPUT } from './kinds'
import { nodeIdPattern, type NetworkGraph } from './project'

/** Words of kinds that do not say what a layer does. */
const qualifiers: ReadonlySet<string> = new Set(['transpose', 'layer'])

/**
 * The part of an id before its number: what the layer asks for, or the last telling word of its kind without its dimensions. `conv2d` → `conv`, `max-pool2d` →
 * `pool`, `batch-norm1d` → `norm`, `leaky-relu` → `relu`.
 */
export function idPrefix(kind: string): string {
  const words = kind.replace(/\d+d$/, '').split('-')
  const known = findLayer(kind)?.idPrefix ?? words.findLast((word) => !qualifiers.has(word)) ?? ''
  const letters = known.replace(/[^\p{L}\p{M}\p{N}_]/gu, '').replace(/^[^\p{L}]+|\d+$/gu, '')
  return letters || 'layer'
}

/**
 * The first of `conv1`, `conv2`, … that is not in `taken`. Input and Output, which a network has once, are first named
 * `input` and `output`.
 */
export function freshId(kind: string, taken: ReadonlySet<string>): string {
  if ((kind === INPUT || kind === OUTPUT) && !taken.has(kind)) return kind
  return numberedName(idPrefix(kind), taken)
}

/** `name` if it is free, otherwise its stem with the first free number: `conv1` → `conv2`, `stem` → `stem1`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? numberedName(name.replace(/\d+$/, ''), taken) : name
}

export function idsOf(graph: NetworkGraph): Set<string> {
  return new Set(graph.nodes.map((node) => node.id))
}

/**
 * Rejects `id` as the name of a new layer if it is taken or malformed.
 * @throws ProblemError `node-id`
 */
export function requireFreeId(id: string, taken: ReadonlySet<string>): void {
  const isTaken = taken.has(id)
  if (!isTaken && nodeIdPattern.test(id)) return
  fail('node-id', isTaken ? 'taken' : 'form', { id }, { node: id })
}

function numberedName(stem: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    if (!taken.has(`${stem}${number}`)) return `${stem}${number}`
  }
}
