/** The tree as a whole: imports follow the folder tables and form no cycle, and tests mirror the sources. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { folderOrderRule } from '../../scripts/lint/folderOrderRule.js'
import { folderOrder, forbiddenImport } from '../../scripts/lint/folders.js'
import { root, sourceFiles, sourceImports, type SourceImport } from './sourceImports'

const imports = sourceImports()
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Files that import each other by value, directly or through others: strongly connected components larger than one file. */
function cycles(edges: readonly SourceImport[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string): number => {
    const index = order.size
    order.set(file, index)
    stack.push(file)
    let low = index
    for (const other of next.get(file) ?? [])
      if (!order.has(other)) low = Math.min(low, visit(other))
      else if (stack.includes(other)) low = Math.min(low, lowest.get(other) ?? order.get(other)!)
    lowest.set(file, low)
    if (low === index) {
      const cycle = stack.splice(stack.indexOf(file))
      if (cycle.length > 1) found.push(cycle)
    }
    return low
  }
  for (const file of next.keys()) if (!order.has(file)) visit(file)
  return found
}

describe('imports', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(3000)
  })

  it('follow the folder tables', () => {
    const wrong = imports.flatMap(({ from, to }) => {
      const reason = forbiddenImport(from, to)
      return reason === undefined ? [] : [`${from} → ${to}: ${reason}`]
    })
    expect(wrong).toEqual([])
  })

  it('form no cycle of files by value', () => {
    const values = imports.filter(({ typeOnly, lazy }) => !typeOnly && !lazy)
    expect(cycles(values)).toEqual([])
  })

  it('would be detected in a cycle', () => {
    const edge = (from: string, to: string): SourceImport => ({ from, to, typeOnly: false, lazy: false })
    const files = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('c', 'd'), edge('e', 'a')]
    expect(cycles(files)).toEqual([['b', 'c']])
  })
})

describe('the folder tables', () => {
  it.each(Object.entries(folderOrder))('list every folder of %s', (side, lists) => {
    const listed = [...new Set(lists.flat())]
    const real = readdirSync(join(root, side), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    expect(real.filter((name) => !listed.includes(name))).toEqual([])
    expect(listed.filter((name) => !real.includes(name) && !existsSync(join(root, side, `${name}.ts`)))).toEqual([])
  })

  const messages = (filename: string, code: string): string[] =>
    new Linter({ cwd: root })
      .verify(
        code,
        {
          plugins: { layerloom: { rules: { 'folder-order': folderOrderRule } } },
          rules: { 'layerloom/folder-order': 2 },
        },
        { filename: join(root, filename) },
      )
      .map(({ message }) => message)

  it.each([
    ['src-core/tensor/shape.js', "import { layers } from '../layers/index'", /^tensor may import base\.$/],
    ['src-core/layers/kinds/relu.js', "export { analyze } from '../../compiler/analyze'", /^layers may import base, /],
    [
      'src-main/runs/store.js',
      "import { EngineHost } from '../engine/host/host'",
      /^runs may import machine, disk, data\.$/,
    ],
    ['src-main/engine/host/host.js', "await import('../training/trainer')", /^host may import messages\.$/],
    [
      'src-main/engine/calls/augment.js',
      "import { EngineHost } from '../host/host'",
      /^calls may import messages, device/,
    ],
    [
      'src-main/cli/engine.js',
      "import { Trainer } from '../engine/training/trainer'",
      /only its messages and host may/,
    ],
    ['src-renderer/ui/toasts.js', "import { useRuns } from '../stores/runStore'", /^ui may import i18n\.$/],
    [
      'src-renderer/data/lookStore.js',
      "import x from '../../src-main/data/samples'",
      /^src-renderer may import src-core\.$/,
    ],
    ['src-core/graph/parse.js', "import x from '../somewhere/new'", /missing in scripts\/lint\/folders\.js/],
  ])('reject an import in %s: %s', (filename, code, message) => {
    expect(messages(filename, code)).toEqual([expect.stringMatching(message)])
  })
})

describe('tests', () => {
  const sides = ['core', 'main', 'preload', 'renderer', 'scripts']
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') && sides.includes(name.split('/')[0]!),
  )

  it('mirror the sources: the folder of each is a folder of its side', () => {
    // The contract of all kinds belongs to all catalogs.
    const lost = tests.filter((name) => {
      if (name.startsWith('core/contract/')) return false
      const folder = dirname(name).replace(/^(?!scripts)/, 'src-')
      return !existsSync(join(root, folder))
    })
    expect(lost).toEqual([])
  })
})

describe('composables', () => {
  it('are in a file with their name, stores in one with the matching suffix', () => {
    const misplaced = sourceFiles().filter((path) => {
      const name = basename(path, '.ts')
      if (!path.startsWith('src-renderer/') || !path.endsWith('.ts')) return false
      const composables = [...read(path).matchAll(/^export (?:function|const) (use[A-Z]\w*)/gm)].map(
        ([, found]) => found,
      )
      if (name.endsWith('Store')) return composables.length > 1
      return composables.length > 0 && !composables.includes(name)
    })
    expect(misplaced).toEqual([])
  })
})
