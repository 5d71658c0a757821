/** Sessions of ONNX Runtime, with the options that were measured to be best. */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { encodeModel } from '#core/onnx/encode'
import type { Graph } from '#core/onnx/graph'
import { RuntimeFailure, type Feeds, type RuntimeTensor, type Session, type SessionSettings } from '../session'
import type { Library } from './library'
import { OnnxTensor, ortTensor } from './tensor'

/** @throws RuntimeFailure where ONNX Runtime rejects the model or cannot use the device */
export async function openSession(
  { InferenceSession }: Library,
  model: Graph | Uint8Array,
  settings: SessionSettings,
): Promise<Session> {
  const bytes = model instanceof Uint8Array ? model : encodeModel(model)
  return new OnnxSession(await attempt(() => InferenceSession.create(bytes, sessionOptions(settings))))
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
        // Numbers below 1e-38 slow many processors down a hundredfold and have no effect here.
        set_denormal_as_zero: '1',
        intra_op: { allow_spinning: spinning ? '1' : '0' },
        ...(strict && { disable_cpu_ep_fallback: '1' }),
      },
    },
  }
}

class OnnxSession implements Session {
  constructor(private readonly session: InferenceSession) {}

  get inputNames(): readonly string[] {
    return this.session.inputNames
  }

  get outputNames(): readonly string[] {
    return this.session.outputNames
  }

  async run(feeds: Feeds, outputs?: readonly string[]): Promise<Record<string, RuntimeTensor>> {
    const given: Record<string, OrtTensor> = {}
    for (const name of this.session.inputNames) {
      const tensor = feeds[name]
      if (!tensor) throw new RuntimeFailure(`the model asks for ${name}; given are ${Object.keys(feeds).join(', ')}`)
      given[name] = ortTensor(tensor)
    }
    const results = await attempt(() => (outputs ? this.session.run(given, [...outputs]) : this.session.run(given)))
    return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, new OnnxTensor(value)]))
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
