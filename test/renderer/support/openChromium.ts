/** Starts the installed Chromium for the tests of the interface. */
import { chromium, type Browser } from 'playwright-core'
import { findBrowser, HOW_TO_GET } from './findBrowser'

/** Timeout in milliseconds for an action of a page, even on a busy machine; for `setDefaultTimeout`. */
export const PATIENCE = 120_000

/**
 * The pages that Chromium's address bar loads for every window, hundreds of scripts each, cost more than most of our
 * pages.
 * Setting features replaces Playwright's list, which is therefore repeated below.
 */
const UNUSED_FEATURES = [
  // The address bar's.
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  // Playwright's.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
]

export async function openChromium(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error(HOW_TO_GET)
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--force-color-profile=srgb',
    `--disable-features=${UNUSED_FEATURES.join()}`,
  ]
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...flags, ...asRoot] })
}
