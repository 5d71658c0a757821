/** Locations of the app's own files and of the user's files. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { invariant } from '#core/base/assert'

/** The folder that contains package.json, resources and out; inside an asar archive in the packaged app. */
export interface AppRoot {
  readonly folder: string
  readonly version: string
}

/** Searches upwards from this module, which the bundler may have moved into a chunk folder. */
export function findAppRoot(): AppRoot {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version: string }
      if (name === 'layerloom') return { folder, version }
    }
    invariant(folder !== dirname(folder), 'package.json of the app not found')
  }
}

/** Data shared by the desktop app, browser mode and the command line, such as downloaded datasets. */
export function sharedDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform !== 'darwin' || environment['LAYERLOOM_HOME']) return browserDataFolder(environment, platform)
  return join(homedir(), 'Library', 'Application Support', 'Layerloom')
}

/**
 * Settings, autosaves and recent files of browser mode: `LAYERLOOM_HOME`, otherwise the platform's location for such
 * data.
 */
export function browserDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const chosen = environment['LAYERLOOM_HOME']
  if (chosen) return chosen
  const home = homedir()
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Layerloom')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Layerloom browser mode')
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'layerloom')
}
