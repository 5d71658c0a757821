/** An exported model, or the model a run would be exported as, ready for raw samples. */
import { stat } from 'node:fs/promises'
import { compileInference } from '#core/compiler/compile'
import { encodeModel } from '#core/onnx/encode'
import { standardTarget } from '#core/onnx/target'
import { METADATA_VERSION, type ModelDescription } from '../../models/modelMetadata'
import { answerName, readModelFile, requireDescription } from '../../models/modelFile'
import { openModelSession } from './openModelSession'
import type { Runtime } from '../device/runtime'
import { loadRuntime } from '../device/runtimes'
import type { Session } from '../device/session'
import { openTrainedNetwork } from './trainedRun'

export interface MeasuredModel {
  readonly runtime: Runtime
  readonly session: Session
  readonly description: ModelDescription
  /** Name of the output with scores, or with numbers in the data's unit. */
  readonly answer: string
}

/** `target` is an ONNX file of ours or a run folder. @throws ProblemError where it is neither */
export async function openModel(target: string, threads: number): Promise<MeasuredModel> {
  const info = await stat(target).catch(() => undefined)
  const runtime = await loadRuntime('cpu')
  const settings = { device: 'cpu', threads } as const
  if (!info?.isDirectory()) {
    const model = await readModelFile(target)
    const description = requireDescription(model)
    return {
      runtime,
      session: await openModelSession(runtime, model, settings),
      description,
      answer: answerName(model),
    }
  }
  const { opened, source, best } = await openTrainedNetwork(target)
  const { project, figures, data } = opened.record
  const description: ModelDescription = {
    version: METADATA_VERSION,
    task: project.task,
    facts: source.facts,
    preprocess: source.preprocess,
    transforms: source.transforms,
    data: project.data,
    fingerprint: data.fingerprint,
    loss: project.training.loss,
    figures,
  }
  const bytes = encodeModel(compileInference(source, best.weights, standardTarget))
  const answer = source.facts.target.kind === 'classes' ? 'logits' : 'prediction'
  return { runtime, session: await runtime.open(bytes, settings), description, answer }
}
