/** Where prepared data is kept: it can be made again at any time, so it has a place of its own, away from what people made. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** `LAYERLOOM_CACHE`, else `cache` inside `LAYERLOOM_HOME`, else the platform's place for caches. */
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
