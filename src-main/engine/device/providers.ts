/** What this machine can compute on: found out by trying, because neither a runtime nor the system tells in advance. */
import { deviceNames, deviceTitles, type DeviceName, type DeviceSetting } from '#core/graph/devices'
import { GraphBuilder } from '#core/onnx/builder'
import type { Graph } from '#core/onnx/graph'
import { fail, ProblemError } from '#core/problems/problem'
import type { DeviceReport } from '#core/rpc/contract/run'
import { tensor } from '#core/tensor/dtype'
import { physicalCores } from '../../machine/cores'
import { loadRuntime, runtimes } from './runtimes'
import { numbersOf, RuntimeFailure } from './session'

const SIDE = 48

/** A convolution, a product and a softmax: enough to see that a provider runs and gives correct results. */
function parityGraph(): Graph {
  const b = new GraphBuilder('parity')
  const wave = (count: number, step: number) => Array.from({ length: count }, (_, i) => Math.sin(i * step))
  const x = b.input('x', { dtype: 'float32', shape: [1, 1, SIDE, SIDE] })
  const kernel = b.constant(tensor('float32', [4, 1, 3, 3], wave(36, 0.7)))
  const filtered = b.Relu(b.Conv(x, kernel, undefined, { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }))
  const weights = b.constant(tensor('float32', [SIDE * SIDE, 8], wave(SIDE * SIDE * 8, 0.3)))
  const scores = b.MatMul(b.Reshape(filtered, [4, SIDE * SIDE]), weights)
  b.output(b.Softmax(b.Mul(scores, b.scalar(0.01)), { axis: 1 }), 'y')
  return b.graph
}

async function runParity(device: DeviceName): Promise<Float32Array> {
  const runtime = await loadRuntime(device)
  const session = await runtime.open(parityGraph(), { device, threads: 1, strict: device !== 'cpu' })
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) => Math.cos(i * 0.11))
  const { y } = await session.run({ x: runtime.tensor('float32', [1, 1, SIDE, SIDE], data) })
  await session.release()
  return numbersOf(y)
}

/** Why a device cannot be used; undefined if it can. */
export async function tryDevice(device: DeviceName): Promise<string | undefined> {
  const runtime = await loadRuntime(device)
  if (!runtime.offers(device)) return `${runtime.title} for ${process.platform} has no ${deviceTitles[device]} provider`
  try {
    const [given, expected] = [await runParity(device), await runParity('cpu')]
    const difference = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - given[i]!)), 0)
    return difference < 1e-3 ? undefined : `it computes wrong numbers: they differ by ${difference} from the CPU's`
  } catch (error) {
    if (error instanceof RuntimeFailure) return error.message
    throw error
  }
}

/** @throws ProblemError `device-unavailable` */
export async function requireDevice(device: DeviceName): Promise<void> {
  const reason = await tryDevice(device)
  if (reason === undefined) return
  fail('device-unavailable', device, { title: deviceTitles[device], received: reason }, { param: 'training.device' })
}

/** Multiply-adds per training step from which trying a GPU can pay off; below it, kernel launches take longer. */
const WORTH_A_GPU = 3e9

export interface ChosenDevice {
  readonly device: DeviceName
  readonly note?: string
}

/**
 * The device for a project. `auto` uses the CPU for small networks, where it is fastest, and otherwise the first GPU
 * that works and multiplies matrices faster than the CPU.
 * @throws ProblemError `device-unavailable` where a device requested by name cannot be used
 */
export async function chooseDevice(wanted: DeviceSetting, stepMacs: number): Promise<ChosenDevice> {
  if (wanted !== 'auto') {
    await requireDevice(wanted)
    return { device: wanted }
  }
  if (stepMacs < WORTH_A_GPU) return { device: 'cpu' }
  const threads = physicalCores()
  const own = await timeProduct('cpu', threads)
  const tried: string[] = []
  for (const device of runtimes.flatMap(({ devices }) => devices)) {
    if (device === 'cpu' || !(await loadRuntime(device)).offers(device)) continue
    const reason = await tryDevice(device)
    const time = reason === undefined ? await timeProduct(device, threads) : Infinity
    if (time < own) return { device }
    tried.push(`${deviceTitles[device]} ${reason === undefined ? 'is slower than the CPU here' : 'is not available'}`)
  }
  return { device: 'cpu', ...(tried.length > 0 && { note: `Runs on the CPU: ${tried.join('; ')}.` }) }
}

const PRODUCT = 1024

/** Milliseconds of the faster of two products of large matrices; the first also compiles kernels. */
async function timeProduct(device: DeviceName, threads: number): Promise<number> {
  const b = new GraphBuilder('product')
  const type = { dtype: 'float32', shape: [PRODUCT, PRODUCT] } as const
  const [x, y] = [b.input('x', type), b.input('y', type)]
  b.output(b.ReduceSum(b.MatMul(x, b.MatMul(x, b.MatMul(x, y))), [1]), 'sum')
  const runtime = await loadRuntime(device)
  const session = await runtime.open(b.graph, { device, threads })
  const data = new Float32Array(PRODUCT * PRODUCT).fill(1e-3)
  const feeds = { x: runtime.tensor('float32', type.shape, data), y: runtime.tensor('float32', type.shape, data) }
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const begin = performance.now()
    await session.run(feeds)
    times.push(performance.now() - begin)
  }
  await session.release()
  return Math.min(...times.slice(1))
}

/** Tries every device. */
export async function reportDevices(): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const device of deviceNames) {
    const reason = await tryDevice(device).catch((error: unknown) => {
      if (error instanceof ProblemError) return error.problems[0]!.received ?? error.message
      throw error
    })
    const available = reason === undefined
    reports.push({ device, available, detail: reason ?? (await describe(device)) })
  }
  return reports
}

async function describe(device: DeviceName): Promise<string> {
  if (device !== 'cpu') return 'computes the same as the CPU'
  const { blockSize: block } = await (await loadRuntime(device)).target(device)
  const cores = physicalCores()
  return `${cores} ${cores === 1 ? 'core' : 'cores'}, convolutions ${block > 1 ? `in blocks of ${block} channels` : 'in plain layout'}`
}
