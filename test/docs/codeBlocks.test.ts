/** The code in the documentation: modules compile against the sources, and shells find what is called. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cliCommands } from '../../src-main/cli/commands/index'
import { codeBlocks, codeSpans, pages, read, root, type CodeBlock } from './pages'
import { typeCheck } from './typeCheck'

const blocks = pages.flatMap(codeBlocks)
const isModule = ({ language, code }: CodeBlock): boolean => language === 'ts' && /^(import|export) /m.test(code)
const modules = blocks.filter(isModule)

describe('modules in the documentation', () => {
  it('are there', () => {
    expect(modules.length).toBeGreaterThan(0)
  })

  it.each(modules)('$page:$line belongs to a file that the text names before it', ({ path }) => {
    expect(path).toBeDefined()
  })

  it.each(modules)('$page:$line compiles as $path', ({ page, code, path = '' }) => {
    const folder = path.split('/')[0]!
    const ofPage = modules.filter((other) => other.page === page && other.path?.startsWith(`${folder}/`))
    const files = new Map([...ofPage.map((other) => [other.path!, other.code] as const), [path, code]])
    expect(typeCheck(root, folder, files).filter(({ file }) => file === path)).toEqual([])
  })
})

/** Commands of a shell that a page shows, in blocks and in its text, without comments and variables. */
function callsIn(page: string): string[] {
  const lines = codeBlocks(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n'))
  return [...lines, ...codeSpans(page)]
    .flatMap((line) => line.replace(/ #.*$/, '').split(' && '))
    .map((call) => call.trim().replace(/^(?:[A-Z_]+=\S+ )+/, ''))
}

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

function isScript(call: string): boolean {
  const [, first, second] = /^npm ([a-z]+)(?: ([\w:-]+))?/.exec(call) ?? []
  if (first === undefined || ['ci', 'install', 'rebuild', 'version'].includes(first)) return true
  const name = first === 'run' ? second : first
  return name !== undefined && name in scripts
}

const program = /^(?:npx layerloom|layerloom|node out\/main\/cli\.js) (?:help )?(?=[a-z])/

/** Every option too has to be one of the command. */
function isCommand(call: string): boolean {
  if (!program.test(call) || call.endsWith(' help <command>')) return true
  const words = call.replace(program, '')
  const command = cliCommands.find(({ name }) => words === name || words.startsWith(`${name} `))
  const options = [...words.matchAll(/(?<=[ [])--([a-z][a-z-]*)/g)].map(([, option]) => option!)
  return command !== undefined && options.every((option) => option === 'help' || option in command.options)
}

function isFile(call: string): boolean {
  const path = /^(?:node|python3|npx tsx) (scripts\/\S+)/.exec(call)?.[1]
  return path === undefined || existsSync(join(root, path))
}

describe.each(pages)('shells in %s', (page) => {
  it.each([
    ['npm scripts of package.json', isScript],
    ['commands and options of layerloom', isCommand],
    ['files of scripts/', isFile],
  ])('call %s that exist', (_, exists) => {
    expect(callsIn(page).filter((call) => !exists(call))).toEqual([])
  })
})
