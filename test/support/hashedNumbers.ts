/**
 * Deterministic numbers from names: the same formula as scripts/goldens/hashed_numbers.py, equal bit for bit, so that
 * weights and batches of the golden training runs need not be stored.
 */

/** MurmurHash3's 32-bit finalizer. */
function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over the characters: maps a name to a 32-bit key. */
function keyOf(text: string): number {
  let h = 0x811c9dc5
  for (const character of text) h = Math.imul(h ^ character.codePointAt(0)!, 0x01000193)
  return h >>> 0
}

/** `count` float32 numbers in [−scale, scale): element i is mix(mix(key + 1) + i) / 2³¹ − 1, times the scale. */
export function hashedNumbers(name: string, count: number, scale = 1): Float32Array {
  const base = mix((keyOf(name) + 1) | 0)
  return Float32Array.from({ length: count }, (_, i) => (mix((base + i) | 0) / 2147483648 - 1) * scale)
}
