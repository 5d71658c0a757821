/** A device in use: how graphs are lowered for it, how its sessions are opened, and how numbers get there and back. */
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import { portableTarget, type Target } from '#core/onnx/target'
import type { DType, TypedArray } from '#core/tensor/dtype'
import { probeBlockSize } from './blockSize'
import type { DeviceName } from '../messages'
import { loadRuntime, numbersOf, runtimeTensor, Session, type RuntimeTensor } from './session'

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

const forms: Record<DeviceName, StepForm> = { cpu: 'loop', cuda: 'loop', webgpu: 'single', dml: 'unrolled' }

export async function openDevice({ name, threads, spinning, blockSize }: DeviceSettings): Promise<Device> {
  await loadRuntime()
  const target: Target =
    name === 'cpu' ? { portable: false, blockSize: blockSize ?? (await probeBlockSize()) } : portableTarget
  const common = { name, threads, target, form: forms[name], spinning }
  const open = (graph: Graph | Uint8Array, kept?: readonly string[]) =>
    Session.open(graph, { device: name, threads, spinning, ...(kept && { keepOnDevice: kept }) })
  return name === 'webgpu' ? residentDevice(common, open) : memoryDevice(common, open)
}

type Common = Pick<Device, 'name' | 'threads' | 'target' | 'form' | 'spinning'>

/** A device whose tensors lie in memory between calls. */
function memoryDevice(common: Common, open: Device['open']): Device {
  return {
    ...common,
    open: (graph) => open(graph),
    upload: async (dtype, shape, data) => runtimeTensor(dtype, shape, data),
    download: async (tensor) => numbersOf(tensor),
    discard: () => undefined,
    release: async () => undefined,
  }
}

/**
 * A device that keeps tensors. They get there and back through one-node sessions, because reading a device tensor directly
 * ends the whole process in onnxruntime-node 1.30. A tensor lives only as long as the session that made it.
 */
function residentDevice(common: Common, open: Device['open']): Device {
  const sessions = new Map<string, Promise<Session>>()
  const copier = (direction: 'in' | 'out', dtype: DType, shape: readonly number[]): Promise<Session> => {
    const key = `${direction} ${dtype} ${shape.slice(1).join()}`
    const known = sessions.get(key)
    if (known) return known
    const session = open(copyGraph(dtype, shape.slice(1)), direction === 'in' ? ['y'] : [])
    sessions.set(key, session)
    return session
  }
  return {
    ...common,
    open,
    async upload(dtype, shape, data) {
      const { y } = await (await copier('in', dtype, shape)).run({ x: runtimeTensor(dtype, shape, data) })
      return y!
    },
    async download(tensor) {
      if (tensor.location !== 'gpu-buffer') return numbersOf(tensor)
      const { y } = await (await copier('out', 'float32', tensor.dims)).run({ x: tensor })
      return numbersOf(y)
    },
    discard(tensors) {
      for (const tensor of tensors) if (tensor.location === 'gpu-buffer') tensor.dispose()
    },
    async release() {
      for (const session of sessions.values()) await (await session).release()
    },
  }
}

/** Any number of rows of one shape. */
function copyGraph(dtype: DType, shape: readonly number[]): Graph {
  const b = new GraphBuilder('copy')
  b.output(b.Identity(b.input('x', { dtype, shape: ['N', ...shape] })), 'y')
  return b.graph
}

/** Memory layout of convolutions, for the run's record. */
export function layoutName({ target }: Device): string {
  return target.blockSize > 1 ? `NCHWc${target.blockSize}` : 'NCHW'
}
