/** Predicting with the best weights of a run: a drawing, a row or a text that was typed, a sample of the data, or a file. */
import * as z from 'zod'
import type { ColumnFacts, TargetFacts } from '../../data/facts'
import { splitNames } from '../../data/split'
import { rawSchema } from './data'
import { float32Array, uint8Array } from './numbers'
import { problemsSchema, procedure } from './procedure'
import { runIdSchema } from './run'

const inputSchema = z.discriminatedUnion('kind', [
  /** One sample as it is stored, e.g. 784 bytes of a drawn digit. */
  z.object({ kind: z.literal('raw'), raw: rawSchema }),
  /** One cell for every stored column: a number, the name of a category, or null for a missing cell. */
  z.object({
    kind: z.literal('row'),
    cells: z.array(z.union([z.number(), z.string().max(500), z.null()])).max(10_000),
  }),
  /** A text, which is prepared as those of the training were. */
  z.object({ kind: z.literal('text'), text: z.string().max(1_000_000) }),
  /** The sample at a position of a split of the run's own data; of a sealed test split none. */
  z.object({ kind: z.literal('sample'), split: z.enum(splitNames), position: z.int().min(0) }),
  /** A file that was chosen or dropped in the window; its extension says how it is read. */
  z.object({ kind: z.literal('file'), name: z.string().min(1).max(255), bytes: uint8Array }),
])
export type InferenceInput = z.infer<typeof inputSchema>

const answerSchema = z.object({
  /** The sample as it is stored. */
  raw: rawSchema,
  /** Of a text: its words as the network knows them, without the padding; `<unknown>` stands for the others. */
  words: z.array(z.string()).optional(),
  /** The text itself, of a sample of the data. */
  text: z.string().optional(),
  /** What the network was fed, after pre-transforms, of the shape `fedShape` without the batch. */
  fed: float32Array,
  /** A probability for every class, or the predicted numbers in the data's unit. */
  outputs: float32Array,
  /** The class code or the numbers that are right, where they are known. */
  truth: z.array(z.number()).nullable(),
  /** Why there is no answer, of a row that the model cannot take among others that it can. */
  problems: problemsSchema.optional(),
})
export type InferenceAnswer = z.infer<typeof answerSchema>

/** What a run is asked by, whatever data the open project has. */
const formSchema = z.object({
  kind: z.enum(['image', 'table', 'text', 'array']),
  dtype: z.enum(['uint8', 'float32', 'float64', 'int32']),
  /** Stored shape of one sample. */
  shape: z.array(z.int()),
  /** Of a table: its stored columns in their order. */
  columns: z.array(z.custom<ColumnFacts>((value) => typeof value === 'object' && value !== null)).nullable(),
  /** Of a table: what the network reads, in its order, each with the place of the stored column it comes from. */
  prepared: z.array(z.object({ name: z.string(), source: z.int() })),
  /** A row to begin with: medians and most frequent categories of the training split; null where the data is gone. */
  start: z.array(z.union([z.number(), z.string(), z.null()])).nullable(),
})
export type InferenceForm = z.infer<typeof formSchema>

export const inference = {
  form: procedure.input(z.object({ run: runIdSchema })).output(formSchema),
  /** Fails with `model-input` and the like where the input does not fit the model, and with `run-missing`. */
  predict: procedure.input(z.object({ run: runIdSchema, input: inputSchema })).output(
    z.object({
      answers: z.array(answerSchema).min(1),
      /** Samples that the file holds; of which the first 100 are answered. */
      count: z.int(),
      /** Stored shape of one sample. */
      shape: z.array(z.int()),
      fedShape: z.array(z.int()),
      target: z.custom<TargetFacts>((value) => typeof value === 'object' && value !== null),
      /** Seconds from the question to the engine to its answer, with reading the model. */
      seconds: z.number(),
      /** Epoch of the weights. */
      epoch: z.int(),
    }),
  ),
}
