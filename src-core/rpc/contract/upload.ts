/**
 * Files dropped on the window in browser mode, where a page sees contents but no paths: they are copied into a folder
 * of the app. The desktop app refers to dropped files by their paths instead.
 */
import * as z from 'zod'
import { fileSchema } from './file'
import { uint8Array } from './numbers'
import { nothing, procedure } from './procedure'

const uploadIdSchema = z.string().regex(/^[\w-]{16,64}$/)

/** Bytes per part. */
export const UPLOAD_PART = 4 * 2 ** 20

export const upload = {
  /** `name` is that of the file or folder. Fails if there is no space for `bytes`. */
  begin: procedure
    .input(z.object({ name: z.string().min(1).max(255), bytes: z.number().min(0), files: z.int().min(1) }))
    .output(z.object({ upload: uploadIdSchema })),
  /**
   * Appends parts of files; `path` is relative to the dropped folder, with `/` as separator, empty for a single file.
   */
  write: procedure
    .input(
      z.object({
        upload: uploadIdSchema,
        parts: z
          .array(z.object({ path: z.string().max(4000), bytes: uint8Array }))
          .min(1)
          .max(1000),
      }),
    )
    .output(nothing),
  /** The finished copy. */
  finish: procedure.input(z.object({ upload: uploadIdSchema })).output(fileSchema),
  cancel: procedure.input(z.object({ upload: uploadIdSchema })).output(nothing),
}
