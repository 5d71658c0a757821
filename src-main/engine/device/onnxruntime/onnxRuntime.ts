/** ONNX Runtime as a runtime of the engine. Only this folder knows onnxruntime-node. */
import { portableTarget } from '#core/onnx/target'
import type { Runtime, RuntimeLibrary } from '../runtime'
import type { MakeTensor, OpenSession } from '../session'
import { probeBlockSize } from './blockSize'
import { deviceOf } from './devices'
import { loadLibrary, type Library } from './library'
import { openSession } from './session'
import { OnnxTensor } from './tensor'

export const onnxRuntime: RuntimeLibrary = {
  devices: ['cuda', 'webgpu', 'dml', 'cpu'],
  load: async () => runtimeOf(await loadLibrary()),
}

function runtimeOf(library: Library): Runtime {
  const { env, listSupportedBackends, Tensor } = library
  const open: OpenSession = (model, settings) => openSession(library, model, settings)
  const tensor: MakeTensor = (dtype, shape, data) => new OnnxTensor(new Tensor(dtype, data as Float32Array, shape))
  const target: Runtime['target'] = async (device) =>
    device === 'cpu' ? { portable: false, blockSize: await probeBlockSize({ open, tensor }) } : portableTarget
  return {
    title: 'ONNX Runtime',
    version: env.versions.node ?? env.versions.common,
    // Other names ONNX Runtime ignores in silence.
    offers: (device) => listSupportedBackends().some(({ name }) => name === device),
    target,
    open,
    tensor,
    async openDevice(settings) {
      const { name, blockSize } = settings
      const own = name === 'cpu' && blockSize !== undefined
      return deviceOf({ open, tensor }, own ? { portable: false, blockSize } : await target(name), settings)
    },
  }
}
