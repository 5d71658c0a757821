/** Builds the ONNX file of trained weights, and accepts it only after comparing it with the trainer on real samples. */
import { compileInference } from '#core/compiler/compile'
import type { NetworkSource } from '#core/compiler/network'
import type { NamedTensors } from '#core/compiler/weights'
import { encodeModel } from '#core/onnx/encode'
import type { Graph } from '#core/onnx/graph'
import { standardTarget } from '#core/onnx/target'
import { fail } from '#core/problems/problem'
import type { ProvenModel } from '#core/rpc/contract/exportModel'
import type { SampleArray } from '../../data/samples'
import type { Evaluation } from '../evaluation/evaluation'
import type { SampleFeed } from '../evaluation/sampleFeed'
import type { Runtime } from '../device/runtime'
import { numbersOf } from '../device/session'
import { findAppRoot } from '../../machine/appFolders'

/** The bytes of the model: raw samples in, predictions out, any batch size, with weights and preprocessing inside. */
export function exportModel(
  source: NetworkSource,
  weights: NamedTensors,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const graph = compileInference(source, weights, standardTarget)
  const said = { ...metadata, ...positiveClass(source, graph) }
  return encodeModel(graph, said, {
    producerVersion: findAppRoot().version,
    doc: `${metadata.name ?? 'A model'}: ${source.facts.target.kind === 'classes' ? 'classification' : 'regression'}, trained and exported by Layerloom.`,
    ports: describePorts(source, said),
  })
}

/** For a single output with two classes: the class whose probability it is. */
function positiveClass({ facts: { target } }: NetworkSource, { outputs }: Graph): { positive_class?: string } {
  const width = outputs.find(({ name }) => name === 'probabilities')?.type.shape[1]
  return target.kind === 'classes' && width === 1 && target.classes.length === 2
    ? { positive_class: target.classes[1]! }
    : {}
}

function describePorts({ facts }: NetworkSource, metadata: Readonly<Record<string, string>>): Record<string, string> {
  const { target } = facts
  const samples = metadata.input ?? 'Raw samples; pre-processing is inside the model.'
  if (target.kind === 'numbers') return { samples, prediction: `In the unit of the data: ${target.names.join(', ')}` }
  const positive = metadata.positive_class
  if (positive === undefined)
    return {
      samples,
      logits: 'A score for every class, in the order of classes in the metadata',
      probabilities: 'The probability of every class, in the order of classes in the metadata',
    }
  const class1 = JSON.stringify(positive)
  const class0 = JSON.stringify(target.classes[0])
  return {
    samples,
    logits: `The score of ${class1}: above 0 where it is more probable than ${class0}`,
    probabilities: `The probability of ${class1}; that of ${class0} is 1 less it`,
  }
}

/** Number of samples to compare. */
const COMPARED = 256
/** Largest difference relative to the largest output. */
const TOLERANCE = 1e-4

export type Comparison = Readonly<Pick<ProvenModel, 'samples' | 'difference' | 'scale'>>

export interface Trained {
  readonly evaluation: Evaluation
  readonly feed: SampleFeed
  readonly weights: NamedTensors
  readonly source: NetworkSource
  /** Indices of real samples in the dataset. */
  readonly indices: Int32Array
}

/** Real samples with the trainer's answers. */
export interface Proof {
  readonly count: number
  /** [count, …shape], raw. */
  readonly samples: SampleArray
  /** [count, outputs], in the data's unit. */
  readonly expected: Float32Array
}

/** Answers of the trainer's evaluation graph to at most `most` of the samples, evenly spread. */
export async function proofOf({ evaluation, feed, ...trained }: Trained, most = COMPARED): Promise<Proof> {
  const indices = spread(trained.indices, most)
  const weights = await evaluation.weights(trained.weights)
  const expected = await evaluation.predict(weights, indices)
  evaluation.discard(weights)
  return { count: indices.length, samples: feed.raw(indices), expected }
}

/**
 * Runs the model in a session of its own on `runtime` with real samples, all at once and one alone, and compares its outputs with the
 * trainer's evaluation graph.
 * @throws ProblemError `export-mismatch`
 */
export async function compareModel(
  runtime: Runtime,
  bytes: Uint8Array,
  trained: Trained,
  file: string,
): Promise<Comparison> {
  return compareWithProof(runtime, bytes, trained.source, await proofOf(trained), file)
}

/** Same, with existing answers. @throws ProblemError `export-mismatch` */
export async function compareWithProof(
  runtime: Runtime,
  bytes: Uint8Array,
  source: Pick<NetworkSource, 'facts'>,
  { count, samples, expected }: Proof,
  file: string,
): Promise<Comparison> {
  const session = await runtime.open(bytes, { device: 'cpu', threads: 1 })
  const output = source.facts.target.kind === 'classes' ? 'logits' : 'prediction'
  const { dtype, shape } = source.facts.sample
  const run = async (taken: number) => {
    const data = samples.subarray(0, (samples.length / count) * taken)
    return numbersOf((await session.run({ samples: runtime.tensor(dtype, [taken, ...shape], data) }))[output])
  }
  const [all, alone] = [await run(count), await run(1)]
  await session.release()
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const difference = Math.max(largestDifference(all, expected), largestDifference(alone, expected))
  if (!(difference <= TOLERANCE * scale + 1e-6)) failMismatch(file, difference, scale, count)
  return { samples: count, difference, scale }
}

/** At most `count` of the indices, evenly spread. */
function spread(indices: Int32Array, count: number): Int32Array {
  const taken = Math.min(count, indices.length)
  return Int32Array.from({ length: taken }, (_, i) => indices[Math.floor((i * indices.length) / taken)]!)
}

/** Over the elements of `given`; NaN if any element is. */
function largestDifference(given: Float32Array, expected: Float32Array): number {
  if (given.length === 0 || given.length > expected.length) return NaN
  return given.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0)
}

function failMismatch(file: string, difference: number, scale: number, samples: number): never {
  return fail(
    'export-mismatch',
    'any',
    { samples, scale: scale.toPrecision(3), tolerance: (TOLERANCE * scale).toPrecision(2), difference },
    { file },
  )
}
