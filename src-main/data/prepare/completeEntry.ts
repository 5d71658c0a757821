/**
 * Cache entries with skipped unreadable files. A file may be unreadable only temporarily: another program is writing
 * it, a network drive fails, too many files are open. So skipped files are retried before the entry is used, now and on
 * every later hit, and if one can be read by then, everything is read again.
 */
import { cacheKey, type Built, type CacheStore } from './cacheStore'
import type { Entry } from './entry'
import type { EntryWriter } from './entryWriter'

/** Maximum retries: if files are readable only every other time, something else is wrong. */
const ATTEMPTS = 8

/**
 * Like `findOrBuild`, but uses another key if `canReadMore` reports that a skipped file can now be read: a run may
 * still be reading the old entry.
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
