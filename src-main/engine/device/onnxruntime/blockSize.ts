/** Probes whether ONNX Runtime's blocked NCHWc layout works on this processor, and with how many channels per block. */
import { blockLayout } from '#core/compiler/passes/blockLayout'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import type { Runtime } from '../runtime'
import { numbersOf, RuntimeFailure, type Feeds } from '../session'

type Opener = Pick<Runtime, 'open' | 'tensor'>

let blockSize: Promise<number> | undefined

/**
 * Channels per block: 16 with AVX-512, 8 with AVX or AVX2; 1 if the runtime has no such layout, or if its results in it
 * differ. The layout is internal to the runtime, so it is used only after this check.
 */
export function probeBlockSize(runtime: Opener): Promise<number> {
  return (blockSize ??= tryBlocks(runtime))
}

async function tryBlocks(runtime: Opener): Promise<number> {
  try {
    const block = await blockOfRuntime(runtime)
    return block > 1 && (await computesTheSame(runtime, block)) ? block : 1
  } catch (error) {
    if (error instanceof RuntimeFailure) return 1
    throw error
  }
}

/** Reorders one pixel with four channels; the runtime pads them to a whole block. */
async function blockOfRuntime(runtime: Opener): Promise<number> {
  const b = new GraphBuilder('probe')
  const x = b.input('x', { dtype: 'float32', shape: [1, 4, 1, 1] })
  b.output(b.op('nchwc.ReorderInput', [x], {})[0]!, 'y')
  const y = await runOnce(runtime, b.graph, { x: Float32Array.of(1, 2, 3, 4) })
  return y.length >= 4 && y.every((value, i) => value === (i < 4 ? i + 1 : 0)) ? y.length : 1
}

const SIDE = 6

/** Compares a convolution as in a training step in both layouts. */
async function computesTheSame(runtime: Opener, block: number): Promise<boolean> {
  const channels = 2 * block
  const b = new GraphBuilder('convolution')
  const x = b.input('x', { dtype: 'float32', shape: [1, channels, SIDE, SIDE] })
  const weight = b.input('weight', { dtype: 'float32', shape: [channels, channels, 3, 3] })
  const y = b.Relu(b.Conv(x, weight, undefined, { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }))
  b.output(b.MaxPool(y, { kernel_shape: [2, 2], strides: [2, 2] }), 'y')
  const blocked = blockLayout(b.graph, { portable: false, blockSize: block })
  const wave = (count: number, step: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * step))
  const feeds = { x: wave(channels * SIDE * SIDE, 0.37), weight: wave(channels * channels * 9, 0.11) }
  const [expected, given] = [await runOnce(runtime, b.graph, feeds), await runOnce(runtime, blocked, feeds)]
  return given.length === expected.length && given.every((value, i) => Math.abs(value - expected[i]!) < 1e-3)
}

async function runOnce(
  runtime: Opener,
  graph: Graph,
  feeds: Readonly<Record<string, Float32Array>>,
): Promise<Float32Array> {
  const session = await runtime.open(graph, { device: 'cpu', threads: 1 })
  const tensors = graph.inputs.map(({ name, type }) => [
    name,
    runtime.tensor('float32', type.shape as number[], feeds[name]!),
  ])
  const { y } = await session.run(Object.fromEntries(tensors) as Feeds)
  await session.release()
  return numbersOf(y)
}
