/** The data of a project: what is known of it, what it looks like, what was done with it once, and real samples. */
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

/** The part of a project that decides its data. */
export const dataInputSchema = z.object({
  data: dataSchema as unknown as z.ZodType<z.output<typeof dataSchema>, z.output<typeof dataSchema>>,
  task: z.enum(tasks),
  file: fileIdSchema.nullable(),
})

export type DataInput = z.infer<typeof dataInputSchema>

/** Made by the host from the data itself; its form is checked there. */
const made = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null)

/** A step as it was done: reading the source, then every pre-transform in order. */
const stepSchema = z.object({
  /** `read`, `decode`, or the kind of the pre-transform. */
  step: z.string(),
  /** Key of its cache entry; null where the next step that is kept does its work as well. */
  key: z.string().nullable(),
  bytes: z.number(),
  /** Whether it was there already. */
  hit: z.boolean(),
  /** Shape of a sample after it; null where samples differ in size. */
  shape: z.array(z.int()).nullable(),
})
export type DataStep = z.infer<typeof stepSchema>

/** Of image files: how they are read, and whether there is a choice. */
const readingSchema = z.object({
  background: backgroundSchema,
  levels: z.tuple([z.int(), z.int()]).nullable(),
  /** Whether some have transparent parts, and whether some have 16 bits a channel. */
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
  /** By stored column: whether a missing cell can be used; null for images. */
  acceptsMissing: z.array(z.boolean()).nullable(),
  counts: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Splits that the source itself gives, whether they are kept or not. */
  given: z.array(z.enum(splitNames)),
  reading: readingSchema.nullable(),
  /** Over the training split alone. */
  statistics: made<DataStatistics>(),
  fingerprint: z.string(),
  steps: z.array(stepSchema),
  /** Name of the source, for people. */
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
    /** Null where it is not known before. */
    total: z.int().nullable(),
    /** Null until it can be told. */
    secondsLeft: z.number().nullable(),
  }),
  z.object({ type: z.literal('done'), data: inspectedSchema }),
])
export type PrepareEvent = z.infer<typeof prepareEventSchema>

/** A sample as models take it, in its stored element type. */
export const rawSchema = z.union([uint8Array, float32Array, float64Array, int32Array])

const sampleSchema = z.object({
  /** Among all samples of the data set. */
  index: z.int(),
  raw: rawSchema,
  /** The class code, or the numbers in the data's unit. */
  target: z.array(z.number()),
  /** The text itself, of texts; long ones are cut. */
  text: z.string().optional(),
})
export type DataSample = z.infer<typeof sampleSchema>

/** One sample after one step of its preparation. */
const stageSchema = z.object({
  step: z.string(),
  sample: z.discriminatedUnion('kind', [
    /** A picture as it is at this step, [channels, height, width] of bytes. */
    z.object({
      kind: z.literal('image'),
      shape: z.array(z.int()),
      pixels: uint8Array,
      /** Its own shape, where it is so large that a smaller picture of it is sent. */
      full: z.array(z.int()).optional(),
    }),
    /** Cells by column; a missing one is null, a category is its name. */
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
  /** The type that is guessed. */
  type: z.enum(['numeric', 'categorical', 'text']),
  role: z.enum(['feature', 'label', 'split', 'ignored']),
  missing: z.int(),
  /** Different values, at most 1001. */
  values: z.int(),
  examples: z.array(z.string()),
})
export type FoundColumn = z.infer<typeof foundColumnSchema>

/** What a file or folder holds, and how a project would use it. Nothing is committed by it. */
const proposalSchema = z.object({
  title: z.string(),
  /** What it was taken for, e.g. `image-folder`; null where it is nothing that can be read. */
  source: z.custom<DataSource>((value) => typeof value === 'object').nullable(),
  task: z.enum(tasks),
  /** Pre-transforms that suit it. */
  preprocess: made<DataSettings['preprocess']>(),
  transforms: made<Project['transforms']>(),
  /** Samples, where they are counted without reading everything. */
  count: z.int().nullable(),
  bytes: z.number(),
  classes: z.array(z.object({ name: z.string(), count: z.int() })).nullable(),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }).nullable(),
  /** Of tables: how the file is written, its columns and first rows. */
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
      /** Words and numbers that stand for a missing cell. */
      missing: z.array(z.string()),
      sentinels: z.array(z.number()),
      columns: z.array(foundColumnSchema),
      rows: z.array(z.array(z.string())),
    })
    .nullable(),
  reading: readingSchema.nullable(),
  /** Of folders: those of the first level, where they are or may be splits, with what each is taken for. */
  folders: z.array(z.object({ name: z.string(), role: z.enum(['train', 'validation', 'test', 'ignored']) })).nullable(),
  /** Some of the images, small. */
  pictures: z.array(z.object({ shape: z.array(z.int()), pixels: uint8Array, label: z.string(), file: z.string() })),
  /** Some of the texts. */
  texts: z.array(z.object({ text: z.string(), label: z.string() })),
  /** Errors where it cannot be used as it is, and warnings. */
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
  /** Since the host was started. */
  hits: z.int(),
  builds: z.int(),
})
export type CacheReport = z.infer<typeof cacheSchema>

export const data = {
  /** Reads the data, which may take long the first time: `prepare` tells how far it is. Fails with the problems of the data. */
  inspect: procedure.input(dataInputSchema).output(inspectedSchema),
  /** Prepares the data and tells how far it is; ends with `done`. Leaving the loop gives the work up. */
  prepare: procedure.input(dataInputSchema).output(eventIterator(prepareEventSchema)),
  /** Balance, columns, duplicates and what looks wrong. Takes a moment on large data. */
  look: procedure.input(dataInputSchema).output(made<DataLook>()),
  /** How often the test set was looked at up to now, by this window or anybody else. */
  testLooks: procedure.input(dataInputSchema).output(z.object({ looks: z.int() })),
  /**
   * Samples of a split in its order, from position `start`; of one class where it is given. The test split is refused until
   * `unsealTest` has counted the look.
   */
  samples: procedure
    .input(
      dataInputSchema.extend({
        split: z.enum(splitNames),
        start: z.int().min(0),
        count: z.int().min(1).max(256),
        label: z.int().min(0).optional(),
        /** Shuffles by this seed; in their order without it. */
        shuffle: z.int().min(0).optional(),
      }),
    )
    .output(z.object({ total: z.int(), samples: z.array(sampleSchema) })),
  /** One sample, by its index in the whole set, after every step of its preparation; refused as `samples` is. */
  stages: procedure.input(dataInputSchema.extend({ index: z.int().min(0) })).output(z.array(stageSchema)),
  /** Counts one more look at the test set, and allows to see its samples; how often it was looked at. */
  unsealTest: procedure.input(dataInputSchema).output(z.object({ looks: z.int() })),
  /** What a chosen or dropped file or folder holds. `source` is that of an earlier proposal with what the person has changed of it. */
  propose: procedure
    .input(z.object({ file: fileIdSchema, source: sourceInputSchema.optional() }))
    .output(proposalSchema),
  /** The path of a file or folder as a project with this file stores it: relative where it lies beside it. */
  pathFor: procedure
    .input(z.object({ target: fileIdSchema, project: fileIdSchema.nullable() }))
    .output(z.object({ path: z.string() })),
  cache: procedure.input(nothing).output(cacheSchema),
  /** Removes entries by key, all of them without keys; bytes that became free. */
  clearCache: procedure
    .input(z.object({ keys: z.array(z.string()).max(100_000).optional() }))
    .output(z.object({ freed: z.number() })),
  /** Bytes that the cache may grow to; kept. */
  setCacheLimit: procedure.input(z.object({ bytes: z.number().min(1e6).max(1e15) })).output(nothing),
}
