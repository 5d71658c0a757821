/** The data of a project: where it comes from, how it is split, and what is done with it once. Paths are relative to the project file. */
import { z } from 'zod'
import { thousandsMarks } from '../data/missingWords'
import { choiceSchema } from './choice'

/** Role of a table column; columns that are not listed are guessed from their content. */
export const columnSchema = z.object({
  name: z.string().min(1),
  role: z.enum(['feature', 'label', 'split', 'ignored']).default('feature'),
  type: z.enum(['numeric', 'categorical', 'text']).optional(),
})
export type ColumnSettings = z.infer<typeof columnSchema>

/** Data sets that come with the program. */
export const embeddedNames = ['mnist', 'penguins', 'cars', 'spam', 'stocks'] as const
/** Data sets that are downloaded once, after the person has asked for it. */
export const downloadNames = ['fashion-mnist', 'kmnist', 'cifar10'] as const
export type DownloadName = (typeof downloadNames)[number]

/** How a text table is written; whatever is left out is found out from the file. */
const dialectSchema = {
  /** A blank stands for any run of blanks and tabs. */
  delimiter: z.string().length(1).optional(),
  quote: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030', 'shift_jis', 'euc-kr']).optional(),
  /** Whether the first row names the columns. */
  header: z.boolean().optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** The mark between thousands; empty for none, a blank for every kind of space. */
  thousands: z.enum(thousandsMarks).optional(),
  /** Lines that begin with it are no rows; empty for none. */
  comment: z.string().max(1).optional(),
  /** Words for a missing cell, in any case of their letters. What is left out here is a value like any other. */
  missing: z.array(z.string().max(100)).max(100).optional(),
  /** Numbers that stand for a missing cell, such as -999. */
  sentinels: z.array(z.number()).max(100).optional(),
}

export const backgroundSchema = z.enum(['black', 'white', 'grey'])
/** The lower one first. */
export const levelsSchema = z
  .tuple([z.int().min(0).max(65535), z.int().min(0).max(65535)])
  .refine(([low, high]) => low < high)

/** How image files are read; whatever is left out is found out from the files for training. */
const readingSchema = {
  /** What lies behind transparent parts. */
  background: backgroundSchema.optional(),
  /** Of images with 16 bits a channel: the values that become 0 and 255. */
  levels: levelsSchema.optional(),
}

/** What the folders of the first level are for, by name; where it is empty they are the classes, where it is absent it is found out. */
const foldersSchema = z.record(z.string(), z.enum(['train', 'validation', 'test', 'ignored']))

export const sourceSchema = z.discriminatedUnion('kind', [
  /** No data has been chosen yet. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('builtin'), name: z.enum([...embeddedNames, ...downloadNames]) }),
  z.object({
    kind: z.literal('idx'),
    trainImages: z.string(),
    trainLabels: z.string(),
    testImages: z.string().optional(),
    testLabels: z.string().optional(),
    classes: z.array(z.string()).optional(),
  }),
  z.object({
    /** CSV, TSV and other delimited text, or Parquet; the file itself says which. */
    kind: z.literal('table'),
    path: z.string(),
    label: z.string(),
    columns: z.array(columnSchema).default([]),
    ...dialectSchema,
  }),
  z.object({
    /** A folder with one folder per class, below an optional level of train, validation (or val) and test. */
    kind: z.literal('image-folder'),
    path: z.string(),
    folders: foldersSchema.optional(),
    ...readingSchema,
  }),
  z.object({
    /** A table with a column of image paths, relative to the table, and a column of labels. */
    kind: z.literal('image-list'),
    path: z.string(),
    image: z.string(),
    label: z.string(),
    /** Column with `train`, `validation` or `test`. */
    split: z.string().optional(),
    ...dialectSchema,
    ...readingSchema,
  }),
  z.object({
    /** NumPy arrays. In an .npz file an array is named behind `#`: `digits.npz#x_train`. */
    kind: z.literal('arrays'),
    samples: z.string(),
    labels: z.string(),
    testSamples: z.string().optional(),
    testLabels: z.string().optional(),
    classes: z.array(z.string()).optional(),
  }),
  z.object({
    /** A folder with one folder of text files per class, below an optional level of train, validation (or val) and test. */
    kind: z.literal('text-folder'),
    path: z.string(),
    folders: foldersSchema.optional(),
  }),
])
export type DataSource = z.infer<typeof sourceSchema>
export type SourceOf<Kind extends DataSource['kind']> = Extract<DataSource, { kind: Kind }>

export const dataSchema = z.object({
  source: sourceSchema,
  split: z
    .object({
      validation: z.number().min(0).lt(1).default(0.1),
      /** Share for the test set; ignored where the source brings its own. */
      test: z.number().min(0).lt(1).default(0),
      stratify: z.boolean().default(true),
      seed: z.number().int().min(0).default(0),
      /** Keeps the splits that folders or a column give; a split that they do not have is drawn by its share. */
      given: z.boolean().default(true),
    })
    .prefault({}),
  /** Pre-transforms, in order: done once and kept on disk. Every fitted number comes from the training split. */
  preprocess: z.array(choiceSchema).max(200).default([]),
})
export type DataSettings = z.infer<typeof dataSchema>
