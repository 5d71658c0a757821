/** Pads or cuts token id sequences to one length. */
import { PADDING_ID } from './vocabulary'

/** The side that is padded, or cut if the text is too long: the end, which keeps the beginning, or the start. */
export type PadSide = 'end' | 'start'

export function padOrCut(ids: Int32Array, length: number, side: PadSide): Int32Array {
  const result = new Int32Array(length).fill(PADDING_ID)
  const kept = side === 'end' ? ids.subarray(0, length) : ids.subarray(Math.max(0, ids.length - length))
  result.set(kept, side === 'end' ? 0 : length - kept.length)
  return result
}
