/** Access to the samples of a dataset by index: the single interface for training, evaluation and preview. */
import { elementCount } from '#core/tensor/shape'
import { RecordReader } from './loader/recordReader'
import type { StoredSamples } from './prepare/preparation'
import { allocateRecords, readAllRecords, type RecordForm } from './prepare/records'

export type SampleArray = Uint8Array | Float32Array | Float64Array | Int32Array
export type TargetArray = Int32Array | Float32Array

/** Samples by index. */
export interface Samples {
  readonly count: number
  readonly form: RecordForm
  /** The samples at `indices`, in that order, row-major [indices.length, …shape]. */
  gather(indices: Int32Array): SampleArray
  /** All samples, if they are in memory: a session can use them directly and select by index. */
  readonly inMemory?: SampleArray
  /** Their location on disk, for workers that read them. */
  readonly stored: StoredSamples
  close(): void
}

/** The targets at `indices`: [count] class codes or [count, size] numbers. */
export function pickTargets<A extends TargetArray>(targets: A, indices: Int32Array, size: number): A {
  const picked = new (targets.constructor as new (length: number) => A)(indices.length * size)
  for (let i = 0; i < indices.length; i++)
    for (let k = 0; k < size; k++) picked[i * size + k] = targets[indices[i]! * size + k]!
  return picked
}

/** Maximum bytes of samples in memory. */
export const DEFAULT_MEMORY = 2 ** 30

/** Opens stored samples: in memory if they take at most `memory` bytes, otherwise on disk. */
export async function openSamples(stored: StoredSamples, memory = memoryForSamples()): Promise<Samples> {
  const { entry, form } = stored
  const bytes = entry.files['samples.bin']!
  if (bytes > memory) return new FileSamples(stored)
  return new MemorySamples(await readAllRecords(entry, form), stored)
}

/** `LAYERLOOM_SAMPLE_MEMORY` in MiB, for machines with little memory and for tests that read from disk. */
function memoryForSamples(environment: NodeJS.ProcessEnv = process.env): number {
  const given = Number(environment['LAYERLOOM_SAMPLE_MEMORY'])
  return environment['LAYERLOOM_SAMPLE_MEMORY'] !== undefined && given >= 0 ? given * 2 ** 20 : DEFAULT_MEMORY
}

class MemorySamples implements Samples {
  readonly count: number
  readonly form: RecordForm

  constructor(
    readonly inMemory: SampleArray,
    readonly stored: StoredSamples,
  ) {
    this.count = stored.entry.count
    this.form = stored.form
  }

  gather(indices: Int32Array): SampleArray {
    const size = elementCount(this.form.shape)
    const result = allocateRecords(this.form, indices.length)
    indices.forEach((index, i) => result.set(this.inMemory.subarray(index * size, (index + 1) * size), i * size))
    return result
  }

  close(): void {}
}

class FileSamples implements Samples {
  readonly count: number
  readonly form: RecordForm
  #reader: RecordReader | undefined

  constructor(readonly stored: StoredSamples) {
    this.count = stored.entry.count
    this.form = stored.form
  }

  gather(indices: Int32Array): SampleArray {
    this.#reader ??= RecordReader.open(this.stored.entry, this.form)
    const result = allocateRecords(this.form, indices.length)
    this.#reader.read(indices, result)
    return result
  }

  close(): void {
    this.#reader?.close()
    this.#reader = undefined
  }
}
