/** Every text visible to the user comes from the message tables; this reads all templates and reports exceptions. */
import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'
import { english } from '../../../src-renderer/i18n/en'
import { readSources } from '../support/readSources'

/** Attributes and properties whose value is visible or read aloud. */
const visibleAttributes = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'text',
  'hint',
  'detail',
  'note',
  'help',
  'unit',
  'description',
  'message',
  'default-text',
  'empty-text',
  'summary',
  'name-text',
])

/** Texts that are the same in every language, with the reason. */
const allowed: readonly { readonly text: string; readonly reason: string }[] = [
  { text: 'Layerloom', reason: 'the name of the product' },
  { text: 'PyTorch', reason: 'a proper name' },
  { text: 'ONNX', reason: 'a proper name' },
]

/** Folders whose texts are not part of the app. */
const exempt = [{ path: 'gallery/', reason: 'development only, with its own sample texts in both languages' }]

interface TemplateNode {
  readonly type: number
  readonly content?: string | { readonly content?: string }
  readonly props?: readonly TemplateNode[]
  readonly children?: readonly TemplateNode[]
  readonly name?: string
  readonly tag?: string
  readonly value?: { readonly content: string }
  readonly arg?: { readonly content?: string }
  readonly exp?: { readonly content?: string }
}

const ELEMENT = 1
const TEXT = 2
const INTERPOLATION = 5
const ATTRIBUTE = 6
const DIRECTIVE = 7

const areas = Object.keys(english)

function isText(text: string): boolean {
  return /\p{L}/u.test(text) && !allowed.some((entry) => entry.text === text.trim())
}

/** String literals in an expression that are neither message keys nor used for comparison or indexing. */
function literalsIn(expression: string): readonly string[] {
  const withoutComparisons = expression
    .replaceAll(/[!=]==?\s*(['"`])[^'"`]*\1/g, '')
    .replaceAll(/\[\s*(['"`])[^'"`]*\1\s*\]/g, '')
  return [...withoutComparisons.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replaceAll(/\$\{[^}]*\}/g, ''))
    .filter((literal) => !areas.some((area) => literal.startsWith(`${area}.`)))
}

function contentOf(value: string | { readonly content?: string } | undefined): string {
  return typeof value === 'string' ? value : (value?.content ?? '')
}

function inAttribute(attribute: TemplateNode): readonly string[] {
  if (attribute.type === ATTRIBUTE)
    return visibleAttributes.has(attribute.name ?? '') ? [attribute.value?.content ?? ''] : []
  if (attribute.type !== DIRECTIVE) return []
  const expression = attribute.exp?.content ?? ''
  if (attribute.name === 'text' || attribute.name === 'html') return literalsIn(expression)
  return attribute.name === 'bind' && visibleAttributes.has(attribute.arg?.content ?? '') ? literalsIn(expression) : []
}

/** Every text in a template that is not from the tables. */
export function findHardCodedText(source: string): readonly string[] {
  const root = parse(source).descriptor.template?.ast as TemplateNode | undefined
  const found: string[] = []
  const visit = (node: TemplateNode): void => {
    if (node.type === TEXT) found.push(contentOf(node.content).trim())
    if (node.type === INTERPOLATION) found.push(...literalsIn(contentOf(node.content)))
    if (node.type === ELEMENT) found.push(...(node.props ?? []).flatMap(inAttribute))
    for (const child of node.children ?? []) visit(child)
  }
  if (root !== undefined) visit(root)
  return found.filter(isText)
}

describe('texts in templates', () => {
  it('all come from the message tables', () => {
    const found = readSources('.vue')
      .filter((source) => !exempt.some((folder) => source.path.startsWith(folder.path)))
      .flatMap((source) => findHardCodedText(source.text).map((text) => `${source.path}: ${text}`))
    expect(found).toEqual([])
  })

  it('are found wherever they can occur', () => {
    const template = `<template>
      <p title="Tip" class="red">Hello {{ count }} {{ t('frame.undo') }} {{ open ? 'open' : t('frame.redo') }}</p>
      <Field label="Name" :placeholder="'Type here'" :hint="t('kit.close')" name="model" />
      <b v-text="'Bold'" /><i :title="\`\${count} layers\`" /><u v-if="kind === 'text'">Layerloom</u><s>·</s>
    </template>`
    expect(findHardCodedText(template)).toEqual(['Tip', 'Hello', 'open', 'Name', 'Type here', 'Bold', ' layers'])
  })
})
