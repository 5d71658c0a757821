/**
 * How to get a browser for the tests if none is installed: from the system's packages as root on Debian, else from
 * playwright.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface System {
  readonly platform: NodeJS.Platform
  readonly isRoot: boolean
  /** `ID` of /etc/os-release. */
  readonly distribution: string | undefined
}

export interface Step {
  readonly program: string
  readonly parameters: readonly string[]
}

/** Steps to run in sequence; the first failure ends them. */
export function browserInstall({ platform, isRoot, distribution }: System): readonly Step[] {
  if (platform === 'linux' && isRoot && distribution === 'debian')
    return [
      { program: 'apt-get', parameters: ['update', '-q'] },
      { program: 'apt-get', parameters: ['install', '-y', '-q', '--no-install-recommends', 'chromium'] },
    ]
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  // The libraries missing on a bare Linux are packages too, which only root may install.
  const libraries = platform === 'linux' && isRoot ? ['--with-deps'] : []
  return [{ program: process.execPath, parameters: [playwright, 'install', ...libraries, 'chromium'] }]
}

/** `ID` in the text of /etc/os-release. */
export function distributionOf(release: string): string | undefined {
  return /^ID="?([\w.-]+)"?$/m.exec(release)?.[1]
}
