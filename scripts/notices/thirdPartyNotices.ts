/** Plugins that write the notices of all third-party software in the app, for the package and for the help. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { noticeOf, type Notice } from './notice'
import { shippedPackages } from './shippedPackages'

const INTRODUCTION = `Layerloom contains the following third-party software.
The notices of Chromium, which Electron contains, lie beside the desktop app in LICENSES.chromium.html.`

/** `collect` belongs to every bundle, `write` to the one that is built last. */
export function thirdPartyNotices(root: string): { collect: Plugin; write: Plugin } {
  const folders = new Set(shippedPackages(root))
  return {
    collect: {
      name: 'collect-notices',
      generateBundle(_, bundle) {
        const modules = Object.values(bundle).flatMap((part) =>
          part.type === 'chunk' ? Object.keys(part.modules) : [],
        )
        for (const module of modules) {
          const folder = packageFolder(module)
          if (folder !== undefined) folders.add(folder)
        }
      },
    },
    write: {
      name: 'write-notices',
      writeBundle() {
        const texts = join(root, 'scripts', 'notices', 'texts')
        const notices = inOrder([...folders].map((folder) => noticeOf(folder, texts)))
        writeFileSync(join(root, 'out', 'THIRD-PARTY-NOTICES.txt'), asText(notices))
        writeFileSync(join(root, 'out', 'renderer', 'third-party-notices.json'), JSON.stringify(notices))
      },
    },
  }
}

/** `…/node_modules/@scope/name/file` → `…/node_modules/@scope/name`. */
function packageFolder(module: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replaceAll('\\', '/'))?.[1]
}

/** By name and version; a package that is installed twice in one version counts once. */
function inOrder(notices: readonly Notice[]): Notice[] {
  const byKey = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice)
}

function asText(notices: readonly Notice[]): string {
  const line = '='.repeat(80)
  const sections = notices.map(({ name, version, license, source, text }) => {
    const head = [`${name} ${version}`, license, ...(source === null ? [] : [source])]
    return `${line}\n${head.join('\n')}\n\n${text}\n`
  })
  return `${INTRODUCTION}\n\n${sections.join('\n')}`
}
