/** Taking the best weights of a run away as an ONNX file, which is compared with the trainer before it is called done. */
import * as z from 'zod'
import { fileIdSchema, fileSchema } from './file'
import { procedure } from './procedure'
import { runIdSchema } from './run'

/** A model that was written and gives the same answers as the trainer. */
const provenSchema = z.object({
  bytes: z.int(),
  /** Samples that both were given. */
  samples: z.int(),
  /** Largest absolute difference of an output, and the largest output for scale. */
  difference: z.number(),
  scale: z.number(),
  /** Where the samples came from: the data itself, or those that the run has kept as its data is not there any more. */
  proof: z.enum(['data', 'kept']),
})
export type ProvenModel = z.infer<typeof provenSchema>

export const exportModel = {
  /**
   * Writes the model, loads it again in a fresh ONNX Runtime session and compares both on real validation samples. Fails
   * with `export-mismatch`, leaving no file, where they differ by more than rounding.
   */
  onnx: procedure
    .input(z.object({ run: runIdSchema, file: fileIdSchema }))
    .output(provenSchema.extend({ file: fileSchema, epoch: z.int() })),
}
