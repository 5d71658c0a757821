/** The pages of the documentation, and the code in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}
export const pages = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...pagesIn('docs'),
]

export interface CodeBlock {
  readonly page: string
  /** Line of the page on which the code starts, from 1. */
  readonly line: number
  readonly language: string
  readonly code: string
  /** The file of the repository that the text names last before the code. */
  readonly path: string | undefined
}

/** Fenced blocks with a language; the indentation that a list adds is taken off. */
export function codeBlocks(page: string): CodeBlock[] {
  const text = read(page)
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)].map((match) => {
    const [, indent = '', language = '', code = ''] = match
    const before = text.slice(0, match.index)
    return {
      page,
      line: before.split('\n').length + 1,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      path: [...before.matchAll(/`((?:src-\w+|test|scripts)\/[\w./-]+\.ts)`/g)].at(-1)?.[1],
    }
  })
}

/** Code within lines of text. */
export function codeSpans(page: string): string[] {
  const text = read(page).replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
}
