/** What the transforms of a project do to real samples, with the same draws and the same graph as in training. */
import * as z from 'zod'
import type { Text } from '../../base/text'
import { dataInputSchema } from './data'
import { float32Array, uint8Array } from './numbers'
import { procedure } from './procedure'
import { runIdSchema } from './run'
import { transformsSchema } from '../../graph/transformSettings'

const text = z.custom<Text>((value) => typeof value === 'object' && value !== null)

const stageSchema = z.object({
  /** Position in the project's list; null for the sample before all steps. */
  step: z.int().nullable(),
  /** [channels, height, width] */
  shape: z.array(z.int()),
  /** The sample of `row`, [...shape], as bytes for display: Normalize is undone. */
  image: uint8Array,
  /** What was drawn, by sample; absent if nothing is random. */
  words: z.array(text).optional(),
})

const previewSchema = z.object({
  /** Indices of the samples in the whole dataset. */
  indices: z.array(z.int()),
  /** Class indices, or numbers. */
  targets: z.array(z.number()),
  /** The position in `indices` of the sample that is shown step by step. */
  row: z.int(),
  stages: z.array(stageSchema),
  /**
   * All samples after the last step, or after the step whose corners are shown, as `image`; large ones are scaled down.
   */
  pictures: z.object({ shape: z.array(z.int()), images: uint8Array }),
  /** The tensor of `row` as fed to the network. */
  fed: z.object({
    shape: z.array(z.int()),
    values: float32Array,
    min: z.number(),
    mean: z.number(),
    max: z.number(),
  }),
  /** If samples are mixed: the share of each sample and of those before it in the batch, [mixed][samples]. */
  shares: z.array(float32Array).optional(),
  /** For a replay: its epoch and its step in the whole run, both from 1, and the number of batches per epoch. */
  batch: z.object({ epoch: z.int(), step: z.int(), batches: z.int() }).optional(),
  /** Titles of the steps, in the order of training and of evaluation. */
  order: z.object({ training: z.array(z.string()), evaluation: z.array(z.string()) }),
  /** Microseconds per sample for all transforms. */
  cost: z.number(),
})
export type AugmentPreview = z.infer<typeof previewSchema>

/** Index of the sample that is sent after every step. */
const row = z.int().min(0).default(0)

const inputSchema = dataInputSchema.extend({
  transforms: transformsSchema as unknown as z.ZodType<
    z.output<typeof transformsSchema>,
    z.output<typeof transformsSchema>
  >,
})

export const augment = {
  /**
   * Draws for the samples at `indices`, exactly as epoch `epoch` (from 1) of a run with this seed draws them.
   * Transforms are
   * not to be chosen by the test split, so its samples are refused.
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
  /** One sample at the ends of the range of one step: the worst case. */
  corners: procedure.input(inputSchema.extend({ index: z.int().min(0), step: z.int().min(0) })).output(previewSchema),
  /** A batch of a run, exactly as fed to its trainer. */
  replay: procedure
    .input(z.object({ run: runIdSchema, epoch: z.int().min(1), batch: z.int().min(1), row }))
    .output(previewSchema),
}
