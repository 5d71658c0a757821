/** Entry of a decoder worker: image files to records of one size. */
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { ProblemError, type Problem } from '#core/problems/problem'
import { decodePixels } from '../readers/image'
import { planesOf } from '../readers/pixels'
import { answerRequests } from '../workers/answerRequests'
import { runImageSteps, type ImageStep } from './imageSteps'

export interface DecoderSetup {
  /** Folder that the files are in. */
  readonly root: string
  readonly steps: readonly ImageStep[]
}

/** One file: its record [channels, height, width], or why it cannot be read. */
export type DecodedFile =
  { readonly shape: readonly number[]; readonly record: ArrayBuffer } | { readonly problem: Problem }

const { root, steps } = workerData as DecoderSetup

answerRequests<readonly string[], readonly DecodedFile[]>(async (files) => {
  const answer: DecodedFile[] = []
  const transfer: ArrayBuffer[] = []
  for (const file of files) {
    const decoded = await decode(join(root, file))
    answer.push(decoded)
    if ('record' in decoded) transfer.push(decoded.record)
  }
  return { answer, transfer }
})

async function decode(path: string): Promise<DecodedFile> {
  try {
    const { pixels } = await decodePixels(path)
    const image = runImageSteps(pixels, steps)
    return { shape: [image.channels, image.height, image.width], record: planesOf(image).buffer as ArrayBuffer }
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problems[0]! }
    throw error
  }
}
