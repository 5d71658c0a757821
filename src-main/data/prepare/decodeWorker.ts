/**
 * Entry of a decoder worker: turns image files into records of one size, or into what has to be known before decoding.
 */
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import type { ImageReading } from '#core/data/imageReading'
import { ProblemError, type Problem } from '#core/problems/problem'
import { decodePixels } from '../readers/image'
import { seeFile, type SeenFile } from '../readers/imageTraits'
import { planesOf } from '../readers/pixels'
import { answerRequests } from '../workers/answerRequests'
import { runImageSteps, type ImageStep } from './imageSteps'

export interface DecoderSetup {
  /** Folder that contains the files. */
  readonly root: string
  readonly steps: readonly ImageStep[]
  readonly reading: ImageReading
}

export type WorkerSetup = DecoderSetup | Pick<DecoderSetup, 'root'>

/** One file: its record [channels, height, width], or why it cannot be read. */
export type DecodedFile =
  { readonly shape: readonly number[]; readonly record: ArrayBuffer } | { readonly problem: Problem }

const setup = workerData as WorkerSetup

answerRequests<readonly string[], readonly (DecodedFile | SeenFile)[]>(async (files) => {
  const answer: (DecodedFile | SeenFile)[] = []
  const transfer: ArrayBuffer[] = []
  for (const file of files) {
    const done = await work(join(setup.root, file))
    answer.push(done)
    if ('record' in done) transfer.push(done.record)
  }
  return { answer, transfer }
})

async function work(path: string): Promise<DecodedFile | SeenFile> {
  if (!('steps' in setup)) return seeFile(path)
  try {
    return await decode(path, setup)
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problems[0]! }
    throw error
  }
}

async function decode(path: string, { steps, reading }: DecoderSetup): Promise<DecodedFile> {
  const { pixels } = await decodePixels(path, reading)
  const image = runImageSteps(pixels, steps)
  return { shape: [image.channels, image.height, image.width], record: planesOf(image).buffer as ArrayBuffer }
}
