/**
 * The portable lowering on a real GPU provider: ONNX Runtime's WebGPU on Chromium's software Vulkan driver
 * (SwiftShader),
 * with CPU fallback disabled. Software rendering is slow, so the network is tiny.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { compileEvaluation, compileStep } from '#core/compiler/compile'
import type { NetworkSource } from '#core/compiler/network'
import type { StepProgram } from '#core/compiler/packing'
import { roundKeys } from '#core/onnx/randomNumbers'
import { initialBuffers, initialSlots } from '#core/compiler/weights'
import { graphSchema } from '#core/graph/project'
import { encodeModel } from '#core/onnx/encode'
import type { Graph } from '#core/onnx/graph'
import { portableTarget } from '#core/onnx/target'
import { drawRows } from '#core/transforms/draws/draws'
import { normalized } from '../support/normalized'
import { fittedSteps } from './contract/lowerTransform'
import { noSoftwareGpu, softwareGpuEnvironment } from '../support/softwareGpu'

const BATCH = 4

/** Layers in sequence, by kind and parameters, between Input and Output. */
function sequence(...layers: [kind: string, params?: Record<string, number | boolean | string>][]): NetworkSource {
  const all = [['input'] as const, ...layers, ['output'] as const]
  const nodes = all.map(([kind, params], i) => ({ id: `${kind}_${i}`, kind, params: params ?? {} }))
  const edges = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]!.id, to: id }))
  return {
    graph: graphSchema.parse({ nodes, edges }),
    facts: { sample: { dtype: 'uint8', shape: [1, 8, 8] }, target: { kind: 'classes', classes: ['a', 'b', 'c'] } },
    preprocess: { sample: [], target: [], files: [], dtype: 'uint8', shape: [1, 8, 8] },
    transforms: normalized([1, 8, 8], [0.5], [0.25]),
    loss: { kind: 'cross-entropy' },
  }
}

const networks: Record<string, NetworkSource> = {
  'a convolutional network with every kind of pooling': sequence(
    ['conv2d', { outChannels: 4, padding: 1 }],
    ['relu'],
    ['max-pool2d'],
    ['conv2d', { outChannels: 8, stride: 2, padding: 1 }],
    ['batch-norm2d'],
    ['silu'],
    ['max-pool2d', { kernelSize: 2, stride: 1 }],
    ['avg-pool2d', { kernelSize: 1 }],
    ['adaptive-avg-pool2d'],
    ['flatten'],
    ['linear', { outFeatures: 3 }],
  ),
  'a network of normalized and dropped features': sequence(
    ['flatten'],
    ['linear', { outFeatures: 12 }],
    ['layer-norm'],
    ['gelu'],
    ['dropout', { p: 0.25 }],
    ['linear', { outFeatures: 6 }],
    ['batch-norm1d'],
    ['leaky-relu'],
    ['elu'],
    ['tanh'],
    ['sigmoid'],
    ['linear', { outFeatures: 3 }],
  ),
  'a network of more tensors than a shader has buffers, on images that are augmented': {
    ...sequence(
      ['flatten'],
      ...Array.from({ length: 7 }, (): ['linear', { outFeatures: number }] => ['linear', { outFeatures: 5 }]),
      ['linear', { outFeatures: 3 }],
    ),
    transforms: fittedSteps(
      [
        { kind: 'random-crop', padding: 2 },
        { kind: 'random-rotation', interpolation: 'bilinear' },
        { kind: 'color-jitter' },
        { kind: 'random-erasing', random: true },
        { kind: 'normalize', mean: [0.5], std: [0.25] },
        { kind: 'mix-up' },
      ],
      [1, 8, 8],
    ),
  },
}

describe.skipIf(noSoftwareGpu)(
  noSoftwareGpu ?? 'the portable training step on WebGPU, without any node on the CPU',
  () => {
    let ort: typeof import('onnxruntime-node')

    beforeAll(async () => {
      Object.assign(process.env, softwareGpuEnvironment())
      ort = await import('onnxruntime-node')
    })

    async function open(graph: Graph, provider: 'webgpu' | 'cpu') {
      return ort.InferenceSession.create(encodeModel(graph), {
        executionProviders: [provider],
        logSeverityLevel: 3,
        ...(provider === 'webgpu' && { extra: { session: { disable_cpu_ep_fallback: '1' } } }),
      })
    }

    const data = () => ({
      samples: new ort.Tensor(
        'uint8',
        Uint8Array.from({ length: 8 * 64 }, (_, i) => (i * 37) % 251),
        [8, 1, 8, 8],
      ),
      targets: new ort.Tensor('int32', Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1), [8]),
      indices: new ort.Tensor('int32', Int32Array.of(0, 2, 5, 7), [BATCH]),
    })

    const drawn = ({ draws }: StepProgram, step: number): Record<string, InstanceType<typeof ort.Tensor>> => {
      if (draws.width === 0) return {}
      const samples = Int32Array.of(0, 2, 5, 7)
      const rows = drawRows(draws, { seed: 3, epoch: 0, samples, batchSize: BATCH, firstBatch: step })
      return { draws: new ort.Tensor('float32', rows, [BATCH, draws.width]) }
    }

    /** Losses of three steps. */
    async function train(program: StepProgram, provider: 'webgpu' | 'cpu'): Promise<number[]> {
      const session = await open(program.graph, provider)
      const { parameters, statistics } = initialBuffers(program.state, 3)
      const vector = (values: Float32Array) => new ort.Tensor('float32', values, [values.length])
      let state: Record<string, InstanceType<typeof ort.Tensor>> = {
        parameters: vector(parameters),
        ...Object.fromEntries(
          Object.entries(initialSlots(program)).map(([name, data]) => [`slot.${name}`, vector(data)]),
        ),
        ...(statistics.length > 0 && { statistics: vector(statistics) }),
      }
      const losses: number[] = []
      for (let step = 1; step <= 3; step++) {
        const { definition, params } = program.optimizer
        const numbers = definition.scalars(params, step, 0.01)
        const keys = program.randoms.flatMap((_, i) => roundKeys(7, i, step))
        const scalars = vector(Float32Array.of(...program.scalarNames.map((name) => numbers[name]!), ...keys))
        const results = await session.run({ ...state, ...data(), ...drawn(program, step), scalars })
        losses.push((results.loss!.data as Float32Array)[0]!)
        state = Object.fromEntries(Object.keys(state).map((name) => [name, results[`next.${name}`]!]))
      }
      await session.release()
      return losses
    }

    for (const [name, source] of Object.entries(networks)) {
      it(`trains ${name} with the same losses as the CPU`, { timeout: 300_000 }, async () => {
        const program = compileStep(source, { kind: 'adam' }, BATCH, portableTarget)
        const expected = await train(program, 'cpu')
        const received = await train(program, 'webgpu')
        received.forEach((loss, i) => expect(Math.abs(loss - expected[i]!)).toBeLessThan(2e-5 * expected[i]!))
      })

      it(`evaluates ${name} without any node on the CPU`, { timeout: 300_000 }, async () => {
        const { graph } = compileEvaluation(source, BATCH, portableTarget)
        const session = await open(graph, 'webgpu')
        expect(session.outputNames).toContain('losses')
        await session.release()
      })
    }
  },
)
