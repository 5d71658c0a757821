/** ESLint rule: imports follow the tables of folders. */
import { relative, sep } from 'node:path'
import { forbiddenImport, importedPath } from './folders.js'

/** @type {import('eslint').Rule.RuleModule} */
export const folderOrderRule = {
  meta: {
    type: 'problem',
    docs: { description: 'imports follow the order of folders in scripts/lint/folders.js' },
    schema: [],
  },
  create(context) {
    const from = relative(context.cwd, context.filename).split(sep).join('/')
    /** @param {import('estree').Node | null | undefined} source */
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const to = importedPath(from, source.value)
      const message = to === undefined ? undefined : forbiddenImport(from, to)
      if (message !== undefined) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: (/** @type {import('estree').ImportExpression} */ { source }) => check(source),
    }
  },
}
