/** Devices of ONNX Runtime: tensors lie in memory between calls, or stay on the device. */
import type { DeviceName } from '#core/graph/devices'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import type { Target } from '#core/onnx/target'
import type { DType } from '#core/tensor/dtype'
import type { Device, DeviceSettings, StepForm } from '../device'
import type { Runtime } from '../runtime'
import { numbersOf, type Session } from '../session'
import { ortTensor } from './tensor'

const forms: Record<DeviceName, StepForm> = { cpu: 'loop', cuda: 'loop', webgpu: 'single', dml: 'unrolled' }

export function deviceOf(
  runtime: Pick<Runtime, 'open' | 'tensor'>,
  target: Target,
  { name, threads, spinning }: DeviceSettings,
): Device {
  const common = { name, threads, target, form: forms[name], spinning, tensor: runtime.tensor }
  const open = (graph: Graph | Uint8Array, kept?: readonly string[]) =>
    runtime.open(graph, { device: name, threads, spinning, ...(kept && { keepOnDevice: kept }) })
  return name === 'webgpu' ? residentDevice(common, open) : memoryDevice(common, open)
}

type Common = Pick<Device, 'name' | 'threads' | 'target' | 'form' | 'spinning' | 'tensor'>

/** A device whose tensors are in host memory between calls. */
function memoryDevice(common: Common, open: Device['open']): Device {
  return {
    ...common,
    open: (graph) => open(graph),
    upload: async (dtype, shape, data) => common.tensor(dtype, shape, data),
    download: async (tensor) => numbersOf(tensor),
    discard: () => undefined,
    release: async () => undefined,
  }
}

/**
 * A device that keeps tensors resident. They are copied by one-node sessions, because reading a device tensor directly
 * crashes the process in onnxruntime-node 1.30. A tensor lives only as long as the session that created it.
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
      const { y } = await (await copier('in', dtype, shape)).run({ x: common.tensor(dtype, shape, data) })
      return y!
    },
    async download(tensor) {
      if (ortTensor(tensor).location !== 'gpu-buffer') return numbersOf(tensor)
      const { y } = await (await copier('out', 'float32', tensor.shape)).run({ x: tensor })
      return numbersOf(y)
    },
    discard(tensors) {
      for (const tensor of tensors) {
        const value = ortTensor(tensor)
        if (value.location === 'gpu-buffer') value.dispose()
      }
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
