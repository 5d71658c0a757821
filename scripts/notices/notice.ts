/** The notice of a package: what its license asks those who ship it to pass on. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Notice {
  readonly name: string
  readonly version: string
  /** SPDX expression. */
  readonly license: string
  /** Where the source code is published. */
  readonly source: string | null
  /** License texts and notices, one after the other. */
  readonly text: string
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name: string }
  readonly repository?: string | { readonly url: string }
  readonly homepage?: string
}

interface Addition {
  readonly packages: RegExp
  /** Files of the package that hold more than its license. */
  readonly files?: readonly string[]
  /** Files beside this one that packages leave out of their archives. */
  readonly texts?: readonly string[]
  readonly holder?: string
}

const noticeFile = /^(licen[cs]es?|copying|notice|third.?party.?notices)([.-].*)?(?<!\.[cm]?[jt]s)$/i
const separator = `\n\n${'-'.repeat(80)}\n\n`

const additions: readonly Addition[] = [
  { packages: /^onnxruntime-/, holder: 'Microsoft Corporation' },
  { packages: /^@bufbuild\/protobuf$/, holder: '2021-2026 Buf Technologies, Inc.; 2008 Google Inc.' },
  { packages: /^onnxruntime-node$/, texts: ['onnxruntime-ThirdPartyNotices.txt'] },
  {
    // Its page lists the libraries inside with their licenses; most are under the LGPL, which builds on the GPL.
    packages: /^@img\/sharp-libvips-/,
    files: ['README.md', 'versions.json'],
    texts: ['LGPL-3.0.txt', 'GPL-3.0.txt'],
  },
]

/**
 * @param folder of an installed package
 * @param texts folder with the texts that packages leave out
 */
export function noticeOf(folder: string, texts: string): Notice {
  const { name, version, license, author, repository, homepage } = JSON.parse(
    readText(join(folder, 'package.json')),
  ) as Manifest
  if (license === undefined) throw new Error(`${name} names no license`)
  const added = additions.filter(({ packages }) => packages.test(name))
  const own = filesIn(folder)
  const paths = [
    ...(own.length > 0 ? own : textsOf(license, texts)),
    ...added.flatMap(({ files = [] }) => files.map((file) => join(folder, file))),
    ...added.flatMap((addition) => (addition.texts ?? []).map((file) => join(texts, file))),
  ]
  if (paths.length === 0) throw new Error(`${name} comes without the text of its license (${license})`)
  const holder =
    added.find((addition) => addition.holder !== undefined)?.holder ?? nameOf(author) ?? `the authors of ${name}`
  const text = paths.map((path) => readText(path).replace('<holder>', holder)).join(separator)
  return { name, version, license, source: addressOf(repository) ?? homepage ?? null, text }
}

/** Texts of the licenses in an SPDX expression, as far as they are here. */
function textsOf(license: string, texts: string): string[] {
  const names = license.match(/[\w.-]+/g) ?? []
  return names.map((name) => join(texts, `${name}.txt`)).filter((path) => existsSync(path))
}

/** `Ada Lovelace <…> (…)` → `Ada Lovelace`. */
function nameOf(author: Manifest['author']): string | undefined {
  return typeof author === 'object' ? author.name : author?.replace(/ *[<(].*/, '')
}

/** `git+https://…/name.git` → `https://…/name`. */
function addressOf(repository: Manifest['repository']): string | undefined {
  const address = typeof repository === 'object' ? repository.url : repository
  return address
    ?.replace(/^(?:github:)?([\w.-]+\/[\w.-]+)$/, 'https://github.com/$1')
    .replace(/^(?:git\+)?(?:git:\/\/|ssh:\/\/git@)/, 'https://')
    .replace(/^git\+/, '')
    .replace(/\.git$/, '')
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => noticeFile.test(file))
    .map((file) => join(folder, file))
    .flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path).map((file) => join(path, file)) : [path]))
}

function readText(path: string): string {
  return readFileSync(path, 'utf8')
    .replaceAll('\r\n', '\n')
    .replace(/^\s*\n/, '')
    .trimEnd()
}
