/** What every preparation is given beside the data. */
import type { CacheStore } from './cacheStore'
import type { Work } from './work'

export interface PrepareContext {
  readonly cache: CacheStore
  readonly work: Work
  /** Name of the source, for people. */
  readonly title: string
}
