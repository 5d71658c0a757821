/** The message tables: complete in both languages, used, and with the agreed terms. */
import { describe, expect, it } from 'vitest'
import { english } from '../../../src-renderer/i18n/en'
import { chinese } from '../../../src-renderer/i18n/zh'
import { readSources } from '../support/readSources'

type Table = { readonly [key: string]: string | Table }

function flatten(table: Table, prefix = ''): ReadonlyMap<string, string> {
  const entries = Object.entries(table).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  )
  return new Map(entries)
}

const en = flatten(english)
const zh = flatten(chinese)
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort()
const withoutPlaceholders = (text: string) => text.replaceAll(/\{\w+\}/g, '')

function breaking(table: ReadonlyMap<string, string>, rule: (text: string, key: string) => boolean): readonly string[] {
  return [...table].filter(([key, text]) => rule(text, key)).map(([key, text]) => `${key}: ${text}`)
}

describe('the message tables', () => {
  it('have the same keys in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('have no empty message', () => {
    expect([...breaking(en, (text) => text.trim() === ''), ...breaking(zh, (text) => text.trim() === '')]).toEqual([])
  })

  it('contain the same placeholders in both languages', () => {
    const differing = [...en].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(zh.get(key) ?? '').join(),
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('avoid the special characters of the message compiler', () => {
    const special = (text: string) => /[@$]|\{[^\w}]|\{\w*[^\w}]/.test(text)
    expect([...breaking(en, special), ...breaking(zh, special)]).toEqual([])
  })

  it('are all used', () => {
    const code = readSources('.vue', '.ts')
      .filter((source) => !/^(i18n\/(en|zh)|gallery)\//.test(source.path))
      .map((source) => source.text)
      .join('\n')
    // `t(`editor.kind.${kind}`)` uses every key with this prefix.
    const prefixes = [...code.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)].map((match) => match[1] ?? '')
    const used = (key: string) => code.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix))
    expect([...en.keys()].filter((key) => !used(key))).toEqual([])
  })
})

describe('English messages', () => {
  it('never plead, apologize or shout', () => {
    expect(breaking(en, (text) => /\b(please|sorry|oops|ok)\b|!/i.test(text))).toEqual([])
  })

  it('end with a period only if they are sentences', () => {
    expect(
      breaking(en, (text) => text.endsWith('.') && withoutPlaceholders(text).trim().split(/\s+/).length < 3),
    ).toEqual([])
  })

  it('have a space before units and × for multiplication', () => {
    expect(breaking(en, (text) => /\d%|\d ?x ?\d/.test(text))).toEqual([])
  })
})

describe('Chinese messages', () => {
  it('leave out 请 and 您', () => {
    expect(breaking(zh, (text) => /请|您/.test(text))).toEqual([])
  })

  it('use full-width punctuation after Chinese', () => {
    expect(breaking(zh, (text) => /[\u4e00-\u9fff][,;:?!.]/.test(text))).toEqual([])
  })

  it('put a space between Chinese and Latin or digits, and none before %', () => {
    const crowded = (text: string) =>
      /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]| %/.test(withoutPlaceholders(text))
    // "30 % of …" may be written `30%的`: the percent sign is not a Latin letter.
    expect(breaking(zh, crowded)).toEqual([])
  })

  it('are Chinese if the English is prose', () => {
    const names = /^[\w\s.·:()/–×]*$/
    expect(breaking(zh, (text, key) => names.test(text) && text === en.get(key) && /[a-z]{4}/i.test(text))).toEqual([])
  })
})
