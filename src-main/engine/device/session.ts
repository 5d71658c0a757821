/** The only door to ONNX Runtime: sessions with the options that were measured to be best, tensors, and its errors. */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { encodeModel } from '#core/onnx/encode'
import type { Graph } from '#core/onnx/graph'
import { fail } from '#core/problems/problem'
import type { DType, TypedArray } from '#core/tensor/dtype'
import type { DeviceName } from '../messages'

/** A tensor of the runtime: in memory, or on the device that made it. */
export type RuntimeTensor = OrtTensor
export type Feeds = Readonly<Record<string, RuntimeTensor>>

/** What ONNX Runtime says when it cannot make or run a session. */
export class RuntimeFailure extends Error {
  override name = 'RuntimeFailure'
}

type Runtime = typeof import('onnxruntime-node')
let loading: Promise<Runtime> | undefined
let runtime: Runtime | undefined

/** Loads the native library, once. @throws ProblemError `device-unavailable` where this machine cannot load it */
export async function loadRuntime(): Promise<Runtime> {
  loading ??= import('onnxruntime-node').then((loaded) => {
    // What fails is thrown as well; printed, a device that is only tried looks like a fault.
    loaded.env.logLevel = 'fatal'
    return loaded
  })
  try {
    return (runtime ??= await loading)
  } catch (error) {
    return fail({
      code: 'device-unavailable',
      place: {},
      message: 'ONNX Runtime could not be loaded, so nothing can be computed on this machine.',
      expected: 'the native library of onnxruntime-node for this system',
      received: `${process.platform} ${process.arch}: ${(error as Error).message}`,
      fix: 'Run npm install again on this machine. Linux needs glibc 2.28 or later, Windows the Visual C++ runtime.',
    })
  }
}

/** Version of ONNX Runtime, e.g. 1.30.0. */
export async function runtimeVersion(): Promise<string> {
  const { env } = await loadRuntime()
  return env.versions.node ?? env.versions.common
}

/** Whether this build of ONNX Runtime knows a provider at all; other names it ignores in silence. */
export async function knowsProvider(device: DeviceName): Promise<boolean> {
  const { listSupportedBackends } = await loadRuntime()
  return listSupportedBackends().some(({ name }) => name === device)
}

export interface SessionSettings {
  readonly device: DeviceName
  readonly threads: number
  /** Threads wait for work by turning in a loop: a fifth faster while training, a waste otherwise. */
  readonly spinning?: boolean
  /** Outputs that stay on the device. */
  readonly keepOnDevice?: readonly string[]
  /** Fails rather than running a node on the CPU. */
  readonly strict?: boolean
}

function sessionOptions(settings: SessionSettings): InferenceSession.SessionOptions {
  const { device, threads, spinning = false, keepOnDevice = [], strict = false } = settings
  return {
    executionProviders: [device],
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // DirectML cannot reuse memory patterns.
    ...(device === 'dml' && { enableMemPattern: false }),
    ...(keepOnDevice.length > 0 && {
      preferredOutputLocation: Object.fromEntries(keepOnDevice.map((name) => [name, 'gpu-buffer' as const])),
    }),
    extra: {
      session: {
        // Numbers below 1e-38 slow many processors down a hundredfold and mean nothing here.
        set_denormal_as_zero: '1',
        intra_op: { allow_spinning: spinning ? '1' : '0' },
        ...(strict && { disable_cpu_ep_fallback: '1' }),
      },
    },
  }
}

export class Session {
  private constructor(private readonly session: InferenceSession) {}

  /** @throws RuntimeFailure where ONNX Runtime refuses the model or cannot use the device */
  static async open(model: Graph | Uint8Array, settings: SessionSettings): Promise<Session> {
    const { InferenceSession } = await loadRuntime()
    const bytes = model instanceof Uint8Array ? model : encodeModel(model)
    return new Session(await attempt(() => InferenceSession.create(bytes, sessionOptions(settings))))
  }

  get inputNames(): readonly string[] {
    return this.session.inputNames
  }

  get outputNames(): readonly string[] {
    return this.session.outputNames
  }

  /**
   * Computes the outputs named, or all. Feeds that the model does not ask for are left out. Blocks the thread while it
   * computes.
   */
  async run(feeds: Feeds, outputs?: readonly string[]): Promise<Record<string, RuntimeTensor>> {
    const given: Record<string, RuntimeTensor> = {}
    for (const name of this.session.inputNames) {
      const tensor = feeds[name]
      if (!tensor) throw new RuntimeFailure(`the model asks for ${name}; given are ${Object.keys(feeds).join(', ')}`)
      given[name] = tensor
    }
    return attempt(() => (outputs ? this.session.run(given, [...outputs]) : this.session.run(given)))
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw new RuntimeFailure(error instanceof Error ? error.message : String(error))
  }
}

/** A tensor over `data`, without a copy. ONNX Runtime must have been loaded. */
export function runtimeTensor(dtype: DType, shape: readonly number[], data: TypedArray): RuntimeTensor {
  return new runtime!.Tensor(dtype, data as Float32Array, shape)
}

/** The numbers of a tensor that is in memory. */
export function numbersOf(tensor: RuntimeTensor | undefined): Float32Array {
  return (tensor?.data ?? new Float32Array(0)) as Float32Array
}

/** Indices of samples in the type that a graph asks for. */
export function indexTensor(dtype: 'int32' | 'int64', shape: readonly number[], indices: Int32Array): RuntimeTensor {
  return runtimeTensor(dtype, shape, dtype === 'int32' ? indices : widened(indices))
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** Non-negative integers as int64, without making a bigint of each. */
function widened(indices: Int32Array): BigInt64Array {
  const wide = new BigInt64Array(indices.length)
  const halves = new Int32Array(wide.buffer)
  const low = littleEndian ? 0 : 1
  for (let i = 0; i < indices.length; i++) halves[2 * i + low] = indices[i]!
  return wide
}

/** Whether a failure of the runtime means that memory ran out. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RuntimeFailure && /alloc|out of memory|OOM/i.test(error.message)
}
