/** Opens a session of an ONNX file that may come from a stranger. */
import { refuseModel, type ModelFile } from '../../models/modelFile'
import { RuntimeFailure, Session, type SessionSettings } from '../device/session'

/** @throws ProblemError `model-format` where ONNX Runtime does not take the model */
export async function openModelSession({ path, bytes }: ModelFile, settings: SessionSettings): Promise<Session> {
  try {
    return await Session.open(bytes, settings)
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error
    return refuseModel(
      path,
      'ONNX Runtime cannot run the model.',
      'operators and types that it knows',
      error.message.slice(0, 1000),
    )
  }
}
