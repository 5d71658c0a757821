/** The cost of the transforms in training: measured on a batch of real samples with their draws, once per list. */
import { GraphBuilder } from '#core/onnx/builder'
import { standardTarget } from '#core/onnx/target'
import { elementCount } from '#core/tensor/shape'
import { drawRows, planDraws } from '#core/transforms/draws/draws'
import { lowerTransforms } from '#core/transforms/lowerTransforms'
import { definitionOf, type FittedTransform, type FittedTransforms } from '#core/transforms/transformList'
import type { Samples } from '../../data/samples'
import { loadRuntime } from '../device/runtimes'

/** Values per batch: enough to amortize operator overhead, few enough to be unnoticeable. */
const VALUES = 2 ** 18
const LARGEST_BATCH = 32
const RUNS = 5
/** Milliseconds after which no further pass starts. */
const PATIENCE = 40

const known = new Map<string, number>()
const MOST_KNOWN = 100

/** Microseconds per sample on one thread. */
export async function transformCost(transforms: FittedTransforms, samples: Samples): Promise<number> {
  const { steps } = transforms
  if (steps.length === 0) return 0
  const key = JSON.stringify(steps.map(workOf))
  const before = known.get(key)
  if (before !== undefined) return before
  const cost = await measure(transforms, samples)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, cost)
  return cost
}

/** What the cost of a step depends on: not the size of a real parameter, but whether it is zero. */
function workOf(step: FittedTransform): unknown {
  const specs = definitionOf(step).params
  const params = Object.entries(step.params).map(([name, value]) => {
    const isNumber = specs[name]?.type === 'real' || specs[name]?.type === 'range'
    return isNumber ? value === 0 : value
  })
  return [step.kind, step.from, params]
}

async function measure(transforms: FittedTransforms, samples: Samples): Promise<number> {
  const { dtype, shape } = samples.form
  const batch = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(VALUES / elementCount(shape))))
  const order = Int32Array.from({ length: batch }, (_, i) => i % samples.count)
  const plan = planDraws(transforms)
  const runtime = await loadRuntime('cpu')
  const session = await runtime.open(costGraph(transforms, { dtype, shape, batch }), { device: 'cpu', threads: 1 })
  const images = runtime.tensor(dtype, [batch, ...shape], samples.gather(order))
  const times: number[] = []
  const end = performance.now() + PATIENCE
  // The first pass also warms up the session.
  for (let run = 0; run <= RUNS && (run < 2 || performance.now() < end); run++) {
    const begin = performance.now()
    const rows = drawRows(plan, { seed: 0, epoch: run, samples: order, batchSize: batch, firstBatch: 0 })
    await session.run({
      samples: images,
      ...(plan.width > 0 && { draws: runtime.tensor('float32', [batch, plan.width], rows) }),
    })
    if (run > 0) times.push(performance.now() - begin)
  }
  await session.release()
  return (1000 * Math.min(...times)) / batch
}

/** Images stay inside the graph, as in training; only one number per image is returned. */
function costGraph(
  transforms: FittedTransforms,
  { dtype, shape, batch }: Samples['form'] & { readonly batch: number },
) {
  const b = new GraphBuilder('cost')
  const plan = planDraws(transforms)
  const samples = b.input('samples', { dtype, shape: [batch, ...shape] })
  const draws = plan.width > 0 ? b.input('draws', { dtype: 'float32', shape: [batch, plan.width] }) : undefined
  const { fed } = lowerTransforms(b, samples, transforms, { target: standardTarget, batch, drawing: { plan, draws } })
  b.output(b.ReduceMean(fed, [1, 2, 3]), 'means')
  return b.graph
}
