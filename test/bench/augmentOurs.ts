/**
 * Our side of the augmentation benchmark: flip, crop and rotation as the operators of a training step, on batches of
 * stored bytes,
 * with the random numbers drawn for every batch. Responds to every line `N` on stdin with the milliseconds of N
 * batches.
 */
import { createInterface } from 'node:readline'
import { prune } from '#core/compiler/passes/prune'
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget } from '#core/onnx/target'
import { drawRows, planDraws } from '#core/transforms/draws/draws'
import { lowerTransforms } from '#core/transforms/lowerTransforms'
import { fitTransforms } from '#core/transforms/transformList'
import { loadRuntime } from '../../src-main/engine/device/runtimes'
import { numbersOf } from '../../src-main/engine/device/session'

const [size, channels, batch, threads] = process.argv.slice(2, 6).map(Number) as [number, number, number, number]
const interpolation = process.argv[6]!

const shape = [channels, size, size]
const steps = [
  { kind: 'random-horizontal-flip', enabled: true },
  { kind: 'random-crop', enabled: true, padding: 4 },
  { kind: 'random-rotation', enabled: true, degrees: [-15, 15], interpolation },
]
const fitted = fitTransforms(steps, { dtype: 'uint8', shape }, { sample: [], target: [] })
const plan = planDraws(fitted)

const b = new GraphBuilder('augment')
const samples = b.input('samples', { dtype: 'uint8', shape: [batch, ...shape] })
const draws = b.input('draws', { dtype: 'float32', shape: [batch, plan.width] })
const { fed } = lowerTransforms(b, samples, fitted, { target: standardTarget, batch, drawing: { plan, draws } })
// Images stay inside the graph, as in training; only one number per image is returned.
b.output(b.ReduceMean(fed, [1, 2, 3]), 'means')

const runtime = await loadRuntime('cpu')
const session = await runtime.open(prune(b.graph), { device: 'cpu', threads, spinning: true })
const bytes = Uint8Array.from({ length: batch * channels * size * size }, (_, i) => (i * 37) % 251)
const images = runtime.tensor('uint8', [batch, ...shape], bytes)
const order = Int32Array.from({ length: batch }, (_, i) => i)

console.log(JSON.stringify({ ready: true, version: 'cpu' }))
let taken = 0
for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now()
  let mean = 0
  for (let i = 0; i < Number(line); i++) {
    const rows = drawRows(plan, { seed: 0, epoch: taken, samples: order, batchSize: batch, firstBatch: taken++ })
    const results = await session.run({ samples: images, draws: runtime.tensor('float32', [batch, plan.width], rows) })
    mean = numbersOf(results.means)[0]!
  }
  const milliseconds = performance.now() - start
  console.log(JSON.stringify({ milliseconds, loss: mean, peakBytes: process.resourceUsage().maxRSS * 1024 }))
}
