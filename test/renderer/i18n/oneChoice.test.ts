/** Texts of both languages are chosen between in one place. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('no component chooses between the languages of a text itself', () => {
  const files = readdirSync('src-renderer', { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /\.(ts|vue)$/.test(file) && !file.startsWith('i18n'))
  expect(sources).not.toEqual([])
  const choosing = sources.filter((file) => /'zh-CN'/.test(readFileSync(join('src-renderer', file), 'utf8')))
  expect(choosing).toEqual([])
})
