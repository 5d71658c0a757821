/** Handlers of `upload`. */
import { procedures } from '../procedures'

const { upload } = procedures

export const uploadHandlers = upload.router({
  begin: upload.begin.handler(async ({ context: { uploads, window }, input }) => ({
    upload: await uploads.begin(input, window),
  })),

  write: upload.write.handler(({ context: { uploads, window }, input }) =>
    uploads.write(input.upload, window, input.parts),
  ),

  finish: upload.finish.handler(async ({ context: { uploads, window, files }, input }) =>
    files.file(await uploads.finish(input.upload, window)),
  ),

  cancel: upload.cancel.handler(({ context: { uploads, window }, input }) => uploads.cancel(input.upload, window)),
})
