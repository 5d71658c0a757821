/** Mounts components in the page with the stores and the tooltip provider of the app, and drives them with DOM events. */
import { createPinia, disposePinia, setActivePinia, type Pinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { createApp, defineComponent, h, nextTick, type App, type VNodeChild } from 'vue'
import { onTestFinished } from 'vitest'
import { loadAllTexts } from '../../../src-renderer/i18n/useLanguage'
import type { Language } from '../../../src-renderer/i18n/messages'
import { useText } from '../../../src-renderer/i18n/useText'

const { choice } = useText()

/** Number of mounted components. */
let shown = 0

/** Empty stores, active until the test ends. */
export function freshStores(): Pinia {
  const pinia = createPinia()
  createApp({}).use(pinia)
  onTestFinished(() => {
    disposePinia(pinia)
    setActivePinia(undefined)
  })
  return pinia
}

interface MountOptions {
  /** Stores filled by the test; empty ones by default. */
  readonly pinia?: Pinia
  /** Provides what the component injects. */
  readonly prepare?: (app: App) => void
}

/** Mounts what `render` returns, reactively, until the test ends. */
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
    // Overlays leave the page one tick later; their focus guards stay.
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

/** @throws Error where no element matches */
export function find<Found extends HTMLElement = HTMLElement>(selector: string): Found {
  const found = document.querySelector<Found>(selector)
  if (found === null) throw new Error(`nothing matches ${selector} in ${document.body.innerHTML}`)
  return found
}

export const findAll = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)]

export const byTestId = (id: string): HTMLElement => find(`[data-testid="${id}"]`)

/** Trimmed texts of all matching elements. */
export const textsOf = (selector: string): string[] => findAll(selector).map(textOf)

export const textOf = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim()

/** The button with this accessible name. @throws Error where there is none */
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

/** Replaces the text of a field as typing does. */
export async function type(target: HTMLElement, text: string): Promise<void> {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) throw new Error('not a field')
  target.focus()
  target.value = text
  target.dispatchEvent(new Event('input', { bubbles: true }))
  await nextTick()
}

/** Opens a select with the keyboard and chooses the option that starts with `label`. @throws Error where there is none */
export async function choose(select: HTMLElement, label: string): Promise<void> {
  await press(select.matches('button') ? select : select.querySelector('button')!, 'Enter')
  await nextTick()
  const options = findAll('[role="option"]')
  const option = options.find((candidate) => textOf(candidate).startsWith(label))
  if (option === undefined) throw new Error(`no option ${label} among ${options.map(textOf).join(' | ')}`)
  await press(option, 'Enter')
}

/** Drags from one point to another, in client coordinates. */
export async function drag(target: Element, from: readonly [number, number], to: readonly [number, number]) {
  const at = (event: string, [clientX, clientY]: readonly [number, number]) =>
    target.dispatchEvent(new PointerEvent(event, { bubbles: true, button: 0, pointerId: 1, clientX, clientY }))
  at('pointerdown', from)
  at('pointermove', to)
  await nextTick()
  at('pointerup', to)
  await nextTick()
}

/** Disabled for assistive technology; the element can still be focused and shows the reason. */
export const isOff = (element: Element): boolean => element.getAttribute('aria-disabled') === 'true'
