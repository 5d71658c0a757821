/** Where prepared data is kept: it can be regenerated at any time, so it is separate from the user's own files. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** `LAYERLOOM_CACHE`, otherwise `cache` inside `LAYERLOOM_HOME`, otherwise the platform's cache location. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const chosen = environment['LAYERLOOM_CACHE']
  if (chosen) return chosen
  const home = environment['LAYERLOOM_HOME']
  if (home) return join(home, 'cache')
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Layerloom', 'Cache')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Layerloom')
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'layerloom')
}
