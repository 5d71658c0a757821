/** Hands the samples of a data set to sessions: all at once where they are in memory, else those of each call. */
import type { DataFacts } from '#core/data/facts'
import type { SampleArray, Samples, TargetArray } from '../data/samples'
import type { Device } from './device'
import type { Feeds, RuntimeTensor } from './session'

export interface FedSamples {
  /** `samples` and `targets`. */
  readonly data: Feeds
  /** Where the wanted samples are in them. */
  readonly indices: Int32Array
}

export interface SampleFeed {
  /** The samples at `indices` of the data set, in that order. */
  take(indices: Int32Array): Promise<FedSamples>
  /** Their targets: [count] class codes or [count, size] numbers. */
  targetsOf(indices: Int32Array): TargetArray
  /** Copies of them: samples as they are stored, and their targets. */
  gather(indices: Int32Array): Promise<{ samples: SampleArray; targets: TargetArray }>
}

export async function openSampleFeed(
  device: Device,
  facts: DataFacts,
  samples: Samples,
  targets: TargetArray,
): Promise<SampleFeed> {
  const { dtype, shape } = facts.sample
  const size = facts.target.kind === 'numbers' ? facts.target.size : 1
  const upload = async (x: SampleArray, y: TargetArray, count: number): Promise<Feeds> => ({
    samples: await device.upload(dtype, [count, ...shape], x),
    targets: await (facts.target.kind === 'classes'
      ? device.upload('int32', [count], y)
      : device.upload('float32', [count, size], y)),
  })
  const targetsOf = (indices: Int32Array) => pick(targets, indices, size)
  const gather = async (indices: Int32Array) => {
    const room = samples.allocate(indices.length)
    await samples.gather(indices, room.samples, room.targets)
    return room
  }
  const { inMemory } = samples
  if (inMemory) {
    const data = await upload(inMemory.samples, inMemory.targets, samples.count)
    return { take: async (indices) => ({ data, indices }), targetsOf, gather }
  }
  let last: RuntimeTensor[] = []
  return {
    targetsOf,
    gather,
    async take(indices) {
      const some = await gather(indices)
      device.discard(last)
      const data = await upload(some.samples, some.targets, indices.length)
      last = Object.values(data)
      return { data, indices: Int32Array.from(indices, (_, i) => i) }
    },
  }
}

function pick(targets: TargetArray, indices: Int32Array, size: number): TargetArray {
  const picked = new (targets.constructor as new (length: number) => TargetArray)(indices.length * size)
  for (let i = 0; i < indices.length; i++)
    for (let k = 0; k < size; k++) picked[i * size + k] = targets[indices[i]! * size + k]!
  return picked
}
