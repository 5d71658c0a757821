/**
 * A few samples with the trainer's answers, saved in the run when it ends: the model can then be exported and verified
 * without the data. They belong to exactly the weights they were computed with.
 */
import { createHash } from 'node:crypto'
import type { NamedTensors } from '#core/compiler/weights'
import { bytesPerElement, type Tensor } from '#core/tensor/dtype'
import { elementCount } from '#core/tensor/shape'
import type { SampleFacts } from '#core/data/facts'
import { ProblemError, type Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import type { SampleArray } from '../../data/samples'
import { encodeSafetensors, readSafetensors } from '../../runs/safetensors'
import type { Proof } from './exportModel'

/** Maximum number of saved samples, and of their bytes, to keep runs small. */
const MOST = 16
const MOST_BYTES = 2 ** 20

/** How many samples to save for this data. */
export function keptCount({ dtype, shape }: SampleFacts): number {
  return Math.max(1, Math.min(MOST, Math.floor(MOST_BYTES / (elementCount(shape) * bytesPerElement[dtype]))))
}

export function encodeProof({ dtype, shape }: SampleFacts, weights: NamedTensors, proof: Proof): Uint8Array {
  const { count, samples, expected } = proof
  const tensors = new Map<string, Tensor>([
    ['samples', { dtype, shape: [count, ...shape], data: samples }],
    ['expected', { dtype: 'float32', shape: [count, expected.length / count], data: expected }],
  ])
  return encodeSafetensors(tensors, { weights: digestOf(weights) })
}

/** Why there is nothing to compare with: nothing was saved, it is incomplete, or the run has been resumed since. */
export type NoProof = 'missing' | 'damaged' | 'older'

/** The saved answers, if complete and for these samples and weights: a damaged answer would blame the model. */
export async function readProof(path: string, facts: SampleFacts, weights: NamedTensors): Promise<Proof | NoProof> {
  const file = await readSafetensors(path).catch((error: unknown) => {
    if (error instanceof ProblemError) return error.problems[0]?.code === 'run-missing' ? 'missing' : 'damaged'
    throw error
  })
  if (typeof file === 'string') return file
  const samples = file.tensors.get('samples')
  const expected = file.tensors.get('expected')
  const [count, ...shape] = samples?.shape ?? []
  const fits = samples?.dtype === facts.dtype && shape.join() === facts.shape.join()
  if (!samples || !count || !fits || expected?.dtype !== 'float32') return 'damaged'
  if (file.metadata['weights'] !== digestOf(weights)) return 'older'
  return { count, samples: samples.data as SampleArray, expected: expected.data as Float32Array }
}

/** Identifies the weights the answers belong to. */
function digestOf(weights: NamedTensors): string {
  const hash = createHash('sha256')
  for (const [name, { data }] of [...weights].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}

/** Reported next to the problem of the data. */
export function noProof(path: string, why: NoProof): Problem {
  const place = { file: path }
  switch (why) {
    case 'missing':
      return makeProblem('run-missing', 'proof', {}, place)
    case 'damaged':
      return makeProblem('run-damaged', 'proof', {}, place)
    case 'older':
      return makeProblem('run-damaged', 'other-proof', {}, place)
  }
}
