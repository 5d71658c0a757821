/** Layers that look up token ids: what goldens do not cover. Their values and gradients are in layers.test.ts. */
import { beforeAll, describe, expect, it } from 'vitest'
import { embedding } from '#core/layers/kinds/embedding'
import { embeddingBag } from '#core/layers/kinds/embeddingBag'
import type { LayerDefinition } from '#core/layers/layer'
import { encodeModel } from '#core/onnx/encode'
import { portableTarget, standardTarget } from '#core/onnx/target'
import { initialWeights } from '#core/compiler/weights'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { expectClose } from '../../support/expectClose'
import { goldenCases } from '../../support/goldens'
import { runOnnx } from '../../support/runOnnx'
import { noSoftwareGpu, softwareGpuEnvironment } from '../../support/softwareGpu'
import { forwardOf, gradientGraphOf, lowerLayer } from './lowerLayer'

const layers: readonly LayerDefinition[] = [embedding, embeddingBag]

describe('an embedding table', () => {
  const slice = {
    name: 'words.weight',
    layer: 'words',
    shape: [4, 3],
    offset: 0,
    size: 12,
    trainable: true,
    start: { kind: 'normal', zeroRow: 2 },
  } as const

  it('starts with a row of zeros for padding, with any initializer', () => {
    const drawn = initialWeights(slice, 1)
    expect([...drawn.subarray(6, 9)]).toEqual([0, 0, 0])
    expect(drawn.filter((value) => value === 0)).toHaveLength(3)
    expect([...initialWeights({ ...slice, chosen: { kind: 'ones' } }, 1)]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1])
  })

  it('distinguishes ids up to the largest allowed one', async () => {
    const count = 70_000
    const params = { numEmbeddings: count, embeddingDim: 1 }
    const lowered = lowerLayer(layers[0]!, params, [['N', 3]], { training: false, target: standardTarget })
    const { y } = await runOnnx(forwardOf(lowered), {
      'input/0': tensor('float32', [1, 3], [1, 65_537, count - 1]),
      'weight/weight': tensor(
        'float32',
        [count, 1],
        Float32Array.from({ length: count }, (_, i) => i),
      ),
    })
    expect([...(y!.data as Float32Array)]).toEqual([1, 65_537, 69_999])
  })
})

describe.skipIf(noSoftwareGpu)(noSoftwareGpu ?? 'embeddings on WebGPU, without any node on the CPU', () => {
  let ort: typeof import('onnxruntime-node')
  beforeAll(async () => {
    Object.assign(process.env, softwareGpuEnvironment())
    ort = await import('onnxruntime-node')
  })

  async function run(graph: Parameters<typeof encodeModel>[0], feeds: Readonly<Record<string, Tensor>>) {
    const session = await ort.InferenceSession.create(encodeModel(graph), {
      executionProviders: ['webgpu'],
      logSeverityLevel: 3,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    })
    const given = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new ort.Tensor('float32', data as Float32Array, shape),
    ])
    const results = await session.run(Object.fromEntries(given) as Record<string, InstanceType<typeof ort.Tensor>>)
    await session.release()
    return results
  }

  for (const layer of layers)
    for (const item of goldenCases('layers', layer.kind).filter(({ name }) =>
      /texts of different|large|more rows/.test(name),
    ))
      it(`train ${layer.title} on ${item.name} like PyTorch`, { timeout: 300_000 }, async () => {
        const ids = item.get('input/0')
        const mode = { training: true, target: portableTarget }
        const lowered = lowerLayer(layer, item.params, [ids.shape], mode)
        const graph = gradientGraphOf(lowered, item.get('dy'), portableTarget, false)
        const results = await run(graph, { 'input/0': ids, 'weight/weight': item.get('weight/weight') })
        for (const [name, role] of [
          ['y', 'training'],
          ['dweight/weight', 'dweight/weight'],
        ] as const) {
          const { dims, data } = results[name]!
          expectClose(
            { shape: dims, data: data as Float32Array },
            item.get(role),
            { relative: 1e-5, absolute: 1e-6 },
            name,
          )
        }
      })
})
