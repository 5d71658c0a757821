/** Starts the installed Chromium for the tests of the interface. */
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
]

export async function openChromium(): Promise<Browser> {
  const executablePath = candidates.find((candidate) => candidate !== undefined && existsSync(candidate))
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--force-color-profile=srgb',
  ]
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // Without a known path, playwright looks for its own browser and says how to get one.
  return chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: [...flags, ...asRoot] })
}
