/**
 * Exports the best weights of a run as an ONNX file, which is verified against the trainer before it counts as done.
 */
import * as z from 'zod'
import { fileIdSchema, fileSchema } from './file'
import { procedure } from './procedure'
import { runIdSchema } from './run'

/** A model that was written and gives the same answers as the trainer. */
const provenSchema = z.object({
  bytes: z.int(),
  /** Number of samples compared. */
  samples: z.int(),
  /** Largest absolute difference of an output, and the largest output for scale. */
  difference: z.number(),
  scale: z.number(),
  /** Source of the samples: the data itself, or the ones kept with the run if its data no longer exists. */
  proof: z.enum(['data', 'kept']),
})
export type ProvenModel = z.infer<typeof provenSchema>

export const exportModel = {
  /**
   * Writes the model, loads it again in a fresh ONNX Runtime session and compares both on real validation samples.
   * Fails
   * with `export-mismatch`, leaving no file, if they differ by more than rounding.
   */
  onnx: procedure
    .input(z.object({ run: runIdSchema, file: fileIdSchema }))
    .output(provenSchema.extend({ file: fileSchema, epoch: z.int() })),
}
