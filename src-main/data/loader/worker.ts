/** Entry of a loader worker: reads records of one cache entry from disk, while the thread that trains is busy. */
import { parentPort, workerData } from 'node:worker_threads'
import { invariant } from '#core/base/assert'
import { allocateRecords, type RecordForm } from '../prepare/records'
import { RecordReader } from './recordReader'

export interface WorkerSetup {
  readonly folder: string
  readonly count: number
  readonly form: RecordForm
}

export interface ReadRequest {
  readonly id: number
  readonly indices: Int32Array
}

export type ReadAnswer =
  { readonly id: number; readonly records: ArrayBuffer } | { readonly id: number; readonly failure: string }

invariant(parentPort, 'a loader worker without a parent')
const port = parentPort
const { folder, count, form } = workerData as WorkerSetup
const reader = RecordReader.open({ folder, count }, form)

port.on('message', ({ id, indices }: ReadRequest) => {
  try {
    const records = allocateRecords(form, indices.length)
    reader.read(indices, records)
    const buffer = records.buffer as ArrayBuffer
    port.postMessage({ id, records: buffer } satisfies ReadAnswer, [buffer])
  } catch (error) {
    port.postMessage({ id, failure: String(error) } satisfies ReadAnswer)
  }
})
