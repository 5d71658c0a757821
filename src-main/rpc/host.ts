/** The host: everything behind the contract, the same for the desktop app and browser mode. */
import { join } from 'node:path'
import type { AppEvent } from '#core/rpc/contract/app'
import type { RpcPort } from '#core/rpc/port'
import { OpenDatasets } from '../data/openDatasets'
import { ownFolders } from '../data/ownFolders'
import { CacheStore } from '../data/prepare/cacheStore'
import { limitReading } from '../data/readers/readingLimits'
import { TestSeal } from '../data/testSeal'
import { EngineHost } from '../engine/host/host'
import type { Launcher } from '../engine/host/launcher'
import { Autosaves } from '../project/autosaves'
import { FileGrants } from '../disk/fileGrants'
import { FolderBrowser } from '../project/folders'
import { RecentFiles } from '../project/recentFiles'
import { SettingsFile } from '../project/settingsFile'
import { Templates } from '../project/templates'
import { Uploads } from '../project/uploads'
import { RunLibrary } from '../training/runLibrary'
import { TrainingService } from '../training/trainingService'
import type { AppRoot } from '../machine/appFolders'
import { Activities } from '../desktop/activities'
import { Broadcast } from './broadcast'
import type { HostParts } from './context'
import type { Desktop } from '../desktop/desktop'
import { portServer } from './portServer'
import { router } from './router'

export interface HostOptions {
  readonly desktop: Desktop
  readonly root: AppRoot
  /** Location of settings, autosaves and recent files. */
  readonly dataFolder: string
  /** Data shared by the desktop app, browser mode and the command line; the data folder itself if they are the same. */
  readonly sharedFolder?: string
  /** Whether data may only be read from browsable folders, as in browser mode. */
  readonly limitsReading?: boolean
  /** How engine processes are started; by default as children of plain Node. */
  readonly launcher?: Launcher
}

export interface Host extends HostParts {
  /** Serves a window on its port until the port closes. */
  connect(port: RpcPort): void
  /** Makes a window open a project file named from outside. */
  openFile(path: string): void
  /** Stops everything that runs. */
  close(): Promise<void>
}

const serve = portServer(router)

export function createHost(options: HostOptions): Host {
  const { desktop, root, dataFolder, sharedFolder = dataFolder, limitsReading = false, launcher } = options
  const files = new FileGrants()
  const events = new Broadcast<AppEvent>({ retain: 16 })
  const activities = new Activities(desktop, (notice) => {
    if (!desktop.notify(notice)) events.publish({ type: 'notification', ...notice })
  })
  const engine = new EngineHost(launcher)
  const library = new RunLibrary(join(dataFolder, 'runs'))
  const cache = new CacheStore()
  const seal = new TestSeal(sharedFolder)
  const uploads = new Uploads(dataFolder)
  const limitTo = (places: readonly string[]): void => limitReading({ places, own: ownFolders(uploads.folder) })
  if (limitsReading) limitTo([])
  const parts: HostParts = {
    version: root.version,
    dataFolder,
    desktop,
    files,
    folders: new FolderBrowser(files, limitsReading ? limitTo : undefined),
    autosaves: new Autosaves(dataFolder),
    recent: new RecentFiles(dataFolder),
    settings: new SettingsFile(dataFolder),
    templates: new Templates(join(root.folder, 'resources', 'projects')),
    events,
    activities,
    engine,
    cache,
    datasets: new OpenDatasets(cache),
    seal,
    uploads,
    library,
    trainer: new TrainingService(engine, library, activities),
  }
  // A failure to clean up old trash or leftovers must not prevent the start.
  for (const cleaning of [library.emptyTrash(), uploads.sweep()])
    cleaning.catch((error: unknown) => console.warn(String(error)))
  return {
    ...parts,
    connect(port) {
      const window = {}
      port.onClose(() => {
        parts.autosaves.release(window)
        void uploads.release(window)
      })
      serve(port, { ...parts, window })
    },
    openFile: (path) => events.publish({ type: 'openFile', file: files.file(path) }),
    async close() {
      await activities.stopAll()
      engine.close()
      if (limitsReading) limitReading(undefined)
    },
  }
}
