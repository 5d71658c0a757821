/** The texts of the Infer screen for a prediction, a rejection, and a file. */
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import type { Problem } from '#core/problems/problem'
import { useLanguage } from '../../../src-renderer/i18n/useLanguage'
import { formatPercent } from '../../../src-renderer/i18n/numbers'
import { answerCommand } from '../../../src-renderer/inference/answerCommand'
import { refusalTexts } from '../../../src-renderer/inference/refusalTexts'
import { SHARE_DIGITS, shownShare } from '../../../src-renderer/inference/shownShare'
import { eventually } from '../../support/eventually'

const { choice, language } = useLanguage()
afterEach(() => {
  choice.value = 'system'
})

const cell = (line: number): Problem => ({
  code: 'data-cell',
  severity: 'error',
  place: { file: 'cars.csv', line, column: 'Weight' },
  message: 'The column is numeric, but this cell is not a number.',
  expected: 'a decimal number',
  received: '"abc"',
  fix: 'Correct the cell.',
})

describe('a rejection', () => {
  it('shows the place, expected and received, in the language of the interface', async () => {
    choice.value = 'en'
    expect(refusalTexts({ problems: [cell(3)] })).toEqual([
      'cars.csv, line 3, column Weight: The column is numeric, but this cell is not a number. Expected a decimal number. Received "abc". Correct the cell.',
    ])
    choice.value = 'zh-CN'
    await eventually(() => expect(language.value).toBe('zh-CN'))
    const [text] = refusalTexts({ problems: [cell(3)] })
    expect(text).toMatch(/^cars\.csv, 第 3 行, 列 Weight：.*收到的是 "abc"。/)
  })

  it('shows a few of many problems, and failures that are not problems as they are', () => {
    choice.value = 'en'
    const texts = refusalTexts({ problems: [2, 3, 4, 5, 6].map(cell) })
    expect(texts).toHaveLength(4)
    expect(texts.at(-1)).toBe('and 2 more problems')
    expect(refusalTexts(new Error('the connection was closed'))).toEqual(['the connection was closed'])
  })
})

it('a probability is 100 % only if it is 1', () => {
  const written = [1, 0.99999994, 0.99995, 0.9838, 0.00002].map((share) =>
    formatPercent(shownShare(share), 'en', SHARE_DIGITS),
  )
  expect(written).toEqual(['100.00 %', '99.99 %', '99.99 %', '98.38 %', '< 0.01 %'])
})

it('the command for a file quotes its name for a shell', () => {
  const run = '2026-11-30-企鹅'
  expect(answerCommand(run, 'rows.csv')).toBe(`layerloom predict ${run} rows.csv -o answers.csv`)
  expect(answerCommand(run, 'my rows (2).csv')).toBe(`layerloom predict ${run} "my rows (2).csv" -o answers.csv`)
  expect(answerCommand(run, '$(whoami).csv')).toBe(`layerloom predict ${run} <file> -o answers.csv`)
})
