/**
 * Counter-based random numbers: every draw is a pure function of its keys (seed, purpose, epoch, step, sample, …),
 * so it never depends on the order of execution and a resumed run continues exactly.
 * The generator is a chain of MurmurHash3 32-bit finalizers (Appleby, public domain) over the keys.
 */

/** MurmurHash3 fmix32: a bijection on 32-bit integers with full avalanche. */
function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}

/** FNV-1a over UTF-16 code units: turns a name into a key. */
export function keyOf(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** A uniform 32-bit unsigned integer from integer keys. */
export function randomUint32(...keys: readonly number[]): number {
  let h = 0x9e3779b9
  for (const key of keys) h = mix((Math.imul(h, 0x01000193) ^ mix((key + 0x7f4a7c15) | 0)) | 0)
  return h
}

/** A uniform number in [0, 1) with 32 random bits. */
export function uniform(...keys: readonly number[]): number {
  return randomUint32(...keys) / 4294967296
}

/** A standard normal number (Box-Muller on two draws). */
export function normal(...keys: readonly number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(...keys, 0)))
  return radius * Math.cos(2 * Math.PI * uniform(...keys, 1))
}

/** A uniformly random permutation of 0 … length − 1 (Fisher-Yates). */
export function permutation(length: number, ...keys: readonly number[]): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i)
  const base = randomUint32(...keys)
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor((randomUint32(base, i) / 4294967296) * (i + 1))
    const swap = order[i]!
    order[i] = order[j]!
    order[j] = swap
  }
  return order
}
