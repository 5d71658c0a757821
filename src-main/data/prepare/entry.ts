/**
 * One cache entry: a folder named by its key, with `entry.json` and plain binary files of records that are read by
 * slice. It is written under a temporary name and renamed when complete, so that an incomplete one is never used.
 */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

export const ENTRY_VERSION = 1
const ENTRY_FILE = 'entry.json'

const size = z
  .int()
  .min(0)
  .max(2 ** 40)

const entrySchema = z.object({
  version: z.literal(ENTRY_VERSION),
  /** What created it: the kind of the pre-transform, or `read`. */
  step: z.string().max(100),
  /** Display name of the source. */
  source: z.string().max(1000),
  created: z.iso.datetime(),
  /** Number of samples. */
  count: size,
  /** SHA-256 over the files, in hexadecimal. */
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  /** Bytes of every file besides entry.json, by name. */
  files: z.record(z.string().regex(/^[\w.-]+$/), size),
  /** Metadata from the entry's builder; validated by its reader. */
  details: z.unknown(),
})
export type EntryRecord = z.infer<typeof entrySchema>

export interface Entry extends EntryRecord {
  readonly key: string
  readonly folder: string
  /** Total bytes of all files. */
  readonly bytes: number
}

export function filePath({ folder }: Pick<Entry, 'folder'>, name: string): string {
  return join(folder, name)
}

export const formatEntry = (entry: EntryRecord): string => `${JSON.stringify(entry, null, 2)}\n`
export const entryFile = (folder: string): string => join(folder, ENTRY_FILE)

/** The entry in `folder`; undefined if there is none, or if it is incomplete. */
export async function readEntry(folder: string, key: string): Promise<Entry | undefined> {
  try {
    const text = await readFile(entryFile(folder), 'utf8')
    const record = entrySchema.parse(JSON.parse(text))
    let bytes = text.length
    for (const [name, expected] of Object.entries(record.files)) {
      const info = await stat(join(folder, name))
      if (!info.isFile() || info.size !== expected) return undefined
      bytes += expected
    }
    return { ...record, key, folder, bytes }
  } catch {
    return undefined
  }
}
