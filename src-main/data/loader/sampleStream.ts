/**
 * The samples of an epoch in their order, read ahead by workers. At most a fixed number of blocks is under way or waiting,
 * so memory stays the same however fast or slow the training is.
 */
import { invariant } from '#core/base/assert'
import { elementCount } from '#core/tensor/shape'
import { allocateRecords, asRecords, recordBytes } from '../prepare/records'
import type { StoredSamples } from '../prepare/preparation'
import type { SampleArray } from '../samples'
import { WorkerThread } from '../workers/workerThread'
import type { LoaderSetup } from './worker'

/** Least bytes of a block: so many that a message costs nothing, so few that the first one is there at once. */
const BLOCK_BYTES = 1 << 20

interface Block {
  /** Places in the order. */
  readonly begin: number
  readonly end: number
  readonly records: Promise<SampleArray>
}

export interface StreamOptions {
  readonly workers: number
  /** Blocks read ahead by every worker. */
  readonly prefetch: number
  /** Samples of a batch: a block has whole ones. */
  readonly batch?: number
}

export class SampleStream {
  readonly #workers: WorkerThread<Int32Array, ArrayBuffer>[]
  #order: Int32Array = new Int32Array(0)
  #blocks: Block[] = []
  /** Places up to here were asked for, and up to here they were taken. */
  #asked = 0
  #taken = 0
  #next = 0

  constructor(
    private readonly stored: StoredSamples,
    private readonly options: StreamOptions,
  ) {
    invariant(options.workers > 0, 'a stream without workers')
    const { entry, form } = stored
    const setup: LoaderSetup = { folder: entry.folder, count: entry.count, form }
    this.#workers = Array.from({ length: options.workers }, () => new WorkerThread('loader', setup))
  }

  /** Begins to read the samples of `order` from place `from` on. */
  follow(order: Int32Array, from = 0): void {
    this.#order = order
    this.#blocks = []
    this.#asked = from
    this.#taken = from
    this.#ask()
  }

  /** Whether `indices` are the next samples of the order that is followed. */
  isNext(indices: Int32Array): boolean {
    const order = this.#order
    const sameMemory = indices.buffer === order.buffer && indices.byteOffset === order.byteOffset + 4 * this.#taken
    return sameMemory && this.#taken + indices.length <= order.length
  }

  /** The next `count` samples. */
  async take(count: number): Promise<SampleArray> {
    const { form } = this.stored
    const size = elementCount(form.shape)
    const result = allocateRecords(form, count)
    for (let filled = 0; filled < count;) {
      this.#ask()
      const block = this.#blocks[0]!
      const records = await block.records
      const from = this.#taken - block.begin
      const here = Math.min(block.end - this.#taken, count - filled)
      result.set(records.subarray(from * size, (from + here) * size), filled * size)
      filled += here
      this.#taken += here
      if (this.#taken === block.end) this.#blocks.shift()
    }
    this.#ask()
    return result
  }

  #ask(): void {
    const { workers, prefetch, batch = 1 } = this.options
    const length = batch * Math.max(1, Math.floor(BLOCK_BYTES / (batch * recordBytes(this.stored.form))))
    while (this.#blocks.length < workers * prefetch && this.#asked < this.#order.length) {
      const [begin, end] = [this.#asked, Math.min(this.#asked + length, this.#order.length)]
      const worker = this.#workers[this.#next++ % workers]!
      const indices = this.#order.slice(begin, end)
      const answer = worker.ask(indices, [indices.buffer])
      const records = answer.then((buffer) => asRecords(this.stored.form, buffer))
      // Whoever takes the block gets the failure; one that is never taken must not end the process.
      records.catch(() => undefined)
      this.#blocks.push({ begin, end, records })
      this.#asked = end
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()))
  }
}
