/**
 * The random numbers of the transforms, drawn outside the graph. Every draw is a function of the run's seed, the epoch,
 * the
 * sample and the step's name, so neither the order of batches nor other steps in the list affect it.
 */
import { keyOf, randomUint32 } from '../../base/random'
import type { ParamSpecs, ParamValues } from '../../params/params'
import { DrawStream } from './drawStream'
import type { ImageShape, RandomPart } from '../transform'
import { definitionOf, type FittedTransform, type FittedTransforms } from '../transformList'

/** One random step and its position in a row of draws. */
export interface DrawnStep {
  /** Index among the fitted steps. */
  readonly index: number
  readonly random: RandomPart<ParamValues<ParamSpecs>>
  readonly params: ParamValues<ParamSpecs>
  readonly shape: ImageShape
  readonly key: number
  readonly offset: number
  readonly width: number
}

export interface DrawPlan {
  /** Random numbers per sample. */
  readonly width: number
  readonly steps: readonly DrawnStep[]
}

export function planDraws({ steps }: FittedTransforms): DrawPlan {
  const drawn: DrawnStep[] = []
  let offset = 0
  steps.forEach((step, index) => {
    const { random } = definitionOf(step)
    if (!random) return
    const { params, from: shape } = step
    const width = random.width(params, shape)
    drawn.push({ index, random, params, shape, key: keyOfStep(step), offset, width })
    offset += width
  })
  return { width: offset, steps: drawn }
}

const keyOfStep = ({ kind, occurrence }: FittedTransform): number => keyOf(`${kind} ${occurrence}`)

/** The samples of consecutive whole batches of an epoch. */
export interface DrawnBatches {
  readonly seed: number
  /** From 0. */
  readonly epoch: number
  /** Dataset indices of the samples, [batches × batchSize]. */
  readonly samples: Int32Array
  /** How often each sample has already occurred in the epoch; absent if no sample occurs twice. */
  readonly occurrences?: Int32Array
  readonly batchSize: number
  /** Number of batches of the epoch before the first of these. */
  readonly firstBatch: number
}

const samplePurpose = keyOf('transform')
const batchPurpose = keyOf('transform of a batch')

/** One row of draws per sample: [samples, width]. */
export function drawRows(plan: DrawPlan, batches: DrawnBatches): Float32Array {
  const { seed, epoch, samples, occurrences, batchSize, firstBatch } = batches
  const rows = new Float32Array(samples.length * plan.width)
  if (plan.width === 0) return rows
  samples.forEach((sample, i) => {
    const ofSample = randomUint32(seed, samplePurpose, epoch, sample, occurrences?.[i] ?? 0)
    const ofBatch = randomUint32(seed, batchPurpose, epoch, firstBatch + Math.floor(i / batchSize))
    for (const step of plan.steps) {
      const stream = new DrawStream(randomUint32(step.random.perBatch ? ofBatch : ofSample, step.key))
      rows.set(drawStep(step, stream), i * plan.width + step.offset)
    }
  })
  return rows
}

/** The numbers of one step: drawn with probability `p`, otherwise those of the identity. */
export function drawStep({ random, params, shape }: DrawnStep, stream: DrawStream): readonly number[] {
  const isDone = stream.uniform() < (params as { readonly p: number }).p
  return isDone ? random.draw(stream, params, shape) : random.identity(params, shape)
}

/** A row that leaves images unchanged except for step `index` of the fitted steps, which gets `drawn`. */
export function rowWith(plan: DrawPlan, index: number, drawn: readonly number[]): Float32Array {
  const row = new Float32Array(plan.width)
  for (const { index: at, random, params, shape, offset } of plan.steps)
    row.set(at === index ? drawn : random.identity(params, shape), offset)
  return row
}

/** For each sample, how often it occurs before its position; undefined if no sample occurs twice. */
export function occurrencesOf(samples: Int32Array): Int32Array | undefined {
  const seen = new Map<number, number>()
  const occurrences = samples.map((sample) => {
    const before = seen.get(sample) ?? 0
    seen.set(sample, before + 1)
    return before
  })
  return seen.size === samples.length ? undefined : occurrences
}
