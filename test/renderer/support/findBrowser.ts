/** Locates a browser that the tests can drive: Chrome, Chromium or Edge, or the one that playwright installs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export const HOW_TO_GET =
  'The tests need Chrome, Chromium or Edge. `npx tsx scripts/get-browser.ts` gets one (`npm test` does so by itself); CHROMIUM_PATH names one elsewhere.'

const onLinux = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/usr/bin/microsoft-edge-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
]

const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

function onWindows(env: NodeJS.ProcessEnv): string[] {
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined)
  const programs = [
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ]
  return roots.flatMap((root) => programs.map((program) => join(root, program)))
}

/** In order of preference; only `CHROMIUM_PATH` if it is set, so that a wrong one is noticed. */
export function browserPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  if (env.CHROMIUM_PATH) return [env.CHROMIUM_PATH]
  const installed = platform === 'win32' ? onWindows(env) : platform === 'darwin' ? onMac : onLinux
  return [...installed, chromium.executablePath()]
}

export function findBrowser(): string | undefined {
  return browserPaths(process.env, process.platform).find((path) => existsSync(path))
}
