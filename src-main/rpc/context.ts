/** The context of every handler: the parts of the host, and the calling window. */
import type { OpenDatasets } from '../data/openDatasets'
import type { CacheStore } from '../data/prepare/cacheStore'
import type { TestSeal } from '../data/testSeal'
import type { EngineHost } from '../engine/host/host'
import type { Autosaves } from '../project/autosaves'
import type { FileGrants } from '../disk/fileGrants'
import type { FolderBrowser } from '../project/folders'
import type { RecentFiles } from '../project/recentFiles'
import type { SettingsFile } from '../project/settingsFile'
import type { Templates } from '../project/templates'
import type { Uploads } from '../project/uploads'
import type { RunLibrary } from '../training/runLibrary'
import type { TrainingService } from '../training/trainingService'
import type { AppEvent } from '#core/rpc/contract/app'
import type { Activities } from '../desktop/activities'
import type { Broadcast } from './broadcast'
import type { Desktop } from '../desktop/desktop'

/** New namespaces declare here what their handlers need; host.ts creates it. */
export interface HostParts {
  readonly version: string
  readonly dataFolder: string
  readonly desktop: Desktop
  readonly files: FileGrants
  readonly folders: FolderBrowser
  readonly autosaves: Autosaves
  readonly recent: RecentFiles
  readonly settings: SettingsFile
  readonly templates: Templates
  readonly events: Broadcast<AppEvent>
  readonly activities: Activities
  readonly engine: EngineHost
  readonly cache: CacheStore
  readonly datasets: OpenDatasets
  readonly seal: TestSeal
  readonly uploads: Uploads
  readonly library: RunLibrary
  readonly trainer: TrainingService
}

export interface HandlerContext extends HostParts {
  /** Identifies the window's connection; nothing else is known about it. */
  readonly window: object
}
