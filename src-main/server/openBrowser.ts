/** Opens the user's browser on a link without exposing the link's code in the process list. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** True if there is a display to open a browser on. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'])
}

/** Resolves to false if no browser could be started; the user then has to open the link manually. */
export async function openBrowser(link: string): Promise<boolean> {
  const page = await redirectPage(link)
  const [command, ...parameters] = opener(page)
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}

/** A file readable only by its owner that redirects the browser; removed well after the link has been used. */
export async function redirectPage(link: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'layerloom-'))
  const page = join(folder, 'open.html')
  const target = JSON.stringify(link).replaceAll('<', '\\u003c')
  const content = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Layerloom</title><script>location.replace(${target})</script>\n`
  await writeFile(page, content, { mode: 0o600 })
  setTimeout(() => void rm(folder, { recursive: true, force: true }), 120_000).unref()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return page
}

function opener(page: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', page]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', page]
  return ['xdg-open', pathToFileURL(page).href]
}
