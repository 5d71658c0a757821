/**
 * Splits into any number of parts. A shader may access eight buffers, so on WebGPU one Split makes at most seven parts.
 */
import type { GraphBuilder } from './builder'
import type { Value } from './graph'

const MOST_PARTS = 7

/** Parts of the given sizes along an axis, by as many Splits as needed. */
export function splitMany(b: GraphBuilder, x: Value, sizes: readonly number[], axis: number): Value[] {
  if (sizes.length === 1) return [x]
  if (sizes.length <= MOST_PARTS) return b.Split(x, sizes, { axis })
  const each = Math.ceil(sizes.length / MOST_PARTS)
  const groups = Array.from({ length: Math.ceil(sizes.length / each) }, (_, i) => sizes.slice(i * each, (i + 1) * each))
  const whole = groups.map((group) => group.reduce((sum, size) => sum + size, 0))
  return b.Split(x, whole, { axis }).flatMap((part, i) => splitMany(b, part, groups[i]!, axis))
}
