/** Seeded damage to bytes, like that of disks, networks and attackers. */
import { keyOf, randomUint32 } from '#core/base/random'

/** Values at the limits of field sizes. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

/** The draws of one mutation. */
class Draws {
  #count = 0
  constructor(private readonly key: readonly number[]) {}

  /** An integer from 0 to `limit`, exclusive. */
  below(limit: number): number {
    return randomUint32(...this.key, this.#count++) % Math.max(1, limit)
  }
}

type Damage = (bytes: Buffer, draws: Draws) => Buffer

const damages: readonly Damage[] = [
  function flipBit(bytes, draws) {
    bytes[draws.below(bytes.length)]! ^= 1 << draws.below(8)
    return bytes
  },
  function setByte(bytes, draws) {
    bytes[draws.below(bytes.length)] = draws.below(256)
    return bytes
  },
  function setNumber(bytes, draws) {
    const at = draws.below(bytes.length - 3)
    const value = edges[draws.below(edges.length)]!
    if (bytes.length < 4) return bytes
    if (draws.below(2) === 0) bytes.writeUInt32LE(value, at)
    else bytes.writeUInt32BE(value, at)
    return bytes
  },
  function cutOff(bytes, draws) {
    return bytes.subarray(0, draws.below(bytes.length))
  },
  function takeOut(bytes, draws) {
    const at = draws.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draws.below(32))])
  },
  function putIn(bytes, draws) {
    const at = draws.below(bytes.length)
    const more = Buffer.from(Array.from({ length: 1 + draws.below(32) }, () => draws.below(256)))
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
  },
  function repeat(bytes, draws) {
    const at = draws.below(bytes.length)
    const end = at + draws.below(bytes.length - at)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)])
  },
  function clear(bytes, draws) {
    const at = draws.below(bytes.length)
    return bytes.fill(draws.below(2) * 255, at, Math.min(bytes.length, at + 1 + draws.below(64)))
  },
]

/** Mutation `index` of these bytes: one to four changes, half of them near the beginning, where headers are. */
export function mutate(name: string, index: number, bytes: Uint8Array): Buffer {
  const draws = new Draws([keyOf(name), index])
  let mutated: Buffer = Buffer.from(bytes)
  const head = draws.below(2) === 0 ? Math.min(bytes.length, 64) : bytes.length
  for (let left = 1 + draws.below(4); left > 0 && mutated.length > 0; left--) {
    const part = Buffer.from(mutated.subarray(0, head))
    mutated = Buffer.concat([damages[draws.below(damages.length)]!(part, draws), mutated.subarray(head)])
  }
  return mutated
}
