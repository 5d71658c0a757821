/** The form of data facts, fitted pre-transforms and transforms where they are stored: in run.json and in the metadata of models. */
import { z } from 'zod'
import type { DataFacts } from '#core/data/facts'
import type { ImageReading } from '#core/data/imageReading'
import { paramValueSchema } from '#core/graph/choice'
import { backgroundSchema, levelsSchema } from '#core/graph/dataSettings'
import type { FittedPreTransforms } from '#core/pretransforms/preTransformList'
import type { FittedTransforms } from '#core/transforms/transformList'

const size = z
  .int()
  .min(1)
  .max(2 ** 31)
export const sampleShapeSchema = z.array(size).min(1).max(8)
const name = z.string().max(10_000)
const missing = z.int().min(0).optional()

export const columnFactsSchema = z.discriminatedUnion('type', [
  z.object({ name, missing, type: z.literal('numeric') }),
  z.object({ name, missing, type: z.literal('categorical'), categories: z.array(name).max(10_000) }),
])

export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), classes: z.array(name).min(1).max(100_000) }),
  z.object({ kind: z.literal('numbers'), size, names: z.array(name).max(100_000) }),
])

const dtype = z.enum(['uint8', 'float32', 'float64', 'int32'])

export const factsSchema: z.ZodType<DataFacts> = z.object({
  sample: z.object({
    dtype,
    shape: sampleShapeSchema,
    columns: z.array(columnFactsSchema).max(100_000).optional(),
    vocabulary: z.array(name).max(1_000_000).optional(),
  }),
  target: targetSchema,
})

export const fittedSchema = z.record(z.string(), z.array(z.union([z.number(), z.null()])))

const step = z.object({ kind: name, fitted: fittedSchema })

export const imageReadingSchema: z.ZodType<ImageReading> = z.object({
  background: backgroundSchema,
  levels: levelsSchema.optional(),
})

export const fittedPreTransformsSchema: z.ZodType<FittedPreTransforms> = z.object({
  sample: z.array(step),
  target: z.array(step),
  files: z.array(z.looseObject({ kind: name })).default([]),
  reading: imageReadingSchema.optional(),
  dtype,
  shape: sampleShapeSchema,
  columns: z.array(name).optional(),
  acceptsMissing: z.array(z.boolean()).optional(),
})

export const fittedTransformsSchema: z.ZodType<FittedTransforms> = z.object({
  steps: z.array(
    z.object({
      kind: name,
      occurrence: z.int().min(0),
      params: z.record(z.string(), paramValueSchema),
      fitted: z.record(z.string(), z.array(z.number())),
      from: z.tuple([size, size, size]),
    }),
  ),
  shape: sampleShapeSchema,
})
