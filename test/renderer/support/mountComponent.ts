/** Components in a document, around them what the window gives them: the stores, and a provider for tooltips. */
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { createApp, defineComponent, h, nextTick, type App, type VNodeChild } from 'vue'
import { onTestFinished } from 'vitest'
import { loadAllTexts } from '../../../src-renderer/i18n/language'
import type { Language } from '../../../src-renderer/i18n/messages'
import { useText } from '../../../src-renderer/i18n/text'

const { choice } = useText()

/** Components that are shown now. */
let shown = 0

/** Stores of their own, active until the test ends. */
export function freshStores(): Pinia {
  const pinia = createPinia()
  createApp({}).use(pinia)
  onTestFinished(() => setActivePinia(undefined))
  return pinia
}

export interface MountOptions {
  /** Stores that a test has filled; by default empty ones. */
  readonly pinia?: Pinia
  /** Provides what the component injects. */
  readonly prepare?: (app: App) => void
}

/** Shows what `render` makes, again whenever the state that it reads changes, until the test ends. */
export function mountComponent(render: () => VNodeChild, { pinia = freshStores(), prepare }: MountOptions = {}) {
  const root = document.createElement('div')
  document.body.append(root)
  const app = createApp(defineComponent(() => () => h(TooltipProvider, () => render()))).use(pinia)
  prepare?.(app)
  app.mount(root)
  shown += 1
  onTestFinished(async () => {
    app.unmount()
    root.remove()
    shown -= 1
    // Overlays leave the page one tick later, and some of their parts stay in it.
    await nextTick()
    if (shown === 0) document.body.replaceChildren()
  })
  return root
}

/** Switches the language until the test ends. */
export async function speak(language: Language): Promise<void> {
  await loadAllTexts()
  choice.value = language
  onTestFinished(() => void (choice.value = 'en'))
  await nextTick()
}

/** @throws Error where nothing on the page fits */
export function find<Found extends HTMLElement = HTMLElement>(selector: string): Found {
  const found = document.querySelector<Found>(selector)
  if (found === null) throw new Error(`nothing fits ${selector} in ${document.body.innerHTML}`)
  return found
}

export const findAll = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)]

export const byTestId = (id: string): HTMLElement => find(`[data-testid="${id}"]`)

/** Trimmed texts of all that fit. */
export const textsOf = (selector: string): string[] => findAll(selector).map(textOf)

export const textOf = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim()

/** The button, tab or radio with this accessible name. @throws Error where there is none */
export function button(name: string): HTMLElement {
  const buttons = findAll('button, [role="button"]')
  const named = buttons.find((element) => (element.getAttribute('aria-label') ?? textOf(element)) === name)
  if (named === undefined) throw new Error(`no button ${name} among ${buttons.map(textOf).join(' | ')}`)
  return named
}

export async function click(target: HTMLElement): Promise<void> {
  target.click()
  await nextTick()
}

export async function press(target: Element, key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  await nextTick()
  return event
}

/** Replaces the text of a field, as typing does. */
export async function type(target: HTMLElement, text: string): Promise<void> {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) throw new Error('not a field')
  target.focus()
  target.value = text
  target.dispatchEvent(new Event('input', { bubbles: true }))
  await nextTick()
}

/** Drags from one place to another, in pixels of the window. */
export async function drag(target: Element, from: readonly [number, number], to: readonly [number, number]) {
  const at = (event: string, [clientX, clientY]: readonly [number, number]) =>
    target.dispatchEvent(new PointerEvent(event, { bubbles: true, button: 0, pointerId: 1, clientX, clientY }))
  at('pointerdown', from)
  at('pointermove', to)
  await nextTick()
  at('pointerup', to)
  await nextTick()
}

/** Whether assistive technology calls it disabled: it can still be focused and tells why. */
export const isOff = (element: Element): boolean => element.getAttribute('aria-disabled') === 'true'
