/** What a run will do: its samples, its batches and their order, all following from the project and the data alone. */
import { keyOf, permutation } from '#core/base/random'
import type { NetworkGraph, TrainingSettings } from '#core/graph/project'

export interface TrainingPlan {
  /** Indices of the samples to train on. */
  readonly train: Int32Array
  readonly batchSize: number
  /** Batches of full size in an epoch. */
  readonly fullSteps: number
  /** Samples in the last, shorter batch; 0 where there is none. */
  readonly shortBatch: number
  readonly stepsPerEpoch: number
  /** Samples seen in an epoch. */
  readonly samplesPerEpoch: number
  /** Why a sample is left out of every epoch. */
  readonly note?: string
  /** The samples of an epoch (from 0) in the order in which they are taken: [samplesPerEpoch] */
  order(epoch: number): Int32Array
}

const shufflePurpose = keyOf('shuffle')
const limitPurpose = keyOf('limit')

export function planTraining(
  split: Int32Array,
  graph: NetworkGraph,
  training: Pick<TrainingSettings, 'batchSize' | 'seed'>,
  limit = Infinity,
): TrainingPlan {
  const { seed } = training
  const train = limit < split.length ? firstOf(split, limit, seed) : split
  const batchSize = Math.min(training.batchSize, train.length)
  const fullSteps = Math.floor(train.length / batchSize)
  const rest = train.length % batchSize
  const normalized = graph.nodes.some(({ kind }) => kind.startsWith('batch-norm'))
  // A batch of one has no variance: batch-norm would turn it into zeros and spoil its running statistics.
  const drop = rest === 1 && normalized
  const shortBatch = drop ? 0 : rest
  const samplesPerEpoch = fullSteps * batchSize + shortBatch
  return {
    train,
    batchSize,
    fullSteps,
    shortBatch,
    stepsPerEpoch: fullSteps + (shortBatch > 0 ? 1 : 0),
    samplesPerEpoch,
    ...(drop && {
      note: 'One sample is left out of every epoch, another each time: batch normalisation cannot use a last batch of one.',
    }),
    order(epoch) {
      const places = permutation(train.length, seed, shufflePurpose, epoch)
      const order = new Int32Array(samplesPerEpoch)
      for (let i = 0; i < samplesPerEpoch; i++) order[i] = train[places[i]!]!
      return order
    },
  }
}

/** `count` samples drawn from the split, in ascending order as the split is. */
function firstOf(split: Int32Array, count: number, seed: number): Int32Array {
  const places = permutation(split.length, seed, limitPurpose).subarray(0, count)
  return Int32Array.from(places, (place) => split[place]!).sort()
}
