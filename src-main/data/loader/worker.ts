/** Entry of a loader worker: reads records of one cache entry from disk while the training thread is busy. */
import { workerData } from 'node:worker_threads'
import { answerRequests } from '../workers/answerRequests'
import { allocateRecords, type RecordForm } from '../prepare/records'
import { RecordReader } from './recordReader'

export interface LoaderSetup {
  readonly folder: string
  readonly count: number
  readonly form: RecordForm
}

const { folder, count, form } = workerData as LoaderSetup
const reader = RecordReader.open({ folder, count }, form)

answerRequests<Int32Array, ArrayBuffer>(async (indices) => {
  const records = allocateRecords(form, indices.length)
  reader.read(indices, records)
  const answer = records.buffer as ArrayBuffer
  return { answer, transfer: [answer] }
})
