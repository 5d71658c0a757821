/** Opens a session for an untrusted ONNX file. */
import { fail } from '#core/problems/problem'
import type { ModelFile } from '../../models/modelFile'
import type { Runtime } from '../device/runtime'
import { RuntimeFailure, type Session, type SessionSettings } from '../device/session'

/** @throws ProblemError `model-format` where the runtime does not take the model */
export async function openModelSession(
  runtime: Runtime,
  { path, bytes }: ModelFile,
  settings: SessionSettings,
): Promise<Session> {
  try {
    return await runtime.open(bytes, settings)
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error
    return fail(
      'model-format',
      'operators',
      { runtime: runtime.title, received: error.message.slice(0, 1000) },
      { file: path },
    )
  }
}
