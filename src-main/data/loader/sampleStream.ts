/**
 * The samples of an epoch in their order, read ahead by workers. At most a fixed number of blocks is under way or waiting,
 * so memory stays the same however fast or slow the training is.
 */
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { invariant } from '#core/base/assert'
import { elementCount } from '#core/tensor/shape'
import { findAppRoot } from '../../project/appFolders'
import { allocateRecords, recordBytes } from '../prepare/records'
import type { StoredSamples } from '../prepare/preparation'
import type { SampleArray } from '../samples'
import type { ReadAnswer, ReadRequest, WorkerSetup } from './worker'

/** Bytes of a block: large enough that a message costs nothing, small enough that the first one is there at once. */
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
}

export class SampleStream {
  readonly #workers: ReaderThread[]
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
    this.#workers = Array.from({ length: options.workers }, () => new ReaderThread(stored))
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
    const { workers, prefetch } = this.options
    const length = Math.max(1, Math.floor(BLOCK_BYTES / recordBytes(this.stored.form)))
    while (this.#blocks.length < workers * prefetch && this.#asked < this.#order.length) {
      const [begin, end] = [this.#asked, Math.min(this.#asked + length, this.#order.length)]
      const worker = this.#workers[this.#next++ % workers]!
      const records = worker.read(this.#order.slice(begin, end))
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

/** A worker, and the answers that it owes. */
class ReaderThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve(records: SampleArray): void; reject(error: Error): void }>()
  #id = 0
  #ended: Error | undefined

  constructor({ entry, form }: StoredSamples) {
    const setup: WorkerSetup = { folder: entry.folder, count: entry.count, form }
    this.#worker = startWorker(setup)
    this.#worker.on('message', (answer: ReadAnswer) => this.#settle(answer, form))
    this.#worker.on('error', (error) => this.#end(error))
    this.#worker.on('exit', (code) => this.#end(new Error(`a loader worker ended with ${code}`)))
    // A process that has nothing else to do may end.
    this.#worker.unref()
  }

  read(indices: Int32Array): Promise<SampleArray> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#id++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage({ id, indices } satisfies ReadRequest, [indices.buffer as ArrayBuffer])
    })
  }

  #settle(answer: ReadAnswer, form: StoredSamples['form']): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if ('failure' in answer) return waiting?.reject(new Error(answer.failure))
    const view = allocateRecords(form, 0)
    const ArrayType = view.constructor as new (buffer: ArrayBuffer) => SampleArray
    waiting?.resolve(new ArrayType(answer.records))
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  async close(): Promise<void> {
    this.#ended ??= new Error('the loader is closed')
    await this.#worker.terminate()
  }
}

/** Starts the built worker, or its source where this itself runs from source. */
function startWorker(setup: WorkerSetup): Worker {
  if (extname(import.meta.filename) !== '.ts')
    return new Worker(join(findAppRoot().folder, 'out', 'main', 'loader.js'), { workerData: setup })
  const source = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'worker.ts')).href)
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(start, { workerData: setup, eval: true })
}
