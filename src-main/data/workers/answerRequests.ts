/** The worker's side of `WorkerThread`: answers every request, and reports failures. */
import { parentPort } from 'node:worker_threads'
import { invariant } from '#core/base/assert'

interface Message<Request> {
  readonly id: number
  readonly request: Request
}

/** `handle` returns the answer and the buffers to transfer. */
export function answerRequests<Request, Answer>(
  handle: (request: Request) => Promise<{ answer: Answer; transfer: ArrayBuffer[] }>,
): void {
  invariant(parentPort, 'a worker without a parent')
  const port = parentPort
  port.on('message', ({ id, request }: Message<Request>) => {
    handle(request).then(
      ({ answer, transfer }) => port.postMessage({ id, answer }, transfer),
      (error: unknown) => port.postMessage({ id, failure: error instanceof Error ? error.message : String(error) }),
    )
  })
}
