/**
 * A few samples with the trainer's answers, kept in the run when it ends: the model can be exported, and proved, where the data
 * is not at hand any more. They belong to the very weights they were made with.
 */
import { createHash } from 'node:crypto'
import type { NamedTensors } from '#core/compiler/weights'
import { bytesPerElement, type Tensor } from '#core/tensor/dtype'
import { elementCount } from '#core/tensor/shape'
import type { SampleFacts } from '#core/data/facts'
import { ProblemError } from '#core/problems/problem'
import type { SampleArray } from '../data/samples'
import { encodeSafetensors, readSafetensors } from '../runs/safetensors'
import type { Proof } from './exportModel'

/** Samples that are kept at most, and their bytes: a run stays small. */
const MOST = 16
const MOST_BYTES = 2 ** 20

/** How many samples are kept of such data. */
export function keptCount({ dtype, shape }: SampleFacts): number {
  return Math.max(1, Math.min(MOST, Math.floor(MOST_BYTES / (elementCount(shape) * bytesPerElement[dtype]))))
}

export function encodeProof({ dtype, shape }: SampleFacts, weights: NamedTensors, proof: Proof): Uint8Array {
  const { count, samples, expected } = proof
  const tensors = new Map<string, Tensor>([
    ['samples', { dtype, shape: [count, ...shape], data: samples }],
    ['expected', { dtype: 'float32', shape: [count, expected.length / count], data: expected }],
  ])
  return encodeSafetensors(tensors, { weights: digestOf(weights), content: digestOf(tensors) })
}

/** Undefined where there is none, or none that is whole and belongs to these samples and weights. */
export async function readProof(path: string, facts: SampleFacts, weights: NamedTensors): Promise<Proof | undefined> {
  const file = await readSafetensors(path).catch((error: unknown) => {
    if (error instanceof ProblemError) return undefined
    throw error
  })
  const samples = file?.tensors.get('samples')
  const expected = file?.tensors.get('expected')
  const [count, ...shape] = samples?.shape ?? []
  const fits = samples?.dtype === facts.dtype && shape.join() === facts.shape.join()
  if (!file || !samples || !count || !fits || expected?.dtype !== 'float32') return undefined
  // A damaged answer would put the blame on the model.
  if (file.metadata['weights'] !== digestOf(weights) || file.metadata['content'] !== digestOf(file.tensors))
    return undefined
  return { count, samples: samples.data as SampleArray, expected: expected.data as Float32Array }
}

function digestOf(tensors: ReadonlyMap<string, { readonly data: Tensor['data'] }>): string {
  const hash = createHash('sha256')
  for (const [name, { data }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}
