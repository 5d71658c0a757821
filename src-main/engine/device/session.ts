/** Sessions and tensors as the engine sees them, whichever runtime makes them. */
import type { DeviceName } from '#core/graph/devices'
import type { Graph } from '#core/onnx/graph'
import type { DType, TypedArray } from '#core/tensor/dtype'

/** A tensor of a runtime: in memory, or on the device that made it. */
export interface RuntimeTensor {
  /** Element type by its ONNX name; models of other tools also answer in types that `DType` lacks. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Row-major, without a copy; only a tensor in memory has it. */
  readonly data: ArrayLike<number | bigint>
}

export type Feeds = Readonly<Record<string, RuntimeTensor>>

export interface SessionSettings {
  readonly device: DeviceName
  readonly threads: number
  /** Threads wait for work by spinning: a fifth faster while training, a waste otherwise. */
  readonly spinning?: boolean
  /** Outputs that stay on the device. */
  readonly keepOnDevice?: readonly string[]
  /** Fails instead of falling back to the CPU for a node. */
  readonly strict?: boolean
}

/** A graph that is ready to run. */
export interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /**
   * Computes the outputs named, or all: in memory, except those that are kept on the device. Feeds that the model does not
   * ask for are left out. Blocks the thread while it computes.
   * @throws RuntimeFailure where a feed is missing or the model fails
   */
  run(feeds: Feeds, outputs?: readonly string[]): Promise<Record<string, RuntimeTensor>>
  release(): Promise<void>
}

/** Opens a session. @throws RuntimeFailure where the runtime refuses the model or cannot use the device */
export type OpenSession = (model: Graph | Uint8Array, settings: SessionSettings) => Promise<Session>

/** Makes a tensor in memory over `data`, without a copy. */
export type MakeTensor = (dtype: DType, shape: readonly number[], data: TypedArray) => RuntimeTensor

/** What a runtime says when it cannot make or run a session. */
export class RuntimeFailure extends Error {
  override name = 'RuntimeFailure'
}

/** Whether a runtime failure means out of memory. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RuntimeFailure && /alloc|out of memory|OOM/i.test(error.message)
}

/** The floats of a tensor that is in memory. */
export function numbersOf(tensor: RuntimeTensor | undefined): Float32Array {
  return (tensor?.data ?? new Float32Array(0)) as Float32Array
}

/** Sample indices in the type the graph expects. */
export function indexTensor(
  make: MakeTensor,
  dtype: 'int32' | 'int64',
  shape: readonly number[],
  indices: Int32Array,
): RuntimeTensor {
  return make(dtype, shape, dtype === 'int32' ? indices : widened(indices))
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** Non-negative integers as int64, without allocating a bigint for each. */
function widened(indices: Int32Array): BigInt64Array {
  const wide = new BigInt64Array(indices.length)
  const halves = new Int32Array(wide.buffer)
  const low = littleEndian ? 0 : 1
  for (let i = 0; i < indices.length; i++) halves[2 * i + low] = indices[i]!
  return wide
}
