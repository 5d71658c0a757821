/** Predictions with the best weights of a run: for a drawing, a typed row or text, a sample of the data, or a file. */
import * as z from 'zod'
import type { ColumnFacts, TargetFacts } from '../../data/facts'
import { splitNames } from '../../data/split'
import { rawSchema } from './data'
import { float32Array, uint8Array } from './numbers'
import { problemsSchema, procedure } from './procedure'
import { runIdSchema } from './run'

const inputSchema = z.discriminatedUnion('kind', [
  /** One stored sample, e.g. 784 bytes of a drawn digit. */
  z.object({ kind: z.literal('raw'), raw: rawSchema }),
  /** One cell per stored column: a number, a category name, or null for a missing cell. */
  z.object({
    kind: z.literal('row'),
    cells: z.array(z.union([z.number(), z.string().max(500), z.null()])).max(10_000),
  }),
  /** A text, prepared like the training texts. */
  z.object({ kind: z.literal('text'), text: z.string().max(1_000_000) }),
  /** The sample at a position of a split of the run's own data; never from a sealed test split. */
  z.object({ kind: z.literal('sample'), split: z.enum(splitNames), position: z.int().min(0) }),
  /** A file chosen or dropped in the window; its extension determines how it is read. */
  z.object({ kind: z.literal('file'), name: z.string().min(1).max(255), bytes: uint8Array }),
])
export type InferenceInput = z.infer<typeof inputSchema>

const answerSchema = z.object({
  /** The stored sample. */
  raw: rawSchema,
  /** For a text: its words as the network knows them, without padding; `<unknown>` replaces all others. */
  words: z.array(z.string()).optional(),
  /** For a sample of the data, the text itself. */
  text: z.string().optional(),
  /** What the network was fed, after pre-transforms, of the shape `fedShape` without the batch. */
  fed: float32Array,
  /** A probability per class, or the predicted numbers in the data's unit. */
  outputs: float32Array,
  /** The true class index or numbers, if known. */
  truth: z.array(z.number()).nullable(),
  /** Why there is no prediction, for a row that the model cannot take among others that it can. */
  problems: problemsSchema.optional(),
})
export type InferenceAnswer = z.infer<typeof answerSchema>

/** The inputs of a run's model, regardless of the data of the open project. */
const formSchema = z.object({
  kind: z.enum(['image', 'table', 'text', 'array']),
  dtype: z.enum(['uint8', 'float32', 'float64', 'int32']),
  /** Stored shape of one sample. */
  shape: z.array(z.int()),
  /** For a table: its stored columns in order. */
  columns: z.array(z.custom<ColumnFacts>((value) => typeof value === 'object' && value !== null)).nullable(),
  /** For a table: the network's inputs in order, each with the index of its stored source column. */
  prepared: z.array(z.object({ name: z.string(), source: z.int() })),
  /** An initial row: medians and most frequent categories of the training split; null if the data no longer exists. */
  start: z.array(z.union([z.number(), z.string(), z.null()])).nullable(),
})
export type InferenceForm = z.infer<typeof formSchema>

export const inference = {
  form: procedure.input(z.object({ run: runIdSchema })).output(formSchema),
  /** Fails with `model-input` and similar if the input does not fit the model, and with `run-missing`. */
  predict: procedure.input(z.object({ run: runIdSchema, input: inputSchema })).output(
    z.object({
      answers: z.array(answerSchema).min(1),
      /** Samples in the file, of which the first 100 are predicted. */
      count: z.int(),
      /** Stored shape of one sample. */
      shape: z.array(z.int()),
      fedShape: z.array(z.int()),
      target: z.custom<TargetFacts>((value) => typeof value === 'object' && value !== null),
      /** Seconds from the request to the engine to its response, including reading the model. */
      seconds: z.number(),
      /** Epoch of the weights. */
      epoch: z.int(),
    }),
  ),
}
