/**
 * The portable form of every transform on a real GPU provider, with CPU fallback disabled; the driver is a software
 * one.
 */
import { beforeAll, describe, it } from 'vitest'
import { encodeModel } from '#core/onnx/encode'
import { portableTarget } from '#core/onnx/target'
import { transforms } from '#core/transforms/index'
import { expectClose } from '../../support/expectClose'
import { goldenCases } from '../../support/goldens'
import { noSoftwareGpu, softwareGpuEnvironment } from '../../support/softwareGpu'
import { feedsOf, fittedSteps, lowerSteps } from '../contract/lowerTransform'

/** Logarithm and cosine have lower precision on a GPU. */
const rough = ['gaussian-noise', 'random-erasing']

describe.skipIf(noSoftwareGpu)(noSoftwareGpu ?? 'a transform on WebGPU, without any node on the CPU', () => {
  let ort: typeof import('onnxruntime-node')

  beforeAll(async () => {
    Object.assign(process.env, softwareGpuEnvironment())
    ort = await import('onnxruntime-node')
  })

  it.each(transforms.map(({ kind }) => kind))('%s does what torchvision does', { timeout: 300_000 }, async (kind) => {
    const cases = goldenCases('transforms', kind)
    // Color if available, with everything that can be drawn.
    const item = kind === 'color-jitter' ? cases[0]! : cases.at(-1)!
    const images = item.get('images')
    const fitted = fittedSteps([{ kind, ...item.params }], images.shape.slice(1))
    const { graph } = lowerSteps(fitted, images, { training: true, target: portableTarget })
    const session = await ort.InferenceSession.create(encodeModel(graph), {
      executionProviders: ['webgpu'],
      logSeverityLevel: 3,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    })
    const feeds = feedsOf(item, images)
    const results = await session.run(
      Object.fromEntries(
        session.inputNames.map((name) => {
          const { data, shape } = feeds[name]!
          const value = data instanceof Uint8Array ? new ort.Tensor('uint8', data, shape) : undefined
          return [name, value ?? new ort.Tensor('float32', data as Float32Array, shape)]
        }),
      ),
    )
    const y = { shape: [...results.y!.dims], data: results.y!.data as Float32Array }
    expectClose(y, item.get('output'), { absolute: rough.includes(kind) ? 2e-3 : 2e-5 }, kind)
    await session.release()
  })
})
