/** Breakdown of the time of a training step: ONNX Runtime's profile, summed by operator and by node. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asLoop } from '#core/compiler/wrappers'
import { encodeModel } from '#core/onnx/encode'
import { formatTable } from '../../src-main/cli/view/table'
import { InferenceSession } from 'onnxruntime-node'
import { openBench } from './ours'
import { scalarWidth } from '../../src-main/engine/training/stepRunner'
import { ortTensor } from '../../src-main/engine/device/onnxruntime/tensor'
import type { Feeds } from '../../src-main/engine/device/session'
import { scalarRows } from '../../src-main/engine/training/stepScalars'

const STEPS = 200
const SHOWN = 16

interface ProfileEvent {
  readonly cat: string
  readonly name: string
  readonly dur: number
  readonly args?: { readonly op_name?: string; readonly provider?: string }
}

/** Trains `STEPS` steps with profiling on and prints two tables. */
export async function printProfile(project: string, threads: number): Promise<void> {
  const bench = await openBench(project, threads)
  const { runner, plan, feed, device } = bench
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-profile-'))
  const session = await InferenceSession.create(encodeModel(asLoop(runner.program)), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    enableProfiling: true,
    profileFilePrefix: join(folder, 'step'),
    extra: { session: { set_denormal_as_zero: '1', intra_op: { allow_spinning: '1' } } },
  })
  const { data, indices } = await feed.take(plan.order(0).subarray(0, STEPS * plan.batchSize))
  const scalars = scalarRows(runner.program, 0, STEPS, () => bench.project.training.learningRate, 0)
  const feeds: Feeds = {
    ...bench.state,
    ...data,
    trips: device.tensor('int64', [], BigInt64Array.of(BigInt(STEPS))),
    indices: device.tensor('int64', [STEPS, plan.batchSize], BigInt64Array.from(indices, BigInt)),
    scalars: device.tensor('float32', [STEPS, scalarWidth(runner.program)], scalars),
  }
  const start = performance.now()
  await session.run(Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, ortTensor(tensor)])))
  const elapsed = (performance.now() - start) / STEPS
  session.endProfiling()
  const events = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')) as ProfileEvent[]
  rmSync(folder, { recursive: true })
  const kernels = events.filter(
    ({ cat, name, args }) => cat === 'Node' && name.endsWith('_kernel_time') && args?.op_name !== 'Loop',
  )
  const total = kernels.reduce((sum, { dur }) => sum + dur, 0) / 1000 / STEPS
  console.log(
    `\n${project}, ${threads} threads, ${device.target.blockSize > 1 ? `NCHWc${device.target.blockSize}` : 'NCHW'}`,
  )
  console.log(
    `${elapsed.toFixed(2)} ms per step while profiled, of which ${total.toFixed(2)} ms in ${kernels.length / STEPS} kernels\n`,
  )
  printSums(kernels, total, 'operator', ({ args }) => args!.op_name!)
  printSums(kernels, total, 'node', ({ name, args }) => `${name.replace(/_kernel_time$/, '')} (${args!.op_name})`)
}

function printSums(
  events: readonly ProfileEvent[],
  total: number,
  title: string,
  key: (event: ProfileEvent) => string,
): void {
  const sums = new Map<string, { milliseconds: number; calls: number }>()
  for (const event of events) {
    const sum = sums.get(key(event)) ?? { milliseconds: 0, calls: 0 }
    sums.set(key(event), { milliseconds: sum.milliseconds + event.dur / 1000 / STEPS, calls: sum.calls + 1 / STEPS })
  }
  const rows = [...sums]
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds)
    .slice(0, SHOWN)
    .map(([name, { milliseconds, calls }]) => [
      name,
      milliseconds.toFixed(3),
      `${((100 * milliseconds) / total).toFixed(1)} %`,
      calls.toFixed(0),
    ])
  const columns = [title, 'ms per step', 'share', 'calls per step'].map((name, i) => ({
    title: name,
    align: i === 0 ? ('left' as const) : ('right' as const),
  }))
  console.log(`${formatTable(columns, rows).join('\n')}\n`)
}
