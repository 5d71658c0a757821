/** A worker thread that answers requests; pending ones are settled when it ends. */
import type { Worker } from 'node:worker_threads'
import { startWorker, type WorkerName } from './startWorker'

/** A worker's reply to the request with the same id. */
export type WorkerAnswer<Answer> = { readonly id: number } & (
  { readonly answer: Answer } | { readonly failure: string }
)

export class WorkerThread<Request, Answer> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  #id = 0
  #ended: Error | undefined

  constructor(name: WorkerName, workerData: unknown) {
    this.#worker = startWorker(name, workerData)
    this.#worker.on('message', (message: WorkerAnswer<Answer>) => this.#settle(message))
    this.#worker.on('error', (error) => this.#end(error))
    this.#worker.on('exit', (code) => this.#end(new Error(`a ${name} worker ended with ${code}`)))
    // Does not keep the process alive.
    this.#worker.unref()
  }

  ask(request: Request, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#id++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage({ id, request }, [...transfer])
    })
  }

  #settle(message: WorkerAnswer<Answer>): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (this.#waiting.size === 0) this.#worker.unref()
    if ('failure' in message) waiting?.reject(new Error(message.failure))
    else waiting?.resolve(message.answer)
  }

  #end(error: Error): void {
    this.#ended ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }

  async close(): Promise<void> {
    this.#ended ??= new Error('the worker was closed')
    await this.#worker.terminate()
  }
}
