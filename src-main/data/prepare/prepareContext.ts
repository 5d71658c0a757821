/** The context of every preparation, besides the data. */
import type { CacheStore } from './cacheStore'
import type { Work } from './work'

export interface PrepareContext {
  readonly cache: CacheStore
  readonly work: Work
  /** Display name of the source. */
  readonly title: string
}
