/** What a run will do: its samples, its batches and their order, derived from the project and the data alone. */
import { keyOf, permutation } from '#core/base/random'
import type { TrainingSettings } from '#core/graph/project'
import type { Dataset } from '../../data/openDataset'

export interface TrainingPlan {
  /** Indices of the training samples. */
  readonly train: Int32Array
  readonly batchSize: number
  /** Full batches per epoch. */
  readonly fullSteps: number
  /** Samples in the last, shorter batch; 0 if there is none. */
  readonly shortBatch: number
  readonly stepsPerEpoch: number
  /** Samples seen per epoch. */
  readonly samplesPerEpoch: number
  /** What differs from the settings, and why. */
  readonly note?: string
  /** The samples of an epoch (from 0) in training order: [samplesPerEpoch] */
  order(epoch: number): Int32Array
}

type PlannedSettings = Pick<TrainingSettings, 'batchSize' | 'seed'> & {
  readonly loader?: Pick<TrainingSettings['loader'], 'dropLast' | 'balanced'>
}

const shufflePurpose = keyOf('shuffle')
const limitPurpose = keyOf('limit')
const balancePurpose = keyOf('balance')

/**
 * `least` is the minimum number of samples per step: a smaller last batch is dropped. `labels` are the class codes of
 * all samples, if there are classes; balanced sampling needs them.
 */
export function planTraining(
  split: Int32Array,
  least: number,
  { batchSize: asked, seed, loader }: PlannedSettings,
  limit = Infinity,
  labels?: Int32Array,
): TrainingPlan {
  const train = limit < split.length ? firstOf(split, limit, seed) : split
  const batchSize = Math.min(asked, train.length)
  const fullSteps = Math.floor(train.length / batchSize)
  const rest = loader?.dropLast === true ? 0 : train.length % batchSize
  const drop = rest > 0 && rest < least
  const shortBatch = drop ? 0 : rest
  const samplesPerEpoch = fullSteps * batchSize + shortBatch
  const notes = [
    ...(batchSize < asked
      ? [`The batch size is ${asked}, the training split has ${batchSize} samples: a batch takes all of them.`]
      : []),
    ...(drop
      ? [
          `${rest === 1 ? 'One sample is' : `${rest} samples are`} left out of every epoch, other ones each time: the network cannot learn from a batch of fewer than ${least}.`,
        ]
      : []),
  ]
  const classes = loader?.balanced === true && labels !== undefined ? byClass(train, labels) : undefined
  return {
    train,
    batchSize,
    fullSteps,
    shortBatch,
    stepsPerEpoch: fullSteps + (shortBatch > 0 ? 1 : 0),
    samplesPerEpoch,
    ...(notes.length > 0 && { note: notes.join(' ') }),
    order(epoch) {
      const drawn = classes ? balanced(classes, train.length, seed, epoch) : train
      const places = permutation(drawn.length, seed, shufflePurpose, epoch)
      const order = new Int32Array(samplesPerEpoch)
      for (let i = 0; i < samplesPerEpoch; i++) order[i] = drawn[places[i]!]!
      return order
    },
  }
}

/** The plan of a run on a dataset. */
export function planRun(
  { facts, targets, splits }: Pick<Dataset, 'facts' | 'targets' | 'splits'>,
  least: number,
  training: PlannedSettings,
  limit?: number,
): TrainingPlan {
  const labels = facts.target.kind === 'classes' && targets instanceof Int32Array ? targets : undefined
  return planTraining(splits.train, least, training, limit, labels)
}

/** `count` samples drawn from the split, in ascending order like the split. */
function firstOf(split: Int32Array, count: number, seed: number): Int32Array {
  const places = permutation(split.length, seed, limitPurpose).subarray(0, count)
  return Int32Array.from(places, (place) => split[place]!).sort()
}

/** The samples of each class that occurs. */
function byClass(samples: Int32Array, labels: Int32Array): Int32Array[] {
  const members = new Map<number, number[]>()
  for (const sample of samples) {
    const label = labels[sample]!
    const known = members.get(label)
    if (known) known.push(sample)
    else members.set(label, [sample])
  }
  return [...members.keys()].sort((a, b) => a - b).map((label) => Int32Array.from(members.get(label)!))
}

/**
 * `count` samples, the same number of each class, give or take one; which class has one more changes per epoch. A class
 * yields all its samples once before any repeats, each time in a new order.
 */
function balanced(classes: readonly Int32Array[], count: number, seed: number, epoch: number): Int32Array {
  const drawn = new Int32Array(count)
  const places = permutation(classes.length, seed, balancePurpose, epoch)
  let filled = 0
  for (const [rank, place] of places.entries()) {
    const members = classes[place]!
    let wanted = Math.floor(count / classes.length) + (rank < count % classes.length ? 1 : 0)
    for (let round = 0; wanted > 0; round++) {
      const order = permutation(members.length, seed, balancePurpose, epoch, place, round)
      const taken = Math.min(wanted, members.length)
      for (let i = 0; i < taken; i++) drawn[filled++] = members[order[i]!]!
      wanted -= taken
    }
  }
  return drawn
}
