/** Reads records of a cache entry by index. Synchronous: use a worker where blocking is not acceptable. */
import { closeSync, openSync, readSync } from 'node:fs'
import { invariant } from '#core/base/assert'
import { elementCount } from '#core/tensor/shape'
import { filePath, type Entry } from '../prepare/entry'
import { recordBytes, type RecordForm } from '../prepare/records'
import type { SampleArray } from '../samples'

export class RecordReader {
  readonly #bytes: number

  constructor(
    private readonly file: number,
    readonly count: number,
    readonly form: RecordForm,
  ) {
    this.#bytes = recordBytes(form)
  }

  static open(entry: Pick<Entry, 'folder' | 'count'>, form: RecordForm): RecordReader {
    return new RecordReader(openSync(filePath(entry, 'samples.bin'), 'r'), entry.count, form)
  }

  /** Copies the records at `indices`, in that order, to the start of `to`. Adjacent records are read in one call. */
  read(indices: Int32Array, to: SampleArray): void {
    const bytes = this.#bytes
    invariant(to.length >= indices.length * elementCount(this.form.shape), 'no room for the samples')
    const room = new Uint8Array(to.buffer, to.byteOffset, indices.length * bytes)
    for (let from = 0; from < indices.length;) {
      const first = indices[from]!
      let end = from + 1
      while (end < indices.length && indices[end] === first + (end - from)) end++
      invariant(first >= 0 && first + (end - from) <= this.count, `sample ${first} of ${this.count}`)
      this.#readBytes(room.subarray(from * bytes, end * bytes), first * bytes)
      from = end
    }
  }

  #readBytes(room: Uint8Array, position: number): void {
    for (let at = 0; at < room.length;) {
      const read = readSync(this.file, room, at, room.length - at, position + at)
      invariant(read > 0, 'a cache file shorter than its entry says')
      at += read
    }
  }

  close(): void {
    closeSync(this.file)
  }
}
