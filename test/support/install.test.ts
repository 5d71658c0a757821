/** What `npm install` may run and download. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly link?: boolean }>>
}

const root = resolve(import.meta.dirname, '../..')
const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T
const { packages } = read<Lockfile>('package-lock.json')

describe('npm install', () => {
  it('has a decision on the install script of every package that has one', () => {
    const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>('package.json')
    const withScripts = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.split('node_modules/').at(-1))
    expect([...new Set(withScripts)].sort()).toEqual(Object.keys(allowScripts).sort())
  })

  it('uses settings that every version of npm knows', () => {
    const settings = readFileSync(join(root, '.npmrc'), 'utf8').trim().split('\n')
    expect(settings.map((line) => line.split('=')[0])).toEqual(['fund', 'audit'])
  })

  it('downloads no CUDA libraries unless they are asked for', () => {
    expect(packages['node_modules/global-agent']?.link).toBe(true)
    const outcome = (wish: Record<string, string>) =>
      spawnSync(process.execPath, ['-e', "require('./scripts/no-download').bootstrap(); console.log('downloads')"], {
        cwd: root,
        env: wish,
        encoding: 'utf8',
      }).stdout.trim()
    expect(outcome({})).toBe('')
    expect(outcome({ ONNXRUNTIME_NODE_INSTALL: 'cuda12' })).toBe('downloads')
  })
})
