/** Access to the samples of a data set by index: the one interface through which training, evaluation and preview read them. */
import { invariant } from '#core/base/assert'

export type SampleArray = Uint8Array | Float32Array
export type TargetArray = Int32Array | Float32Array

/** Samples by index. Held in memory here; data that is read as it is needed can stand behind the same members. */
export interface Samples {
  readonly count: number
  /** Elements of one sample and of one target. */
  readonly sampleSize: number
  readonly targetSize: number
  /**
   * Copies the samples at `indices`, in that order, to the begin of `samples` and their targets to the begin of
   * `targets`; both have the stored element type and room for all of them.
   */
  gather(indices: Int32Array, samples: SampleArray, targets: TargetArray): Promise<void>
  /** All samples and targets, where they are held in memory: a session can take them as they are and pick by index. */
  readonly inMemory?: { readonly samples: SampleArray; readonly targets: TargetArray }
  /** New arrays of the stored element types with room for `count` samples. */
  allocate(count: number): { samples: SampleArray; targets: TargetArray }
}

/** All samples in one row-major array [count, …shape] and their targets in another [count] or [count, size]. */
export class MemorySamples implements Samples {
  readonly inMemory = this
  readonly count: number
  readonly targetSize: number

  constructor(
    readonly samples: SampleArray,
    readonly targets: TargetArray,
    readonly sampleSize: number,
  ) {
    this.count = samples.length / sampleSize
    this.targetSize = targets.length / this.count
    invariant(
      Number.isInteger(this.count) && Number.isInteger(this.targetSize),
      'samples and targets of different counts',
    )
  }

  async gather(indices: Int32Array, samples: SampleArray, targets: TargetArray): Promise<void> {
    const { sampleSize, targetSize } = this
    invariant(samples.length >= indices.length * sampleSize, 'no room for the samples')
    invariant(targets.length >= indices.length * targetSize, 'no room for the targets')
    indices.forEach((index, i) => {
      invariant(index >= 0 && index < this.count, `sample ${index} of ${this.count}`)
      samples.set(this.samples.subarray(index * sampleSize, (index + 1) * sampleSize), i * sampleSize)
      targets.set(this.targets.subarray(index * targetSize, (index + 1) * targetSize), i * targetSize)
    })
  }

  allocate(count: number): { samples: SampleArray; targets: TargetArray } {
    const Sample = this.samples.constructor as new (length: number) => SampleArray
    const Target = this.targets.constructor as new (length: number) => TargetArray
    return { samples: new Sample(count * this.sampleSize), targets: new Target(count * this.targetSize) }
  }
}
