/** Handlers of `exportModel`. */
import { openRun } from '../../runs/store'
import { procedures } from '../procedures'

const { exportModel } = procedures

export const exportModelHandlers = exportModel.router({
  onnx: exportModel.onnx.handler(async ({ context, input }) => {
    const path = await context.files.path(input.file)
    const folder = context.library.path(input.run)
    const { record } = await openRun(folder)
    const { bytes, samples, difference, scale, proof } = await context.engine.export({ run: folder, file: path })
    return {
      file: context.files.file(path),
      bytes,
      samples,
      difference,
      scale,
      epoch: record.progress.bestEpoch,
      proof,
    }
  }),
})
