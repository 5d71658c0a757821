/** Type-checks files that exist only in memory against the sources beside them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface CompilerMessage {
  /** Path below the root. */
  readonly file: string
  readonly line: number
  readonly message: string
}

/**
 * What the compiler says of `files`, texts by path below `root`.
 * All files lie in `folder`, which has a `tsconfig.json`; they see each other and the real sources.
 */
export function typeCheck(root: string, folder: string, files: ReadonlyMap<string, string>): CompilerMessage[] {
  const texts = new Map([...files].map(([path, text]) => [join(root, path), text]))
  const options = optionsOf(join(root, folder))
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = texts.get(path)
      return text === undefined
        ? disk.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion)
    },
  }
  const declarations = readdirSync(join(root, folder)).filter((name) => name.endsWith('.d.ts'))
  const program = ts.createProgram({
    rootNames: [...texts.keys(), ...declarations.map((name) => join(root, folder, name))],
    options,
    host,
  })
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(join(root, path))
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map((diagnostic) => asMessage(path, source, diagnostic))
  })
}

function optionsOf(folder: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, folder)
  return { ...options, composite: false, incremental: false, tsBuildInfoFile: undefined, noEmit: true }
}

function asMessage(file: string, source: ts.SourceFile | undefined, { start = 0, messageText }: ts.Diagnostic) {
  const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line + 1
  return { file, line, message: ts.flattenDiagnosticMessageText(messageText, ' ') }
}
