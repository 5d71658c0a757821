/** The data of a project: what is known of it, and real samples with their labels. */
import * as z from 'zod'
import type { DataFacts, DataStatistics } from '../../data/facts'
import { dataSchema } from '../../graph/dataSettings'
import { fileIdSchema } from './file'
import { float32Array, int32Array, uint8Array } from './numbers'
import { problemsSchema, procedure } from './procedure'

/** The part of a project that decides its data. */
export const dataInputSchema = z.object({
  data: dataSchema as unknown as z.ZodType<z.output<typeof dataSchema>, z.output<typeof dataSchema>>,
  task: z.enum(['classification', 'regression']),
  file: fileIdSchema.nullable(),
})

export const splitNames = ['train', 'validation', 'test'] as const

/** Made by the host from the data itself. */
const factsSchema = z.custom<DataFacts>((value) => typeof value === 'object' && value !== null)
const statisticsSchema = z.custom<DataStatistics>((value) => typeof value === 'object' && value !== null)

const inspectedSchema = z.object({
  facts: factsSchema,
  /** Shape of one sample as it enters the network, after pre-processing. */
  shape: z.array(z.int()),
  /** Names of the columns that enter the network, for tables. */
  columns: z.array(z.string()).nullable(),
  /** By stored column: whether a missing cell can be used; null for images. */
  acceptsMissing: z.array(z.boolean()).nullable(),
  counts: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Over the training split alone. */
  statistics: statisticsSchema,
  fingerprint: z.string(),
  /** Warnings. */
  notes: problemsSchema,
})
export type InspectedData = z.infer<typeof inspectedSchema>

/** A stored sample, before any pre-processing, in its stored element type. */
export const rawSchema = z.union([uint8Array, float32Array, int32Array])

const sampleSchema = z.object({
  /** Among all samples of the data set. */
  index: z.int(),
  raw: rawSchema,
  /** The class code, or the numbers in the data's unit. */
  target: z.array(z.number()),
})

export const data = {
  /** Reads the data, which may take seconds the first time. Fails with the problems of the data. */
  inspect: procedure.input(dataInputSchema).output(inspectedSchema),
  /** Samples of a split in its order, from position `start`. */
  samples: procedure
    .input(
      dataInputSchema.extend({
        split: z.enum(splitNames),
        start: z.int().min(0),
        count: z.int().min(1).max(256),
      }),
    )
    .output(z.object({ total: z.int(), samples: z.array(sampleSchema) })),
}
