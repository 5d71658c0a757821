/** A browser for the tests: found if installed, otherwise installed, and never silently missing. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browserInstall, distributionOf } from '../renderer/support/browserInstall'
import { browserPaths, findBrowser } from '../renderer/support/findBrowser'

const root = resolve(import.meta.dirname, '../..')

function run(env: Readonly<Record<string, string>>): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/get-browser.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, text: stdout + stderr }
}

describe('a browser for the tests', () => {
  it('is searched where each system installs it, and finally where playwright does', () => {
    expect(browserPaths({}, 'linux').slice(0, 3)).toEqual([
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
    ])
    expect(browserPaths({}, 'darwin')[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    const onWindows = browserPaths({ PROGRAMFILES: 'C:\\Program Files' }, 'win32')
    expect(onWindows.filter((path) => /msedge\.exe$/.test(path))).toHaveLength(1)
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(browserPaths({}, platform).at(-1)).toMatch(/playwright/)
    expect(browserPaths({ CHROMIUM_PATH: '/mine' }, 'linux')).toEqual(['/mine'])
  })

  it('is found here, and the script reports where', () => {
    const found = findBrowser()
    expect(found !== undefined && existsSync(found)).toBe(true)
    expect(run({})).toEqual({ status: 0, text: `Browser for the tests: ${found}\n` })
  })

  it('is not replaced by another one if the named one is missing: that is an error', () => {
    const { status, text } = run({ CHROMIUM_PATH: '/nowhere/chrome' })
    expect(status).toBe(1)
    expect(text).toContain('there is nothing at CHROMIUM_PATH=/nowhere/chrome')
  })

  it("comes from Debian's packages for root, and otherwise from playwright", () => {
    const commands = (...system: Parameters<typeof browserInstall>) =>
      browserInstall(...system).map(({ program, parameters }) => [program, ...parameters].join(' '))
    expect(commands({ platform: 'linux', isRoot: true, distribution: 'debian' })).toEqual([
      'apt-get update -q',
      'apt-get install -y -q --no-install-recommends chromium',
    ])
    const [asRoot, ...others] = commands({ platform: 'linux', isRoot: true, distribution: 'ubuntu' })
    expect(asRoot).toMatch(/playwright-core.cli\.js install --with-deps chromium$/)
    expect(others).toEqual([])
    expect(commands({ platform: 'linux', isRoot: false, distribution: 'debian' })[0]).toMatch(/ install chromium$/)
    expect(commands({ platform: 'darwin', isRoot: false, distribution: undefined })[0]).toMatch(/ install chromium$/)
    const [step] = browserInstall({ platform: 'darwin', isRoot: false, distribution: undefined })
    expect(existsSync(step!.parameters[0]!)).toBe(true)
  })

  it('detects the distribution from the os-release format specified by systemd', () => {
    expect(distributionOf('PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n')).toBe('debian')
    expect(distributionOf('NAME="openSUSE Leap"\nID="opensuse-leap"\nID_LIKE="suse"\n')).toBe('opensuse-leap')
    expect(distributionOf('ID_LIKE=debian\n')).toBeUndefined()
  })
})
