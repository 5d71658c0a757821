/** Access to the samples of a data set by index: the one interface through which training, evaluation and preview read them. */
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
  /** All samples, where they are held in memory: a session can take them as they are and pick by index. */
  readonly inMemory?: SampleArray
  /** Where they are on disk, for workers that read them there. */
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

/** Bytes of samples that are held in memory, at most. */
export const DEFAULT_MEMORY = 2 ** 30

/** Opens stored samples: in memory where they take at most `memory` bytes, else on disk. */
export async function openSamples(stored: StoredSamples, memory = memoryForSamples()): Promise<Samples> {
  const { entry, form } = stored
  const bytes = entry.files['samples.bin']!
  if (bytes > memory) return new FileSamples(stored)
  return new MemorySamples(await readAllRecords(entry, form), stored)
}

/** `LAYERLOOM_SAMPLE_MEMORY` in MiB, for machines with little memory and for tests of the way without. */
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
