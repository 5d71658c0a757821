/**
 * The samples of an epoch in order, prefetched by workers. A fixed number of blocks is in flight or queued, so memory
 * stays constant at any training speed.
 */
import { invariant } from '#core/base/assert'
import { elementCount } from '#core/tensor/shape'
import { allocateRecords, asRecords, recordBytes } from '../prepare/records'
import type { StoredSamples } from '../prepare/preparation'
import type { SampleArray } from '../samples'
import { WorkerThread } from '../workers/workerThread'
import type { LoaderSetup } from './worker'

/** Minimum bytes per block: enough to make messages cheap, few enough that the first block arrives immediately. */
const BLOCK_BYTES = 1 << 20

interface Block {
  /** Positions in the order. */
  readonly begin: number
  readonly end: number
  readonly records: Promise<SampleArray>
}

export interface StreamOptions {
  readonly workers: number
  /** Blocks prefetched by every worker. */
  readonly prefetch: number
  /** Samples per batch: a block contains whole batches. */
  readonly batch?: number
}

export class SampleStream {
  readonly #workers: WorkerThread<Int32Array, ArrayBuffer>[]
  #order: Int32Array = new Int32Array(0)
  #blocks: Block[] = []
  /** Positions requested so far, and positions taken so far. */
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

  /** Starts reading the samples of `order` from position `from`. */
  follow(order: Int32Array, from = 0): void {
    this.#order = order
    this.#blocks = []
    this.#asked = from
    this.#taken = from
    this.#ask()
  }

  /** Whether `indices` are the next samples of the current order. */
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
      // The failure surfaces where the block is taken; an unused block must not crash the process.
      records.catch(() => undefined)
      this.#blocks.push({ begin, end, records })
      this.#asked = end
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()))
  }
}
