/** The data of a project: what is known about it, how it was prepared, and real samples. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import type { DataFacts, DataStatistics } from '../../data/facts'
import { thousandsMarks } from '../../data/missingWords'
import { splitNames } from '../../data/split'
import type { DataLook } from '../../data/look'
import {
  backgroundSchema,
  dataSchema,
  sourceSchema,
  type DataSettings,
  type DataSource,
} from '../../graph/dataSettings'
import type { Project } from '../../graph/project'
import { tasks } from '../../losses/task'
import { fileIdSchema } from './file'
import { float32Array, float64Array, int32Array, uint8Array } from './numbers'
import { nothing, problemsSchema, procedure } from './procedure'

const sourceInputSchema = sourceSchema as unknown as z.ZodType<DataSource, DataSource>

/** The part of a project that determines its data. */
export const dataInputSchema = z.object({
  data: dataSchema as unknown as z.ZodType<z.output<typeof dataSchema>, z.output<typeof dataSchema>>,
  task: z.enum(tasks),
  file: fileIdSchema.nullable(),
})

export type DataInput = z.infer<typeof dataInputSchema>

/** Made by the host from the data itself, which also checks its form. */
const made = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null)

/** A completed step: reading the source, then every pre-transform in order. */
const stepSchema = z.object({
  /** `read`, `decode`, or the kind of the pre-transform. */
  step: z.string(),
  /** Key of its cache entry; null if a later cached step covers it. */
  key: z.string().nullable(),
  bytes: z.number(),
  /** Whether it was already cached. */
  hit: z.boolean(),
  /** Shape of a sample after the step; null if samples differ in size. */
  shape: z.array(z.int()).nullable(),
})
export type DataStep = z.infer<typeof stepSchema>

/** For image files: how they are read, and whether there is a choice. */
const readingSchema = z.object({
  background: backgroundSchema,
  levels: z.tuple([z.int(), z.int()]).nullable(),
  /** Whether some have transparent parts, and whether some have 16 bits per channel. */
  isTransparent: z.boolean(),
  isDeep: z.boolean(),
})
export type FoundReading = z.infer<typeof readingSchema>

const inspectedSchema = z.object({
  facts: made<DataFacts>(),
  /** Shape of one sample as training reads it, after the pre-transforms and before the transforms. */
  shape: z.array(z.int()),
  /** Names of the columns after the pre-transforms, for tables. */
  columns: z.array(z.string()).nullable(),
  /** For every stored column, whether a missing cell can be used; null for images. */
  acceptsMissing: z.array(z.boolean()).nullable(),
  counts: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Splits that the source provides, whether used or not. */
  given: z.array(z.enum(splitNames)),
  reading: readingSchema.nullable(),
  /** Over the training split only. */
  statistics: made<DataStatistics>(),
  fingerprint: z.string(),
  steps: z.array(stepSchema),
  /** Display name of the source. */
  title: z.string(),
  /** Warnings. */
  notes: problemsSchema,
})
export type InspectedData = z.infer<typeof inspectedSchema>

const prepareEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    /** `read`, `decode`, `describe`, or the kind of a pre-transform. */
    step: z.string(),
    done: z.int(),
    /** Null if not known in advance. */
    total: z.int().nullable(),
    /** Null until it can be estimated. */
    secondsLeft: z.number().nullable(),
  }),
  z.object({ type: z.literal('done'), data: inspectedSchema }),
])
export type PrepareEvent = z.infer<typeof prepareEventSchema>

/** A sample as models take it, in its stored element type. */
export const rawSchema = z.union([uint8Array, float32Array, float64Array, int32Array])

const sampleSchema = z.object({
  /** Index in the whole dataset. */
  index: z.int(),
  raw: rawSchema,
  /** The class index, or the numbers in the data's unit. */
  target: z.array(z.number()),
  /** For texts, the text itself; long ones are truncated. */
  text: z.string().optional(),
})
export type DataSample = z.infer<typeof sampleSchema>

/** One sample after one step of its preparation. */
const stageSchema = z.object({
  step: z.string(),
  sample: z.discriminatedUnion('kind', [
    /** A picture at this step, [channels, height, width] as bytes. */
    z.object({
      kind: z.literal('image'),
      shape: z.array(z.int()),
      pixels: uint8Array,
      /** The original shape, if the picture is so large that a smaller version is sent. */
      full: z.array(z.int()).optional(),
    }),
    /** Cells by column: null if missing; for a category, its name. */
    z.object({
      kind: z.literal('row'),
      columns: z.array(z.string()),
      cells: z.array(z.union([z.number(), z.string(), z.null()])),
    }),
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('tokens'), tokens: z.array(z.string()), ids: z.array(z.int()).nullable() }),
    z.object({ kind: z.literal('numbers'), shape: z.array(z.int()), values: float32Array }),
  ]),
})
export type SampleStage = z.infer<typeof stageSchema>

const foundColumnSchema = z.object({
  name: z.string(),
  /** The guessed type. */
  type: z.enum(['numeric', 'categorical', 'text']),
  role: z.enum(['feature', 'label', 'split', 'ignored']),
  missing: z.int(),
  /** Distinct values, at most 1001. */
  values: z.int(),
  examples: z.array(z.string()),
})
export type FoundColumn = z.infer<typeof foundColumnSchema>

/** What a file or folder contains, and how a project would use it. Does not commit to anything. */
const proposalSchema = z.object({
  title: z.string(),
  /** The detected kind, e.g. `image-folder`; null if it cannot be read. */
  source: z.custom<DataSource>((value) => typeof value === 'object').nullable(),
  task: z.enum(tasks),
  /** Suitable pre-transforms. */
  preprocess: made<DataSettings['preprocess']>(),
  transforms: made<Project['transforms']>(),
  /** Number of samples, if it is known without reading everything. */
  count: z.int().nullable(),
  bytes: z.number(),
  classes: z.array(z.object({ name: z.string(), count: z.int() })).nullable(),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }).nullable(),
  /** For tables: the dialect, the columns and the first rows. */
  table: z
    .object({
      dialect: z
        .object({
          delimiter: z.string(),
          quote: z.string(),
          encoding: z.string(),
          header: z.boolean(),
          decimal: z.enum(['.', ',']),
          thousands: z.enum(thousandsMarks),
          comment: z.string(),
        })
        .nullable(),
      /** Words and numbers that mean a missing cell. */
      missing: z.array(z.string()),
      sentinels: z.array(z.number()),
      columns: z.array(foundColumnSchema),
      rows: z.array(z.array(z.string())),
    })
    .nullable(),
  reading: readingSchema.nullable(),
  /** For folders: the top-level folders, if they are or may be splits, each with its detected role. */
  folders: z.array(z.object({ name: z.string(), role: z.enum(['train', 'validation', 'test', 'ignored']) })).nullable(),
  /** Some of the images, small. */
  pictures: z.array(z.object({ shape: z.array(z.int()), pixels: uint8Array, label: z.string(), file: z.string() })),
  /** Some of the texts. */
  texts: z.array(z.object({ text: z.string(), label: z.string() })),
  /** Errors if it cannot be used as is, and warnings. */
  problems: problemsSchema,
})
export type DataProposal = z.infer<typeof proposalSchema>

const cacheSchema = z.object({
  folder: z.string(),
  limit: z.number(),
  bytes: z.number(),
  entries: z.array(
    z.object({
      key: z.string(),
      step: z.string(),
      source: z.string(),
      count: z.int(),
      bytes: z.number(),
      created: z.iso.datetime(),
      lastUsed: z.iso.datetime(),
    }),
  ),
  /** Since the host started. */
  hits: z.int(),
  builds: z.int(),
})
export type CacheReport = z.infer<typeof cacheSchema>

export const data = {
  /**
   * Reads the data, which may take long the first time: `prepare` reports the progress. Fails with the problems of the
   * data.
   */
  inspect: procedure.input(dataInputSchema).output(inspectedSchema),
  /** Prepares the data and reports progress; ends with `done`. Leaving the loop cancels the work. */
  prepare: procedure.input(dataInputSchema).output(eventIterator(prepareEventSchema)),
  /** Class balance, columns, duplicates and possible issues. Takes a moment on large data. */
  look: procedure.input(dataInputSchema).output(made<DataLook>()),
  /** Number of looks at the test set so far, from this window or anywhere else. */
  testLooks: procedure.input(dataInputSchema).output(z.object({ looks: z.int() })),
  /**
   * Samples of a split in order, from position `start`; only of one class if it is given. The test split is refused
   * until
   * `unsealTest` has counted the look.
   */
  samples: procedure
    .input(
      dataInputSchema.extend({
        split: z.enum(splitNames),
        start: z.int().min(0),
        count: z.int().min(1).max(256),
        label: z.int().min(0).optional(),
        /** Shuffles with this seed; without it, keeps their order. */
        shuffle: z.int().min(0).optional(),
      }),
    )
    .output(z.object({ total: z.int(), samples: z.array(sampleSchema) })),
  /**
   * One sample, by its index in the whole dataset, after every step of its preparation; refused in the same cases as
   * `samples`.
   */
  stages: procedure.input(dataInputSchema.extend({ index: z.int().min(0) })).output(z.array(stageSchema)),
  /** Counts one more look at the test set and unlocks its samples; returns the number of looks. */
  unsealTest: procedure.input(dataInputSchema).output(z.object({ looks: z.int() })),
  /**
   * What a chosen or dropped file or folder contains. `source` is that of an earlier proposal with the user's changes.
   */
  propose: procedure
    .input(z.object({ file: fileIdSchema, source: sourceInputSchema.optional() }))
    .output(proposalSchema),
  /** The path of a file or folder as stored in a project with this file: relative if it is below the same folder. */
  pathFor: procedure
    .input(z.object({ target: fileIdSchema, project: fileIdSchema.nullable() }))
    .output(z.object({ path: z.string() })),
  cache: procedure.input(nothing).output(cacheSchema),
  /** Removes entries by key, or all of them without keys; returns the bytes freed. */
  clearCache: procedure
    .input(z.object({ keys: z.array(z.string()).max(100_000).optional() }))
    .output(z.object({ freed: z.number() })),
  /** Sets the maximum size of the cache in bytes; persisted. */
  setCacheLimit: procedure.input(z.object({ bytes: z.number().min(1e6).max(1e15) })).output(nothing),
}
