/**
 * The design tokens: readable in both themes, the same for both ways of selecting dark, and the only source of colors
 * and type sizes.
 */
import { describe, expect, it } from 'vitest'
import { readSources } from '../support/readSources'

const css = readSources('ui/tokens.css', 'tokens.css')[0]!.text

function declarations(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', (match[2] ?? '').trim()]),
  )
}

/** The body of the first rule whose selector contains this text. */
function blockOf(selector: string): string {
  const start = css.indexOf('{', css.indexOf(selector)) + 1
  return css.slice(start, css.indexOf('}', start))
}

const light = declarations(blockOf(':root {'))
const dark = { ...light, ...declarations(blockOf(":root[data-theme='dark'] {")) }

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const surfaces = ['frame', 'canvas', 'panel', 'raised', 'sunken', 'hover']
const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...['text', 'text-2', 'text-3', 'error', 'warn', 'ok', 'accent-text'].flatMap((text) =>
    surfaces.map((ground) => [text, ground] as const),
  ),
  ['text', 'pressed'],
  ['text-2', 'pressed'],
  ['accent-text', 'accent-soft'],
  ['text', 'accent-soft'],
  ['text-2', 'accent-soft'],
  ['error', 'error-soft'],
  ['warn', 'warn-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-error', 'error-line'],
  ['panel', 'text'],
  ['train', 'panel'],
  ['val', 'panel'],
  ['train', 'raised'],
  ['val', 'raised'],
]

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s theme', (_, tokens) => {
  it('keeps all text at 4.5:1 or more on every background it is used on', () => {
    const faint = pairs
      .map(([text, ground]) => ({ pair: `${text} on ${ground}`, ratio: contrast(tokens[text]!, tokens[ground]!) }))
      .filter(({ ratio }) => ratio < 4.5)
    expect(faint).toEqual([])
  })

  it('keeps category colors, outlines and focus at 3:1 or more', () => {
    const marks = [
      ...Object.keys(tokens).filter((name) => name.startsWith('cat-')),
      'line-strong',
      'focus',
      'error-line',
      'accent',
    ]
    const faint = marks.filter((mark) => contrast(tokens[mark]!, tokens.raised!) < 3)
    expect(faint).toEqual([])
  })
})

describe('the tokens', () => {
  it('are the same for dark by the system and dark by choice', () => {
    expect(declarations(blockOf(":root:not([data-theme='light']) {"))).toEqual(
      declarations(blockOf(":root[data-theme='dark'] {")),
    )
  })

  it('are the only source of colors and type sizes', () => {
    const found = readSources('.vue', '.css', '.ts')
      .filter((source) => !source.path.endsWith('tokens.css'))
      .flatMap((source) => {
        const style = source.path.endsWith('.vue')
          ? (source.text.match(/<style[\s\S]*<\/style>/)?.[0] ?? '')
          : source.text
        const colours = style.match(/#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch)\([^)]*\)/g) ?? []
        const sizes = style.match(/font-size:(?!\s*(?:var\(|inherit))[^;]+;/g) ?? []
        return [...(source.path.endsWith('.ts') ? [] : colours), ...sizes].map((text) => `${source.path}: ${text}`)
      })
    expect(found).toEqual([])
  })

  it('are defined if they are used', () => {
    const defined = new Set([...css.matchAll(/--([\w-]+):/g)].map((match) => match[1]))
    const own = readSources('.vue', '.css').flatMap((source) =>
      [...source.text.matchAll(/--([\w-]+):/g)].map((match) => match[1]),
    )
    const used = readSources('.vue', '.css').flatMap((source) =>
      [...source.text.matchAll(/var\(--([\w-]+)/g)].map((match) => ({ path: source.path, name: match[1] ?? '' })),
    )
    const unknown = used.filter(({ name }) => !defined.has(name) && !own.includes(name) && !/^(reka|vf)-/.test(name))
    expect(unknown).toEqual([])
  })
})
