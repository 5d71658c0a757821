/** Datasets that are downloaded once, on request. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { downloadNames } from '../../graph/dataSettings'
import { nothing, procedure } from './procedure'

const nameSchema = z.enum(downloadNames)

const setSchema = z.object({
  name: nameSchema,
  title: z.string(),
  doc: z.object({ en: z.string(), zh: z.string() }),
  licence: z.string(),
  attribution: z.string(),
  page: z.string(),
  bytes: z.number(),
  state: z.enum(['absent', 'partial', 'complete']),
  /** Bytes already downloaded of a partial one. */
  there: z.number(),
})
export type DownloadableData = z.infer<typeof setSchema>

const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    bytes: z.number(),
    total: z.number(),
    bytesPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
    /** Host of the download. */
    mirror: z.string(),
  }),
  z.object({ type: z.literal('done') }),
])
export type DownloadEvent = z.infer<typeof eventSchema>

export const download = {
  list: procedure.input(nothing).output(z.array(setSchema)),
  /**
   * Downloads a dataset and reports progress; ends with `done`. Leaving the loop stops it and keeps the partial
   * download.
   */
  start: procedure.input(z.object({ name: nameSchema })).output(eventIterator(eventSchema)),
  remove: procedure.input(z.object({ name: nameSchema })).output(nothing),
}
