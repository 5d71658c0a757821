/** Runs a graph on ONNX Runtime, with the session options of the engine, and returns plain tensors. */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { encodeModel } from '#core/onnx/encode'
import type { Graph } from '#core/onnx/graph'
import type { DType, Tensor } from '#core/tensor/dtype'

export interface RunOptions {
  /** 1 by default, so that every sum is computed in the same order. */
  readonly threads?: number
  /** `all` by default, as in the engine. */
  readonly optimization?: 'disabled' | 'basic' | 'extended' | 'all'
}

function sessionOptions({ threads = 1, optimization = 'all' }: RunOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    graphOptimizationLevel: optimization,
    logSeverityLevel: 3,
    extra: { session: { set_denormal_as_zero: '0', intra_op: { allow_spinning: '0' } } },
  }
}

/** Copied into separate memory: some kernels overwrite their inputs. */
const toOrt = ({ dtype, shape, data }: Tensor) => new OrtTensor(dtype, (data as Float32Array).slice(), [...shape])

function fromOrt(value: OrtTensor): Tensor {
  return { dtype: value.type as DType, shape: value.dims, data: value.data as Float32Array }
}

export interface OnnxRunner {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
  release(): Promise<void>
}

/** Creates a session for a graph or for the bytes of a model. */
export async function openModel(model: Graph | Uint8Array, options: RunOptions = {}): Promise<OnnxRunner> {
  const bytes = model instanceof Uint8Array ? model : encodeModel(model)
  const session = await InferenceSession.create(bytes, sessionOptions(options))
  return {
    async run(feeds) {
      const given = Object.fromEntries(session.inputNames.map((name) => [name, toOrt(named(feeds, name))]))
      const results = await session.run(given)
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOrt(value)]))
    },
    release: () => session.release(),
  }
}

function named(feeds: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = feeds[name]
  if (!tensor) throw new Error(`the model asks for ${name}; given are ${Object.keys(feeds).join(', ')}`)
  return tensor
}

/** Runs a graph once. */
export async function runOnnx(
  model: Graph | Uint8Array,
  feeds: Readonly<Record<string, Tensor>>,
  options: RunOptions = {},
): Promise<Record<string, Tensor>> {
  const runner = await openModel(model, options)
  try {
    return await runner.run(feeds)
  } finally {
    await runner.release()
  }
}
