/**
 * Ensures that a browser is available for the tests: finds Chrome, Chromium or Edge, else installs one. On failure it
 * exits
 * with 1 and the reason, so that window tests are never silently skipped. `npm test` runs it first.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { browserInstall, distributionOf } from '../test/renderer/support/browserInstall'
import { findBrowser } from '../test/renderer/support/findBrowser'

const RELEASE = '/etc/os-release'

process.exitCode = getBrowser()

function getBrowser(): number {
  const found = findBrowser()
  if (found !== undefined) return say(`Browser for the tests: ${found}`)
  if (process.env.CHROMIUM_PATH) return refuse(`there is nothing at CHROMIUM_PATH=${process.env.CHROMIUM_PATH}`)
  const steps = browserInstall({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    distribution: existsSync(RELEASE) ? distributionOf(readFileSync(RELEASE, 'utf8')) : undefined,
  })
  for (const { program, parameters } of steps) {
    const command = [program, ...parameters].join(' ')
    console.log(`No Chrome, Chromium or Edge here. Getting one: ${command}`)
    const { status, error } = spawnSync(program, parameters, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (status !== 0) return refuse(`${command} failed: ${error?.message ?? `code ${status}`}`)
  }
  const installed = findBrowser()
  return installed === undefined ? refuse('none is there after it was installed') : say(`Browser: ${installed}`)
}

function say(text: string): number {
  console.log(text)
  return 0
}

function refuse(reason: string): number {
  console.error(
    `The tests need Chrome, Chromium or Edge, and ${reason}.\nInstall one, or name its program in CHROMIUM_PATH, and run the tests again.`,
  )
  return 1
}
