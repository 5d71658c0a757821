/**
 * Checkpoints: the weights by state_dict name and, for `last`, everything needed to resume exactly as if never stopped.
 */
import { z } from 'zod'
import { numberSchema, trainingParams } from '#core/graph/trainingParams'
import { fail } from '#core/problems/problem'
import type { Figures } from '#core/runs/events'
import type { NamedTensors } from '#core/compiler/weights'
import type { Tensor } from '#core/tensor/dtype'
import { encodeSafetensors, readSafetensors, readSafetensorsMetadata } from './safetensors'

/** A figure and when it was reached; null means NaN, which JSON does not have. */
const reached = z.object({
  epoch: z.int().min(0),
  value: z.number().nullable(),
  /** Compared instead if the value is NaN. */
  instead: z.number().nullable().optional(),
})

/** Counters of a run in progress. All randomness follows from them and the seed. */
const storedPositionSchema = z.object({
  /** Completed epochs. */
  epoch: z.int().min(0),
  /** Steps done in the current epoch; 0 between epochs. */
  stepInEpoch: z.int().min(0),
  /** Steps done in the whole run. */
  step: z.int().min(0),
  /** Base learning rate, possibly changed during the run. */
  learningRate: numberSchema(trainingParams.learningRate),
  /** Seconds of training so far. */
  seconds: z.number().min(0),
  /** Seconds of training in the current epoch. */
  epochSeconds: z.number().min(0).default(0),
  /** Σ loss · samples over the current epoch. */
  lossSum: z.number(),
  /** Absent before the end of the first epoch. */
  best: reached.optional(),
  /** The reference of early stopping, and the epochs without an improvement. */
  watched: z.object({ best: z.number().nullable(), waited: z.int().min(0) }),
})
const positionSchema = storedPositionSchema.transform(({ learningRate, ...position }) => ({
  ...position,
  baseLearningRate: learningRate,
}))
export type RunPosition = z.infer<typeof positionSchema>

/** The position as checkpoints keep it, where the base learning rate is `learningRate`. */
function storedPosition(position: RunPosition): z.infer<typeof storedPositionSchema> {
  const entries = Object.entries(position).map(([name, value]) => [name === 'baseLearningRate' ? 'learningRate' : name, value])
  return Object.fromEntries(entries) as z.infer<typeof storedPositionSchema>
}

export interface Checkpoint {
  readonly weights: NamedTensors
  /** Optimizer state by name, each a vector over all trainable parameters in network order. */
  readonly slots: Readonly<Record<string, Float32Array>>
  /** Predictions of the current epoch, row by row, to resume its running metrics exactly. */
  readonly predictions?: Float32Array
  readonly position: RunPosition
}

export interface BestWeights {
  readonly weights: NamedTensors
  readonly epoch: number
  readonly figures: { readonly train?: Figures; readonly validation?: Figures }
}

const FORMAT = 'layerloom-checkpoint-1'
const SLOT = 'optimizer.'
const PREDICTIONS = 'epoch.predictions'

const float = (shape: readonly number[], data: Float32Array): Tensor => ({ dtype: 'float32', shape, data })

function weightTensors(weights: NamedTensors): [string, Tensor][] {
  return [...weights].map(([name, { shape, data }]) => [`${name}`, float(shape, data)])
}

export function encodeCheckpoint({ weights, slots, predictions, position }: Checkpoint): Uint8Array {
  const tensors = new Map([
    ...weightTensors(weights),
    ...Object.entries(slots).map(([name, data]): [string, Tensor] => [SLOT + name, float([data.length], data)]),
  ])
  if (predictions) tensors.set(PREDICTIONS, float([predictions.length], predictions))
  return encodeSafetensors(tensors, { format: FORMAT, position: JSON.stringify(storedPosition(position)) })
}

export function encodeBest({ weights, epoch, figures }: BestWeights): Uint8Array {
  return encodeSafetensors(new Map(weightTensors(weights)), {
    format: FORMAT,
    epoch: String(epoch),
    figures: JSON.stringify(figures),
  })
}

/** Position of the run, read without the weights. @throws ProblemError `run-missing`, `run-damaged` */
export async function readPosition(path: string): Promise<RunPosition> {
  return positionOf(path, await readSafetensorsMetadata(path))
}

function positionOf(path: string, metadata: Readonly<Record<string, string>>): RunPosition {
  const position = positionSchema.safeParse(parseMetadata(path, metadata['position']))
  if (!position.success)
    return damaged(path, 'the position of the run', position.error.issues[0]?.message ?? 'another form')
  return position.data
}

/** @throws ProblemError `run-missing`, `run-damaged` */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = await readSafetensors(path)
  const position = positionOf(path, metadata)
  const slots: Record<string, Float32Array> = {}
  const weights = new Map<string, { shape: readonly number[]; data: Float32Array }>()
  let predictions: Float32Array | undefined
  for (const [name, { shape, data }] of floats(path, tensors)) {
    if (name === PREDICTIONS) predictions = data
    else if (name.startsWith(SLOT)) slots[name.slice(SLOT.length)] = data
    else weights.set(name, { shape, data })
  }
  return { weights, slots, position, ...(predictions && { predictions }) }
}

/** @throws ProblemError `run-missing`, `run-damaged` */
export async function readBest(path: string): Promise<BestWeights> {
  const { tensors, metadata } = await readSafetensors(path)
  const epoch = Number(metadata.epoch)
  if (!Number.isInteger(epoch) || epoch < 0) damaged(path, 'the epoch of the weights', String(metadata.epoch))
  const weights = new Map([...floats(path, tensors)].map(([name, { shape, data }]) => [name, { shape, data }] as const))
  return { weights, epoch, figures: (parseMetadata(path, metadata.figures) ?? {}) }
}

function* floats(path: string, tensors: ReadonlyMap<string, Tensor>) {
  for (const [name, { dtype, shape, data }] of tensors) {
    if (dtype !== 'float32') damaged(path, `float32 in ${name}`, dtype)
    yield [name, { shape, data: data as Float32Array }] as const
  }
}

function parseMetadata(path: string, json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null')
  } catch (error) {
    return damaged(path, 'JSON in the metadata', (error as Error).message)
  }
}

function damaged(file: string, expected: string, received: string): never {
  return fail('run-damaged', 'checkpoint', { expected, received }, { file })
}
