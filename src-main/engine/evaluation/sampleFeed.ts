/**
 * Feeds the samples of a dataset to sessions: all of them up front if they are in memory, otherwise those of each call.
 */
import type { LoaderSettings } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { SampleStream } from '../../data/loader/sampleStream'
import type { Dataset } from '../../data/openDataset'
import { pickTargets, type SampleArray, type Samples, type TargetArray } from '../../data/samples'
import { physicalCores } from '../../machine/cores'
import type { Device } from '../device/device'
import type { Feeds, RuntimeTensor } from '../device/session'

export interface FedSamples {
  /** `samples` and `targets`. */
  readonly data: Feeds
  /** Positions of the requested samples in it. */
  readonly indices: Int32Array
}

export interface SampleFeed {
  /**
   * Announces that the samples of `order` are read in sequence from position `from`, so that they can be prefetched.
   */
  follow(order: Int32Array, from: number): void
  /** The samples at `indices` of the dataset, in that order. */
  take(indices: Int32Array): Promise<FedSamples>
  /** Their targets: [count] class codes or [count, size] numbers. */
  targetsOf(indices: Int32Array): TargetArray
  /** Same samples in one array, as used in training. */
  samplesOf(indices: Int32Array): SampleArray
  /** Same samples as input of an exported model. */
  raw(indices: Int32Array): SampleArray
  release(): Promise<void>
}

/** How samples that do not fit into memory are read. */
export interface Reading extends Pick<LoaderSettings, 'workers' | 'prefetch'> {
  readonly batch: number
}

export async function openSampleFeed(
  device: Device,
  { facts, samples, raw, targets }: Pick<Dataset, 'facts' | 'samples' | 'raw' | 'targets'>,
  reading?: Reading,
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
    return { ...shared, follow: () => undefined, take: async (indices) => ({ data, indices }), release: async () => {} }
  }
  const stream = openStream(samples, reading)
  let last: RuntimeTensor[] = []
  return {
    ...shared,
    follow: (order, from) => stream?.follow(order, from),
    async take(indices) {
      const read = await readSamples(samples, stream, indices)
      device.discard(last)
      const data = await upload(read, targetsOf(indices), indices.length)
      last = Object.values(data)
      return { data, indices: Int32Array.from(indices, (_, i) => i) }
    },
    release: async () => stream?.close(),
  }
}

/** @throws ProblemError where the cache was removed while in use */
async function readSamples(samples: Samples, stream: SampleStream | undefined, indices: Int32Array) {
  try {
    return stream?.isNext(indices) ? await stream.take(indices.length) : samples.gather(indices)
  } catch (error) {
    return fail(
      'data-missing',
      'cache',
      { received: error instanceof Error ? error.message : String(error) },
      { file: samples.stored.entry.folder },
    )
  }
}

/** Undefined without prefetching: reads then block. */
function openStream({ stored }: Samples, reading: Reading | undefined): SampleStream | undefined {
  if (reading === undefined) return undefined
  // On two cores, a second reader would only slow down training.
  const workers = reading.workers ?? (physicalCores() > 2 ? 2 : 1)
  return workers === 0 ? undefined : new SampleStream(stored, { ...reading, workers })
}
