/**
 * Small networks as a whole: the compiled training step, after all passes and in every layout, against the plain
 * lowering of the
 * same network, whose gradients are checked against finite differences. Covers what single layers cannot: values with
 * several
 * readers, residual sums, joined branches, frozen layers, dropout, statistics.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { backward } from '#core/autodiff/backward'
import { compileStep } from '#core/compiler/compile'
import { buildForward, type NetworkSource } from '#core/compiler/network'
import type { StepProgram } from '#core/compiler/packing'
import { addLoss } from '#core/compiler/passes/addLoss'
import { RANDOM_ROUNDS, roundKeys } from '#core/onnx/randomNumbers'
import type { StateLayout } from '#core/compiler/stateLayout'
import { packBuffer } from '#core/compiler/weights'
import type { NetworkGraph } from '#core/graph/project'
import { meanLoss } from '#core/losses/loss'
import { portableTarget, standardTarget, type Target } from '#core/onnx/target'
import { tensor, type Tensor } from '#core/tensor/dtype'
import { noTransforms } from '#core/transforms/transformList'
import { probeBlockSize } from '../../support/blockSize'
import { expectClose } from '../../support/expectClose'
import { expectGradients } from '../../support/finiteDifferences'
import { hashedNumbers } from '../../support/hashedNumbers'
import { neededFor } from '../../support/neededFor'
import { fromTensor, type Array64 } from '../../support/reference/array'
import { interpret } from '../../support/reference/interpret'
import { runOnnx } from '../../support/runOnnx'
import { GraphWriter } from './graphWriter'

const BATCH = 3
const STORED = 5
const CLASSES = 4
const SIZE = 6

interface NetworkCase {
  /** Adds layers from `x`, the id of the input; returns the id whose output becomes scores. */
  readonly build: (g: GraphWriter, x: string) => string
  /** False if ReLU or max-pooling makes the loss non-smooth. */
  readonly smooth: boolean
}

const conv = (g: GraphWriter, id: string, x: string, params: object = {}, trainable = true) =>
  g.add(id, 'conv2d', { outChannels: 16, kernelSize: 3, padding: 1, ...params }, [x], trainable)

const cases: Record<string, NetworkCase> = {
  'a ReLU that feeds a pool and a shortcut': {
    smooth: false,
    build: (g, x) => {
      const act = g.add('relu', 'relu', {}, [conv(g, 'conv', x)])
      const pooled = g.add('pool', 'max-pool2d', { kernelSize: 2 }, [act])
      const short = g.add('mean', 'avg-pool2d', { kernelSize: 2 }, [act])
      return g.add('sum', 'add', {}, [pooled, short])
    },
  },
  'a ReLU between a convolution and a pool': {
    smooth: false,
    build: (g, x) => g.add('pool', 'max-pool2d', { kernelSize: 2 }, [g.add('relu', 'relu', {}, [conv(g, 'conv', x)])]),
  },
  'two activations that differ in a parameter only': {
    smooth: false,
    build: (g, x) => {
      const image = conv(g, 'conv', x)
      const slopes = [0.1, 0.4].map((negativeSlope, i) => g.add(`leaky${i}`, 'leaky-relu', { negativeSlope }, [image]))
      return g.add('sum', 'add', {}, slopes)
    },
  },
  'overlapping pools': {
    smooth: false,
    build: (g, x) => {
      const first = g.add('pool', 'max-pool2d', { kernelSize: 3, stride: 2, padding: 1 }, [conv(g, 'conv', x)])
      return g.add('mean', 'avg-pool2d', { kernelSize: 3, stride: 1, padding: 1 }, [conv(g, 'conv2', first)])
    },
  },
  'a value added to itself and joined twice': {
    smooth: true,
    build: (g, x) => {
      const act = g.add('act', 'silu', {}, [conv(g, 'conv', x)])
      const twice = g.add('twice', 'add', {}, [act, act])
      return g.add('mix', 'conv2d', { outChannels: 8, kernelSize: 1 }, [g.add('join', 'concat', {}, [act, twice, act])])
    },
  },
  'branches of different width': {
    smooth: true,
    build: (g, x) => {
      const stem = g.add('act', 'gelu', {}, [conv(g, 'conv', x)])
      const wide = conv(g, 'wide', stem, { outChannels: 32, stride: 2 })
      const odd = g.add('tanh', 'tanh', {}, [conv(g, 'odd', stem, { outChannels: 5, stride: 2 })])
      return g.add('join', 'concat', {}, [wide, odd])
    },
  },
  'a residual block with batch normalization': {
    smooth: true,
    build: (g, x) => {
      const stem = conv(g, 'stem', x)
      const inner = g.add('act', 'silu', {}, [
        g.add('norm1', 'batch-norm2d', {}, [conv(g, 'conv1', stem, { bias: false })]),
      ])
      const outer = g.add('norm2', 'batch-norm2d', { affine: false }, [conv(g, 'conv2', inner, { bias: false })])
      return g.add('sum', 'add', {}, [outer, stem])
    },
  },
  'depthwise and grouped convolutions': {
    smooth: true,
    build: (g, x) => {
      const stem = g.add('act', 'sigmoid', {}, [conv(g, 'conv', x, { outChannels: 32 })])
      const depthwise = conv(g, 'depthwise', stem, { outChannels: 32, groups: 32, stride: 2 })
      return conv(g, 'grouped', depthwise, { outChannels: 32, groups: 2 })
    },
  },
  'a frozen layer and frozen statistics': {
    smooth: true,
    build: (g, x) => {
      const frozen = g.add('norm', 'batch-norm2d', {}, [conv(g, 'conv', x, {}, false)], false)
      return conv(g, 'conv2', g.add('act', 'silu', {}, [frozen]))
    },
  },
  'dropout on images and on features': {
    smooth: true,
    build: (g, x) => {
      const images = g.add('drop', 'dropout', { p: 0.25 }, [conv(g, 'conv', x)])
      const features = g.add('hidden', 'linear', { outFeatures: 12 }, [g.add('flat', 'flatten', {}, [images])])
      return g.add('drop2', 'dropout', { p: 0.5 }, [g.add('act', 'elu', {}, [features])])
    },
  },
  'layer normalization and softmax over channels': {
    smooth: true,
    build: (g, x) => {
      const norm = g.add('norm', 'layer-norm', { normalizedShape: [16, SIZE, SIZE] }, [conv(g, 'conv', x)])
      return g.add('softmax', 'softmax', { dim: 1 }, [norm])
    },
  },
}

function sourceOf({ build }: NetworkCase): NetworkSource {
  const g = new GraphWriter()
  const scores = g.add('flatten', 'flatten', {}, [build(g, g.add('input', 'input'))])
  g.add('output', 'output', {}, [g.add('scores', 'linear', { outFeatures: CLASSES }, [scores])])
  const graph: NetworkGraph = g.finish()
  return {
    graph,
    facts: {
      sample: { dtype: 'float32', shape: [2, SIZE, SIZE] },
      target: { kind: 'classes', classes: ['a', 'b', 'c', 'd'] },
    },
    preprocess: { sample: [], target: [], files: [], dtype: 'float32', shape: [2, SIZE, SIZE] },
    transforms: noTransforms([2, SIZE, SIZE]),
    loss: { kind: 'cross-entropy' },
  }
}

const pixels = 2 * SIZE * SIZE
const samples = tensor('float32', [STORED, 2, SIZE, SIZE], hashedNumbers('samples', STORED * pixels, 2))
const labels = [2, 0, 3, 1, 1]
/** Out of order and with a duplicate, as a shuffled batch may be. */
const picked = [4, 1, 4]

/** Any tensor of a network by its name: weights spread, scales and variances positive. */
function valueOf(name: string, size: number): Float32Array {
  if (name.includes('.random.')) return Float32Array.from(roundKeys(5, name.length))
  const scale = name.endsWith('running_var') || /norm\d?\.weight$/.test(name)
  return hashedNumbers(name, size, 0.4).map((value) => (scale ? Math.abs(value) + 0.7 : value))
}

/** The plain lowering, without any pass: loss, `d.<weight>` and `next.<statistic>` from inputs by name. */
function plainStep(source: NetworkSource) {
  const forward = buildForward('plain', source, { training: true, target: standardTarget, batch: BATCH })
  const { b, network } = forward
  const loss = meanLoss(b, addLoss({ ...forward, source, target: standardTarget }))
  const trained = network.weights.filter(({ trainable }) => trainable)
  const gradients = backward(
    b,
    loss,
    trained.map(({ value }) => value),
    standardTarget,
  )
  b.output(loss, 'loss')
  trained.forEach(({ name }, i) => b.output(gradients[i]!, `d.${name}`))
  network.statistics.forEach(({ name, value, next }) => b.output(next ?? value, `next.${name}`))
  const batch = (row: number) => samples.data.subarray(row * pixels, (row + 1) * pixels)
  const given: Record<string, Tensor> = {
    samples: tensor(
      'float32',
      [BATCH, 2, SIZE, SIZE],
      picked.flatMap((row) => [...batch(row)]),
    ),
    targets: tensor(
      'int32',
      [BATCH],
      picked.map((row) => labels[row]!),
    ),
  }
  for (const { name, type } of b.graph.inputs) {
    const shape = type.shape as number[]
    given[name] ??= tensor(
      'float32',
      shape,
      valueOf(
        name,
        shape.reduce((a, c) => a * c, 1),
      ),
    )
  }
  return { graph: b.graph, given }
}

/** Feeds of the compiled step for the same tensors. */
function packedFeeds(program: StepProgram): Record<string, Tensor> {
  const { parameters, frozen, statistics } = program.state
  const flat = (layout: StateLayout) =>
    tensor(
      'float32',
      [layout.total],
      packBuffer(layout, ({ name, size }) => valueOf(name, size)),
    )
  const scalars = program.optimizer.definition.scalars(program.optimizer.params, 1, 0.1)
  const keys = program.randoms.flatMap(({ layer, draw }) => [...valueOf(`${layer}.random.${draw}`, RANDOM_ROUNDS)])
  const numbers = [...program.scalarNames.map((name) => scalars[name]!), ...keys]
  return {
    parameters: flat(parameters),
    frozen: flat(frozen),
    statistics: flat(statistics),
    'slot.momentum': tensor('float32', [parameters.total], new Float32Array(parameters.total)),
    samples,
    targets: tensor('int32', [STORED], labels),
    indices: tensor(program.target.portable ? 'int32' : 'int64', [BATCH], picked),
    scalars: tensor('float32', [numbers.length], numbers),
  }
}

const toArrays = (given: Readonly<Record<string, Tensor>>): Record<string, Array64> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fromTensor(value)]))

/** The plain step's results in the compiled step's form; momentum after one step from zero is the gradient. */
function packedResults(program: StepProgram, plain: Readonly<Record<string, Array64>>): Record<string, Array64> {
  const join = (names: readonly string[]) => {
    const data = Float64Array.from(names.flatMap((name) => [...plain[name]!.data]))
    return { dtype: 'float32' as const, shape: [data.length], data }
  }
  const { parameters, statistics } = program.state
  return {
    loss: plain.loss!,
    'next.slot.momentum': join(parameters.slices.map(({ name }) => `d.${name}`)),
    ...(statistics.total > 0 && { 'next.statistics': join(statistics.slices.map(({ name }) => `next.${name}`)) }),
  }
}

let runtimeBlock = 1
beforeAll(async () => {
  runtimeBlock = await probeBlockSize()
})

const targets: Record<string, Target> = {
  'standard operators': standardTarget,
  'portable operators': portableTarget,
  'blocks of 8': { portable: false, blockSize: 8 },
  'blocks of 16': { portable: false, blockSize: 16 },
}

for (const [name, item] of Object.entries(cases))
  describe(`a network with ${name}`, () => {
    const source = sourceOf(item)
    const { graph, given } = plainStep(source)
    const plain = interpret(graph, toArrays(given))

    const checkGradients = () => {
      const gradients = Object.fromEntries(
        Object.entries(plain)
          .filter(([output]) => output.startsWith('d.'))
          .map(([output, value]) => [output.slice(2), value]),
      )
      expect(Object.keys(gradients).length).toBeGreaterThan(1)
      const loss = neededFor(graph, 'loss')
      expectGradients((moved) => interpret(loss, moved).loss!.data[0]!, toArrays(given), gradients)
    }
    if (item.smooth) it('has gradients equal to finite differences', checkGradients)

    it.each(Object.entries(targets))('compiles to the same results: %s', async (_, target) => {
      const program = compileStep(source, { kind: 'sgd', momentum: 0.9 }, BATCH, target)
      const feeds = packedFeeds(program)
      const expected = packedResults(program, plain)
      const exact = interpret(program.graph, toArrays(feeds), target)
      for (const [output, value] of Object.entries(expected))
        expectClose(exact[output]!, value, { relative: 1e-6, absolute: 1e-9 }, `${output} in float64`)
      if (target.blockSize !== 1 && target.blockSize !== runtimeBlock) return
      const runtime = await runOnnx(program.graph, feeds)
      for (const [output, value] of Object.entries(expected))
        expectClose(runtime[output]!, value, { relative: 1e-5, absolute: 1e-7 }, output)
    })
  })

describe('a frozen layer', () => {
  const { graph, given } = plainStep(sourceOf(cases['a frozen layer and frozen statistics']!))

  it('keeps its weights and its running statistics', () => {
    const outputs = graph.outputs.map(({ name }) => name)
    expect(outputs.filter((name) => name.startsWith('d.conv.') || name.startsWith('d.norm.'))).toEqual([])
    const results = interpret(graph, toArrays(given))
    for (const name of ['norm.running_mean', 'norm.running_var'])
      expectClose(results[`next.${name}`]!, given[name]!, { absolute: 0 }, name)
  })
})
