/** Generates pages from the catalogs: `npm run docs`. A test fails when they are out of date. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as prettier from 'prettier'
import { cataloguePage } from './docs/catalogue'
import { problemsPage } from './docs/problems'

const root = resolve(import.meta.dirname, '..')

/** Project-relative path and text of every generated page, formatted by the repository's formatter. */
export async function generatedPages(): Promise<{ path: string; text: string }[]> {
  const pages = [
    { path: 'docs/layers.md', text: cataloguePage() },
    { path: 'docs/problems.md', text: problemsPage() },
  ]
  const options = await prettier.resolveConfig(resolve(root, 'docs/layers.md'))
  return Promise.all(
    pages.map(async ({ path, text }) => ({
      path,
      text: await prettier.format(text, { ...options, parser: 'markdown' }),
    })),
  )
}

if (process.argv[1] === import.meta.filename) {
  for (const { path, text } of await generatedPages()) writeFileSync(resolve(root, path), text)
}
