/** The words of menu, dialogs and questions. */
import { describe, expect, it } from 'vitest'
import { fillMessage, messagesIn, nativeLanguage } from '../../../src-main/window/messages'

describe('the language of the native parts', () => {
  it.each([
    ['system', 'zh-Hans-CN', 'zh-CN'],
    ['system', 'de-DE', 'en'],
    ['en', 'zh-CN', 'en'],
    ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('set to %s on a system in %s is %s', (setting, system, language) => {
    expect(nativeLanguage(setting, system)).toBe(language)
  })
})

it('every word is in both languages, with the same values', () => {
  const [english, chinese] = [messagesIn('en'), messagesIn('zh-CN')]
  const valuesOf = (words: string) => words.match(/\{\w+\}/g) ?? []
  for (const [key, words] of Object.entries(english)) {
    const translated = chinese[key as keyof typeof chinese]
    expect(words, key).not.toMatch(/\p{Script=Han}/u)
    expect(translated, key).toMatch(/\p{Script=Han}/u)
    expect(valuesOf(translated), key).toEqual(valuesOf(words))
  }
})

it('values are put into their places', () => {
  expect(fillMessage(messagesIn('en').saveQuestion, { title: 'digits' })).toBe('Save changes to digits?')
  expect(fillMessage(messagesIn('zh-CN').saveQuestion, { title: 'digits' })).toBe('保存对 digits 的更改？')
})
