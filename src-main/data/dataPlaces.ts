/**
 * Where the data of exported models is on this machine. A model describes its training data but not its location, since
 * the model may be shared. The location is kept here, keyed by the data's fingerprint.
 */
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { sourceSchema, type DataSource } from '#core/graph/dataSettings'
import { mapSourcePaths } from '#core/graph/sourcePaths'
import { sharedDataFolder } from '../machine/appFolders'
import { KeptFile } from '../disk/keptFile'

const placesSchema = z.record(z.string(), z.object({ source: sourceSchema, last: z.iso.datetime() }))
type Places = z.infer<typeof placesSchema>

/** Maximum number of datasets to remember; the least recently trained are dropped first. */
const MOST = 500

const places = () => new KeptFile<Places>(join(sharedDataFolder(), 'data-places.json'), placesSchema, {}, true)

/** Paths of the source are relative to `projectFolder`. A write failure is ignored, since nothing depends on it. */
export async function rememberPlace(fingerprint: string, source: DataSource, projectFolder: string): Promise<void> {
  const found = mapSourcePaths(source, (path) => resolve(projectFolder, path))
  const place = { source: found, last: new Date().toISOString() }
  await places()
    .change((all) => newest({ ...all, [fingerprint]: place }))
    .catch(() => undefined)
}

/** The source with absolute paths; undefined if no model of this data was exported here. */
export async function knownPlace(fingerprint: string): Promise<DataSource | undefined> {
  const all = await places()
    .read()
    .catch((): Places => ({}))
  return all[fingerprint]?.source
}

function newest(all: Places): Places {
  const entries = Object.entries(all)
  if (entries.length <= MOST) return all
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.last.localeCompare(a.last)).slice(0, MOST))
}
