/** Starts the installed Chromium for the tests of the interface. */
import { chromium, type Browser } from 'playwright-core'
import { findBrowser, HOW_TO_GET } from './findBrowser'

/** Milliseconds that a page may take for what is asked of it, on a machine with other work too; for `setDefaultTimeout`. */
export const PATIENCE = 120_000

/**
 * The pages that Chromium's address bar loads for every window, hundreds of scripts each, cost more than most pages of ours.
 * Naming features replaces the list that Playwright gives, so that one follows.
 */
const UNUSED_FEATURES = [
  // Of the address bar.
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  // Of Playwright.
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
