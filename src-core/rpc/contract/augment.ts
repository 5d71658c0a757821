/** What the transforms of a project do to real samples, with the very draws and the very graph of training. */
import * as z from 'zod'
import type { Text } from '../../base/text'
import { dataInputSchema } from './data'
import { float32Array, uint8Array } from './numbers'
import { procedure } from './procedure'
import { runIdSchema } from './run'
import { transformsSchema } from '../../graph/transformSettings'

const text = z.custom<Text>((value) => typeof value === 'object' && value !== null)

const stageSchema = z.object({
  /** Place in the project's list; null for the sample before all steps. */
  step: z.int().nullable(),
  /** [channels, height, width] */
  shape: z.array(z.int()),
  /** The sample of `row`, [...shape], as bytes for the eye: what Normalize did is undone. */
  image: uint8Array,
  /** What was drawn, by sample; absent where nothing is. */
  words: z.array(text).optional(),
})

const previewSchema = z.object({
  /** Of the samples, in the whole data set. */
  indices: z.array(z.int()),
  /** Class codes, or numbers. */
  targets: z.array(z.number()),
  /** The place in `indices` of the sample that is shown step by step. */
  row: z.int(),
  stages: z.array(stageSchema),
  /** All samples after the last step, or after the step whose corners they are, as `image`; large ones are shrunk. */
  pictures: z.object({ shape: z.array(z.int()), images: uint8Array }),
  /** The tensor of `row` as the network is fed it. */
  fed: z.object({
    shape: z.array(z.int()),
    values: float32Array,
    min: z.number(),
    mean: z.number(),
    max: z.number(),
  }),
  /** Where samples are mixed: the share of each sample and of those before it in the batch, [mixed][samples]. */
  shares: z.array(float32Array).optional(),
  /** Of a replay: its epoch and its step in the whole run, both from 1, and how many batches an epoch has. */
  batch: z.object({ epoch: z.int(), step: z.int(), batches: z.int() }).optional(),
  /** Steps in the order of training and of evaluation, by their titles. */
  order: z.object({ training: z.array(z.string()), evaluation: z.array(z.string()) }),
  /** Microseconds a sample that all transforms take. */
  cost: z.number(),
})
export type AugmentPreview = z.infer<typeof previewSchema>

/** Which of the samples is sent after every step. */
const row = z.int().min(0).default(0)

const inputSchema = dataInputSchema.extend({
  transforms: transformsSchema as unknown as z.ZodType<
    z.output<typeof transformsSchema>,
    z.output<typeof transformsSchema>
  >,
})

export const augment = {
  /**
   * Draws for the samples at `indices`, as epoch `epoch` (from 1) of a run with this seed draws them. Transforms are not
   * chosen by the test split, so its samples are refused.
   */
  draw: procedure
    .input(
      inputSchema.extend({
        indices: z.array(z.int().min(0)).min(1).max(64),
        seed: z.int().min(0),
        epoch: z.int().min(1),
        row,
      }),
    )
    .output(previewSchema),
  /** One sample at the ends of the range of one step: the worst that can happen to it. */
  corners: procedure.input(inputSchema.extend({ index: z.int().min(0), step: z.int().min(0) })).output(previewSchema),
  /** A batch of a run as its trainer was fed it. */
  replay: procedure
    .input(z.object({ run: runIdSchema, epoch: z.int().min(1), batch: z.int().min(1), row }))
    .output(previewSchema),
}
