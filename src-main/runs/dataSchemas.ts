/** The form of data facts, fitted pre-processing and transforms where they are stored: in run.json and in the metadata of models. */
import { z } from 'zod'
import type { DataFacts } from '#core/data/facts'
import { paramValueSchema } from '#core/graph/choice'
import type { FittedPreprocess } from '#core/pretransforms/preprocess'
import type { FittedTransforms } from '#core/transforms/transformList'

const size = z.int().min(1).max(2 ** 31)
const shape = z.array(size).min(1).max(8)
const name = z.string().max(10_000)
const missing = z.int().min(0).optional()

const columnSchema = z.discriminatedUnion('type', [
  z.object({ name, missing, type: z.literal('numeric') }),
  z.object({ name, missing, type: z.literal('categorical'), categories: z.array(name).max(10_000) }),
])

export const factsSchema: z.ZodType<DataFacts> = z.object({
  sample: z.object({
    dtype: z.enum(['uint8', 'float32']),
    shape,
    columns: z.array(columnSchema).max(100_000).optional(),
  }),
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('classes'), classes: z.array(name).min(1).max(100_000) }),
    z.object({ kind: z.literal('numbers'), size, names: z.array(name).max(100_000) }),
  ]),
})

const step = z.object({
  kind: name,
  fitted: z.record(z.string(), z.array(z.union([z.number(), z.null()]))),
})

export const preprocessSchema: z.ZodType<FittedPreprocess> = z.object({
  sample: z.array(step),
  target: z.array(step),
  shape,
  columns: z.array(name).optional(),
  acceptsMissing: z.array(z.boolean()).optional(),
})

export const transformsSchema: z.ZodType<FittedTransforms> = z.object({
  steps: z.array(
    z.object({
      kind: name,
      occurrence: z.int().min(0),
      params: z.record(z.string(), paramValueSchema),
      fitted: z.record(z.string(), z.array(z.number())),
      from: shape,
    }),
  ),
  shape,
})
