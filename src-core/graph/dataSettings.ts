/** The data of a project: its source, its splits, and its pre-transforms. Paths are relative to the project file. */
import { z } from 'zod'
import { thousandsMarks } from '../data/missingWords'
import { choiceSchema } from './choice'

/** Role of a table column; unlisted columns are inferred from their content. */
export const columnSchema = z.object({
  name: z.string().min(1),
  role: z.enum(['feature', 'label', 'split', 'ignored']).default('feature'),
  type: z.enum(['numeric', 'categorical', 'text']).optional(),
})
export type ColumnSettings = z.infer<typeof columnSchema>

/** Datasets bundled with the app. */
export const embeddedNames = ['mnist', 'penguins', 'cars', 'spam', 'stocks'] as const
/** Datasets downloaded once, at the user's request. */
export const downloadNames = ['fashion-mnist', 'kmnist', 'cifar10'] as const
export type DownloadName = (typeof downloadNames)[number]

/** The dialect of a text table; omitted parts are detected from the file. */
const dialectSchema = {
  /** A blank stands for any run of spaces and tabs. */
  delimiter: z.string().length(1).optional(),
  quote: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030', 'shift_jis', 'euc-kr']).optional(),
  /** Whether the first row names the columns. */
  header: z.boolean().optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** The thousands separator; empty for none, a blank for every kind of space. */
  thousands: z.enum(thousandsMarks).optional(),
  /** Lines that start with it are comments; empty for none. */
  comment: z.string().max(1).optional(),
  /** Words for a missing cell, case-insensitive. Words not listed here are ordinary values. */
  missing: z.array(z.string().max(100)).max(100).optional(),
  /** Numbers that mean a missing cell, such as -999. */
  sentinels: z.array(z.number()).max(100).optional(),
}

export const backgroundSchema = z.enum(['black', 'white', 'grey'])
/** The lower one first. */
export const levelsSchema = z
  .tuple([z.int().min(0).max(65535), z.int().min(0).max(65535)])
  .refine(([low, high]) => low < high)

/** How image files are read; omitted parts are detected from the training files. */
const readingSchema = {
  /** Background of transparent parts. */
  background: backgroundSchema.optional(),
  /** For images with 16 bits per channel: the values mapped to 0 and 255. */
  levels: levelsSchema.optional(),
}

/** Roles of the first-level folders, by name; if empty, they are the classes; if absent, they are detected. */
const foldersSchema = z.record(z.string(), z.enum(['train', 'validation', 'test', 'ignored']))

export const sourceSchema = z.discriminatedUnion('kind', [
  /** No data has been selected yet. */
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
    /** CSV, TSV and other delimited text, or Parquet; determined by the file itself. */
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
    /** NumPy arrays. In an .npz file, `#` is followed by the array name: `digits.npz#x_train`. */
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
      /** Share for the test set; ignored if the source supplies one. */
      test: z.number().min(0).lt(1).default(0),
      stratify: z.boolean().default(true),
      seed: z.number().int().min(0).default(0),
      /** Keeps the splits supplied by folders or a column; a missing split is drawn by its share. */
      given: z.boolean().default(true),
    })
    .prefault({}),
  /** Pre-transforms, in order: run once and kept on disk. All fitted numbers come from the training split. */
  preprocess: z.array(choiceSchema).max(200).default([]),
})
export type DataSettings = z.infer<typeof dataSchema>
