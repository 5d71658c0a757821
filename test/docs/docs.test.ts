/** Checks the documentation against what it documents: links, folders, catalogs, problem codes, options. */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { initializers } from '#core/initializers/index'
import { layers } from '#core/layers/index'
import { losses } from '#core/losses/index'
import { metrics } from '#core/metrics/index'
import { optimizers } from '#core/optimizers/index'
import { problemCodes } from '#core/problems/codes'
import { schedules } from '#core/schedules/index'
import { preTransforms } from '#core/pretransforms/index'
import { transforms } from '#core/transforms/index'
import { folderOrder } from '../../scripts/lint/folders.js'
import { generatedPages } from '../../scripts/make-docs'
import { cliCommands } from '../../src-main/cli/commands/index'
import { pages, read, root } from './pages'

/** Headings as anchors, in GitHub's format. */
function anchors(page: string): Set<string> {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe.each(pages)('%s', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)

  it('has only links to existing files and headings', () => {
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false
      const [file, anchor] = link.split('#') as [string, string | undefined]
      const target = file === '' ? page : relative(root, resolve(root, dirname(page), file))
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchors(target).has(anchor)
    })
    expect(broken).toEqual([])
  })

  it('names only existing folders and files of the repository', () => {
    const named = [
      ...read(page).matchAll(/`((?:src-core|src-main|src-renderer|src-preload|test|scripts|resources)\/[\w./-]*)`/g),
    ]
    const missing = named
      .map(([, path]) => path!)
      .filter((path) => !existsSync(join(root, path)) && !invented.has(path))
    expect(missing).toEqual([])
  })
})

/** Files of the examples in adding-a-layer.md and adding-a-transform.md. */
const invented = new Set([
  'src-core/layers/kinds/softsign.ts',
  'test/fixtures/goldens/layers/softsign.safetensors',
  'test/fixtures/goldens/modules/softsign.safetensors',
  'src-core/transforms/kinds/randomSolarize.ts',
  'test/fixtures/goldens/transforms/random-solarize.safetensors',
  'src-core/pretransforms/kinds/squareRoot.ts',
])

describe('docs/architecture.md', () => {
  it('names the passes of each product as the compiler lists them', () => {
    const lists = [...read('src-core/compiler/compile.ts').matchAll(/^const \w+Passes = \[(.*?)\] as const/gms)]
    const compiled = lists.map(([, list]) =>
      list!
        .replace(/\boutputs\([^)]*\)/g, 'outputs')
        .replace(/\bonGraph\((\w+)\)/g, '$1')
        .match(/[.\w]+/g),
    )
    const listed = [...read('docs/architecture.md').matchAll(/^- [\w ]+: (`[^]*?)\.$/gm)].map(([, names]) =>
      [...names!.matchAll(/`([.\w]+)`/g)].map(([, name]) => name),
    )
    expect(listed).toEqual(compiled)
  })

  it.each(Object.entries(folderOrder))('lists the folders of %s in the order that lint enforces', (side, lists) => {
    const row = new RegExp(`^\\| \`${side}/([\\w-]+)(?:\\.ts)?\` `, 'gm')
    const listed = [...read('docs/architecture.md').matchAll(row)].map(([, name]) => name!)
    expect(listed).toEqual([...new Set(lists.flat())])
  })
})

describe('docs/decisions', () => {
  it('are all listed in the index', () => {
    const files = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
    const listed = [...read('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(([, name]) => name!)
    expect(listed).toEqual(files.sort())
  })
})

describe('generated pages', async () => {
  it.each(await generatedPages())('$path equals the output of `npm run docs`', ({ path, text }) => {
    expect(read(path)).toBe(text)
  })

  it('have an entry for every kind that a project can name', () => {
    const page = read('docs/layers.md')
    const catalogues = [layers, losses, optimizers, schedules, initializers, metrics, preTransforms, transforms]
    const kinds = catalogues.flatMap((catalogue) => catalogue.map(({ kind }) => kind))
    expect(kinds.filter((kind) => !page.includes(` \`${kind}\`\n`))).toEqual([])
  })

  it('have an entry for every problem code', () => {
    const page = read('docs/problems.md')
    expect(Object.keys(problemCodes).filter((code) => !page.includes(`| \`${code}\` `))).toEqual([])
    expect(page).not.toContain('## Other')
  })
})

describe('docs/cli.md', () => {
  it.each(cliCommands)('describes layerloom $name with all its options', ({ name, options }) => {
    const section = read('docs/cli.md')
      .split(/^## /m)
      .find((part) => part.startsWith(`layerloom ${name}\n`))
    expect(section).toBeDefined()
    const missing = Object.entries(options).filter(
      ([option, { short }]) =>
        !section!.includes(`--${option}`) && !(short !== undefined && section!.includes(`-${short} `)),
    )
    expect(missing.map(([option]) => option)).toEqual([])
  })
})
