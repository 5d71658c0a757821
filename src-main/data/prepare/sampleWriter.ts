/**
 * Writes `samples.bin`, fixed-size records, and next to it `hashes.bin`, 64 bits per record, to find equal samples
 * without reading them again.
 */
import type { EntryWriter, RecordWriter } from './entryWriter'

/** Records to hash before their hashes are written. */
const BATCH = 4096

export class SampleWriter {
  /** The start of a record whose end has not arrived yet. */
  readonly #open: Uint8Array<ArrayBuffer>
  #opened = 0
  readonly #hashes = new Uint32Array(2 * BATCH)
  #hashed = 0
  /** Complete records so far. */
  count = 0

  private constructor(
    private readonly samples: RecordWriter,
    private readonly hashes: RecordWriter,
    private readonly recordBytes: number,
  ) {
    this.#open = new Uint8Array(recordBytes)
  }

  static async open(writer: EntryWriter, recordBytes: number): Promise<SampleWriter> {
    return new SampleWriter(await writer.file('samples.bin'), await writer.file('hashes.bin'), recordBytes)
  }

  /** Appends bytes of any number of records; a record may arrive in parts. */
  async append(data: ArrayBufferView): Promise<void> {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    await this.samples.append(bytes)
    let at = 0
    if (this.#opened > 0) {
      at = Math.min(this.recordBytes - this.#opened, bytes.length)
      this.#open.set(bytes.subarray(0, at), this.#opened)
      this.#opened += at
      if (this.#opened < this.recordBytes) return
      await this.#take(this.#open)
      this.#opened = 0
    }
    for (; at + this.recordBytes <= bytes.length; at += this.recordBytes)
      await this.#take(bytes.subarray(at, at + this.recordBytes))
    this.#open.set(bytes.subarray(at))
    this.#opened = bytes.length - at
  }

  async #take(record: Uint8Array): Promise<void> {
    hash64(record, this.#hashes, 2 * this.#hashed++)
    this.count++
    if (this.#hashed === BATCH) await this.#flush()
  }

  async #flush(): Promise<void> {
    await this.hashes.append(this.#hashes.subarray(0, 2 * this.#hashed))
    this.#hashed = 0
  }

  async finish(): Promise<void> {
    await this.#flush()
  }
}

/** Two rounds of MurmurHash3's mixing with different constants over the 32-bit words of `bytes`. */
function hash64(bytes: Uint8Array, to: Uint32Array, at: number): void {
  let a = 0x9747b28c
  let b = 0x85ebca6b ^ bytes.length
  const words = bytes.length >> 2
  for (let w = 0, i = 0; w < words; w++, i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    a = Math.imul(a ^ Math.imul(word, 0xcc9e2d51), 0x1b873593)
    a ^= a >>> 15
    b = Math.imul(b ^ Math.imul(word, 0x239b961b), 0xab0e9789)
    b ^= b >>> 13
  }
  for (let i = words * 4; i < bytes.length; i++) {
    a = Math.imul(a ^ bytes[i]!, 0x01000193)
    b = Math.imul(b ^ bytes[i]!, 0x38b34ae5)
  }
  to[at] = finish(a)
  to[at + 1] = finish(b)
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
