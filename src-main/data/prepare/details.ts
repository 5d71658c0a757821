/** Metadata of cache entries besides their records; validated on reading, like any file. */
import * as z from 'zod'
import type { CategoryStatistics, ColumnFacts, ColumnStatistics, SampleFacts, TargetFacts } from '#core/data/facts'
import type { FittedValue, PreparedColumn } from '#core/pretransforms/preTransform'
import type { Problem } from '#core/problems/problem'
import { problemsSchema } from '#core/rpc/contract/procedure'
import { columnFactsSchema, fittedSchema, sampleShapeSchema, targetSchema } from '../dataSchemas'

const form = { dtype: z.enum(['uint8', 'float32', 'float64', 'int32']), shape: sampleShapeSchema }

/** Of a source as read. */
export interface ReadDetails {
  readonly sample: Pick<SampleFacts, 'dtype' | 'shape'> | null
  readonly columns?: readonly ColumnFacts[]
  readonly target: TargetFacts
  readonly splits: boolean
  readonly unreadable?: readonly string[]
  readonly notes: readonly Problem[]
}
export const readDetailsSchema = z.object({
  sample: z.object(form).nullable(),
  columns: z.array(columnFactsSchema).optional(),
  target: targetSchema,
  splits: z.boolean(),
  unreadable: z.array(z.string()).optional(),
  notes: problemsSchema,
}) as unknown as z.ZodType<ReadDetails>

/** Of a step on the columns of a table. */
export interface TableStepDetails {
  readonly fitted: FittedValue
  readonly columns: readonly PreparedColumn[]
}
export const tableStepSchema = z.object({
  fitted: fittedSchema,
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['numeric', 'categorical', 'indicator']),
      categories: z.array(z.string()).optional(),
      source: z.int().min(0),
      passesMissing: z.boolean(),
    }),
  ),
}) as unknown as z.ZodType<TableStepDetails>

const number = z.number()
/** Statistics of columns, or of image channels. */
export const statisticsSchema = z.array(
  z.union([
    z.object({ count: number, missing: number, counts: z.array(number) }),
    z.object({
      count: number,
      missing: number,
      mean: number,
      deviation: number,
      min: number,
      max: number,
      median: number.optional(),
      quantiles: z.array(number).optional(),
      wide: z.boolean().optional(),
      mode: number.nullable().optional(),
    }),
  ]),
) as unknown as z.ZodType<(ColumnStatistics | CategoryStatistics)[]>

/** Of uniform samples: images after decoding and resizing, texts as token ids. */
export const sampleDetailsSchema = z.object({
  ...form,
  /** Words by token id. */
  vocabulary: z.array(z.string()).max(1_000_000).optional(),
})
