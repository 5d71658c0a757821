/** The networks of the golden training runs as project graphs; layer ids are PyTorch's module names. */
import type { Choice, ParamValue } from '#core/graph/choice'
import type { NetworkGraph } from '#core/graph/project'
import { GraphWriter } from './graphWriter'

function mnistCnn(activation: string, pool: string): NetworkGraph {
  const g = new GraphWriter()
  const layers: [string, string, Record<string, ParamValue>?][] = [
    ['conv1', 'conv2d', { outChannels: 16, kernelSize: 3, padding: 1 }],
    ['act1', activation],
    ['pool1', pool, { kernelSize: 2 }],
    ['conv2', 'conv2d', { outChannels: 32, kernelSize: 3, padding: 1 }],
    ['act2', activation],
    ['pool2', pool, { kernelSize: 2 }],
    ['flatten', 'flatten'],
    ['linear1', 'linear', { outFeatures: 128 }],
    ['act3', activation],
    ['linear2', 'linear', { outFeatures: 10 }],
    ['output', 'output'],
  ]
  layers.reduce((from, [id, kind, params]) => g.add(id, kind, params, [from]), g.add('input', 'input'))
  return g.finish()
}

function resnetTiny(activation: string): NetworkGraph {
  const g = new GraphWriter()
  const normalized = (name: string, x: string, outChannels: number, kernelSize: number, stride = 1) => {
    const params = { outChannels, kernelSize, stride, padding: (kernelSize - 1) / 2, bias: false }
    return g.add(`${name}_norm`, 'batch-norm2d', {}, [g.add(`${name}_conv`, 'conv2d', params, [x])])
  }
  const block = (name: string, x: string, channels: number, stride: number) => {
    const inner = g.add(`${name}_a_act`, activation, {}, [normalized(`${name}_a`, x, channels, 3, stride)])
    const shortcut = stride === 1 ? x : normalized(`${name}_shortcut`, x, channels, 1, stride)
    const sum = g.add(`${name}_add`, 'add', {}, [normalized(`${name}_b`, inner, channels, 3), shortcut])
    return g.add(`${name}_act`, activation, {}, [sum])
  }
  const stem = g.add('stem_act', activation, {}, [normalized('stem', g.add('input', 'input'), 16, 3)])
  const last = block('block3', block('block2', block('block1', stem, 16, 1), 32, 2), 64, 2)
  const pooled = g.add('flatten', 'flatten', {}, [g.add('pool', 'adaptive-avg-pool2d', { outputSize: 1 }, [last])])
  g.add('output', 'output', {}, [g.add('linear', 'linear', { outFeatures: 10 }, [pooled])])
  return g.finish()
}

export interface GoldenNetwork {
  readonly graph: NetworkGraph
  readonly optimizer: Choice
  readonly learningRate: number
}

const adam = { optimizer: { kind: 'adam' }, learningRate: 0.001 }
const sgd = { optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-4 }, learningRate: 0.05 }

export const goldenNetworks: Record<string, GoldenNetwork> = {
  'mnist-cnn': { graph: mnistCnn('relu', 'max-pool2d'), ...adam },
  'mnist-cnn-smooth': { graph: mnistCnn('silu', 'avg-pool2d'), ...adam },
  'resnet-tiny': { graph: resnetTiny('relu'), ...sgd },
  'resnet-tiny-smooth': { graph: resnetTiny('silu'), ...sgd },
}
