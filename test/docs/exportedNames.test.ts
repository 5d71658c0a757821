/** A name that two files export means the same in both, or is listed here with the reason. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** What these files export is named after something else: a kind, a command, the area of a message table. */
const namedAfterThings = [
  /\/kinds\//,
  /^src-main\/cli\/commands\//,
  /^src-renderer\/i18n\/(en|zh)\//,
  /^src-core\/problems\/(chinese|sentences)\//,
]

const formats = 'Numbers as a terminal writes them, and as a window does.'
const contract = 'The namespace of the contract, and what the engine does for it.'
const edits = 'The action of the editor applies the edit of this name.'
const allowed: Readonly<Record<string, string>> = {
  augment: contract,
  connect: edits,
  counted: formats,
  disconnect: edits,
  exportModel: contract,
  formatBytes: formats,
  formatDuration: formats,
  formatFigure: formats,
  formatShape: formats,
  main: 'Where a program begins.',
  renameNode: edits,
  setRepeat: edits,
  setTrainable: edits,
}

function filesByName(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const files = ['src-core', 'src-main', 'src-preload', 'src-renderer'].flatMap((side) =>
    readdirSync(join(root, side), { recursive: true, encoding: 'utf8' })
      .map((file) => `${side}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.(ts|vue)$/.test(file) && !namedAfterThings.some((pattern) => pattern.test(file))),
  )
  const declaration = /^export (?:async |abstract )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm
  for (const file of files) {
    const names = new Set([...readFileSync(join(root, file), 'utf8').matchAll(declaration)].map(([, name]) => name!))
    for (const name of names) found.set(name, [...(found.get(name) ?? []), file])
  }
  return found
}

it('every exported name is declared in one file', () => {
  const twice = [...filesByName()].filter(([name, files]) => files.length > 1 && !(name in allowed))
  expect(Object.fromEntries(twice)).toEqual({})
})

it('every exception is still one', () => {
  const found = filesByName()
  expect(Object.keys(allowed).filter((name) => (found.get(name)?.length ?? 0) < 2)).toEqual([])
})
