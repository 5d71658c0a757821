/** The lint rule for plain words: what it finds in comments and texts, and what it leaves alone. */
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import { plainWordsRule } from '../../../scripts/lint/plainWordsRule.js'

const found = (code: string): string[] =>
  new Linter()
    .verify(code, { plugins: { prose: { rules: { plain: plainWordsRule } } }, rules: { 'prose/plain': 2 } })
    .map(({ message }) => /“(.*)”/.exec(message)?.[1] ?? message)

/** Written in two parts, so that the rule does not find them here. */
const bad = [
  'who' + 'ever reads it',
  'it is ' + 'told so',
  'a run goes' + ' on',
  '30 images' + ' a second',
  'the col' + 'our of it',
]

it.each(bad)('finds the words of a comment: %s', (text) => {
  expect(found(`// ${text}\nconst a = 1`)).toHaveLength(1)
})

it.each(bad)('finds the words of a text: %s', (text) => {
  expect(found(`const a = "${text}"`)).toHaveLength(1)
  expect(found(`const a = \`${text} \${1}\``)).toHaveLength(1)
})

it.each(['the gr' + 'ey', 'stored as `gr' + 'ey` in project files', 'the user reads it per sample', 'goes on disk'])(
  'accepts %s',
  (text) => {
    expect(found(`// ${text}`)).toEqual(text.startsWith('the gr') ? ['gr' + 'ey'] : [])
  },
)

it('accepts a stored word that stands alone', () => {
  expect(found(`const background = "gr${'ey'}"`)).toEqual([])
})
