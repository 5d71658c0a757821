/** All imports of the sources, read with TypeScript's own parser. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { importedPath, sides } from '../../scripts/lint/folders.js'

export const root = resolve(import.meta.dirname, '../..')

export interface SourceImport {
  /** Paths from the root of the repository. */
  readonly from: string
  readonly to: string
  /** Removed by compilation. */
  readonly typeOnly: boolean
  /** Loaded on first use, by `import()`. */
  readonly lazy: boolean
}

export function sourceFiles(): string[] {
  return Object.keys(sides).flatMap((side) =>
    readdirSync(join(root, side), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue)$/.test(name))
      .map((name) => `${side}/${name}`),
  )
}

export function sourceImports(): SourceImport[] {
  return sourceFiles().flatMap((from) =>
    importsIn(scriptOf(from)).flatMap(({ specifier, ...kind }) => {
      const path = importedPath(from, specifier)
      const to = path === undefined ? undefined : withEnding(path)
      return to === undefined ? [] : [{ from, to, ...kind }]
    }),
  )
}

function scriptOf(path: string): string {
  const text = readFileSync(join(root, path), 'utf8')
  if (!path.endsWith('.vue')) return text
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
}

function withEnding(path: string): string | undefined {
  const candidates = [path, `${path}.ts`, `${path}/index.ts`]
  return candidates.find((candidate) => existsSync(join(root, candidate)) && statSync(join(root, candidate)).isFile())
}

interface Specifier extends Pick<SourceImport, 'typeOnly' | 'lazy'> {
  readonly specifier: string
}

function importsIn(script: string): Specifier[] {
  const found: Specifier[] = []
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
      found.push({ specifier: textOf(node.moduleSpecifier), typeOnly: isTypeOnly(node), lazy: false })
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push({ specifier: textOf(node.arguments[0]), typeOnly: false, lazy: true })
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      found.push({ specifier: textOf(node.argument.literal), typeOnly: true, lazy: false })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', script, ts.ScriptTarget.Latest))
  return found
}

function textOf(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : ''
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every(({ isTypeOnly }) => isTypeOnly)
  )
}
