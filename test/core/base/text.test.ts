/** Texts in both languages. */
import { expect, expectTypeOf, it } from 'vitest'
import { text, textIn } from '#core/base/text'

it('a text is shown in the language that is asked for', () => {
  const both = text('Padding', '填充')
  expect(textIn(both, 'en')).toBe('Padding')
  expect(textIn(both, 'zh-CN')).toBe('填充')
})

it('a text keeps its words in its type, for the values that they need', () => {
  const both = text('{count} rows', '{count} 行')
  expectTypeOf(both.en).toEqualTypeOf<'{count} rows'>()
})
