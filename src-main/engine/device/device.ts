/**
 * A device in use: how graphs are lowered for it, how sessions are opened on it, and how data is uploaded and
 * downloaded.
 */
import type { DeviceName } from '#core/graph/devices'
import type { Graph } from '#core/onnx/graph'
import type { Target } from '#core/onnx/target'
import type { DType, TypedArray } from '#core/tensor/dtype'
import type { MakeTensor, RuntimeTensor, Session } from './session'

/** How steps are repeated within one call; docs/decisions has the reasons. */
export type StepForm = 'loop' | 'single' | 'unrolled'

export interface Device {
  readonly name: DeviceName
  readonly threads: number
  readonly target: Target
  readonly form: StepForm
  /** Threads spin during a run. */
  readonly spinning: boolean
  /** `kept`: outputs that are fed back, so they stay on the device. */
  open(graph: Graph | Uint8Array, kept?: readonly string[]): Promise<Session>
  /** A tensor in memory, for feeds that change in every call. */
  readonly tensor: MakeTensor
  /** A tensor where the device keeps them, for feeds that stay. */
  upload(dtype: DType, shape: readonly number[], data: TypedArray): Promise<RuntimeTensor>
  /** Downloads the floats of a tensor that may be on the device. */
  download(tensor: RuntimeTensor): Promise<Float32Array>
  /** Frees tensors on the device; those in memory are left to the garbage collector. */
  discard(tensors: Iterable<RuntimeTensor>): void
  /** Releases the device; its tensors become invalid. */
  release(): Promise<void>
}

export interface DeviceSettings {
  readonly name: DeviceName
  readonly threads: number
  readonly spinning: boolean
  /** Overrides the probed value. */
  readonly blockSize?: number
}

/** Memory layout of convolutions, for the run's record. */
export function layoutName({ target }: Device): string {
  return target.blockSize > 1 ? `NCHWc${target.blockSize}` : 'NCHW'
}
