/** A device in use: how graphs are lowered for it, how its sessions are opened, and how numbers get there and back. */
import type { DeviceName } from '#core/graph/devices'
import type { Graph } from '#core/onnx/graph'
import type { Target } from '#core/onnx/target'
import type { DType, TypedArray } from '#core/tensor/dtype'
import type { MakeTensor, RuntimeTensor, Session } from './session'

/** How steps are repeated in one call; docs/decisions says why each. */
export type StepForm = 'loop' | 'single' | 'unrolled'

export interface Device {
  readonly name: DeviceName
  readonly threads: number
  readonly target: Target
  readonly form: StepForm
  /** Threads spin while a run goes on. */
  readonly spinning: boolean
  /** `kept`: outputs that are fed back and so stay where they are computed. */
  open(graph: Graph | Uint8Array, kept?: readonly string[]): Promise<Session>
  /** A tensor in memory, for feeds that change in every call. */
  readonly tensor: MakeTensor
  /** A tensor where the device keeps them, for feeds that stay. */
  upload(dtype: DType, shape: readonly number[], data: TypedArray): Promise<RuntimeTensor>
  /** The floats of a tensor that may be on the device. */
  download(tensor: RuntimeTensor): Promise<Float32Array>
  /** Frees tensors on the device; in memory the garbage collector does it. */
  discard(tensors: Iterable<RuntimeTensor>): void
  /** Ends the use of the device; its tensors are gone. */
  release(): Promise<void>
}

export interface DeviceSettings {
  readonly name: DeviceName
  readonly threads: number
  readonly spinning: boolean
  /** Overrides what the probe finds. */
  readonly blockSize?: number
}

/** Memory layout of convolutions, for the run's record. */
export function layoutName({ target }: Device): string {
  return target.blockSize > 1 ? `NCHWc${target.blockSize}` : 'NCHW'
}
