/** Hands the samples of a data set to sessions: all at once where they are in memory, else those of each call. */
import type { Dataset } from '../data/openDataset'
import { pickTargets, type SampleArray, type TargetArray } from '../data/samples'
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
  /** The same samples in one array, as training reads them. */
  samplesOf(indices: Int32Array): SampleArray
  /** The same samples as an exported model takes them. */
  raw(indices: Int32Array): SampleArray
}

export async function openSampleFeed(
  device: Device,
  { facts, samples, raw, targets }: Pick<Dataset, 'facts' | 'samples' | 'raw' | 'targets'>,
): Promise<SampleFeed> {
  const { dtype, shape } = samples.form
  const size = facts.target.kind === 'numbers' ? facts.target.size : 1
  const upload = async (x: SampleArray, y: TargetArray, count: number): Promise<Feeds> => ({
    samples: await device.upload(dtype, [count, ...shape], x),
    targets: await (facts.target.kind === 'classes'
      ? device.upload('int32', [count], y)
      : device.upload('float32', [count, size], y)),
  })
  const targetsOf = (indices: Int32Array) => pickTargets(targets, indices, size)
  const shared = {
    targetsOf,
    samplesOf: (indices: Int32Array) => samples.gather(indices),
    raw: (indices: Int32Array) => raw.gather(indices),
  }
  const { inMemory } = samples
  if (inMemory) {
    const data = await upload(inMemory, targets, samples.count)
    return { take: async (indices) => ({ data, indices }), ...shared }
  }
  let last: RuntimeTensor[] = []
  return {
    ...shared,
    async take(indices) {
      device.discard(last)
      const data = await upload(samples.gather(indices), targetsOf(indices), indices.length)
      last = Object.values(data)
      return { data, indices: Int32Array.from(indices, (_, i) => i) }
    },
  }
}
