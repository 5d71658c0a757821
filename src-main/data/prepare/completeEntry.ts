/**
 * Entries of the cache that leave out files which could not be read. A file may be unreadable for a moment only: another program
 * writes it, a network drive stumbles, too many files are open. So what was left out is tried once more before the entry is
 * used, now and whenever it is found again, and where one can be read by then, all is read anew.
 */
import { cacheKey, type Built, type CacheStore } from './cacheStore'
import type { Entry } from './entry'
import type { EntryWriter } from './entryWriter'

/** With files that can be read every other time, something else is wrong. */
const ATTEMPTS = 8

/**
 * As `findOrBuild`, under other keys where `canReadMore` says that a file which the entry leaves out can be read by now: a run
 * may still read the entry that was.
 */
export async function findComplete(
  cache: CacheStore,
  key: string,
  build: (writer: EntryWriter) => Promise<Built>,
  canReadMore: (entry: Entry) => Promise<boolean>,
): Promise<{ entry: Entry; hit: boolean }> {
  for (let attempt = 0; ; attempt++) {
    const found = await cache.findOrBuild(attempt === 0 ? key : cacheKey(key, attempt), build)
    if (attempt === ATTEMPTS || !(await canReadMore(found.entry))) return found
  }
}
