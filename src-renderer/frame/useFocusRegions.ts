/** F6 and Shift+F6 move between the regions of the window: top bar, rail, left, center, right, dock, status. */
import { onScopeDispose } from 'vue'

/** In this order; a region is any visible element with `data-region`. */
const regionOrder = ['top', 'rail', 'left', 'center', 'right', 'dock', 'status'] as const
type Region = (typeof regionOrder)[number]

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])'

const lastFocused = new WeakMap<Element, HTMLElement>()

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility?.() ?? true
}

function visibleRegions(): readonly HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isVisible)
  const rank = (element: HTMLElement) => regionOrder.indexOf(element.dataset.region as Region)
  // The sort is stable, so regions of the same kind keep document order.
  return found.sort((a, b) => rank(a) - rank(b))
}

/** The region an element belongs to: the innermost one, since the dock is inside the center. */
function regionOf(element: Element | null): Element | null {
  return element?.closest('[data-region]') ?? null
}

function focusIn(region: HTMLElement): boolean {
  const last = lastFocused.get(region)
  const candidates = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && regionOf(element) === region && isVisible(element),
  )
  const known = last !== undefined && last !== region && regionOf(last) === region && isVisible(last) ? last : undefined
  // A region without controls takes focus itself if it can, so that its name is announced.
  const target = known ?? candidates[0] ?? region
  target.focus()
  // A group of tabs or rows passes focus to one of its items.
  return regionOf(document.activeElement) === region
}

/** Moves focus to the next region that can take it. */
function moveToRegion(direction: 1 | -1): void {
  const regions = visibleRegions()
  const active = regionOf(document.activeElement)
  const at = regions.findIndex((region) => region === active)
  for (let step = 1; step <= regions.length; step += 1) {
    const from = at === -1 && direction === -1 ? 0 : at
    const region = regions[(from + direction * step + regions.length * 2) % regions.length]
    if (region !== undefined && focusIn(region)) return
  }
}

function remember(event: FocusEvent): void {
  if (!(event.target instanceof HTMLElement)) return
  const region = regionOf(event.target)
  if (region !== null) lastFocused.set(region, event.target)
}

function pressKey(event: KeyboardEvent): void {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  // A dialog traps the keyboard until it is closed.
  if (document.querySelector('[role="dialog"][aria-modal="true"], .modal-dialog-overlay') !== null) return
  moveToRegion(event.shiftKey ? -1 : 1)
}

/** Listens for the lifetime of the calling component. */
export function useFocusRegions(): void {
  window.addEventListener('keydown', pressKey)
  window.addEventListener('focusin', remember)
  onScopeDispose(() => {
    window.removeEventListener('keydown', pressKey)
    window.removeEventListener('focusin', remember)
  })
}
