/** The current screen, stored in the address after `#/`, so that reload, back and forward work in both shells. */
import { computed, ref } from 'vue'

const PREFIX = '#/'
const address = ref(window.location.hash)

window.addEventListener('hashchange', () => {
  address.value = window.location.hash
})

export interface Route {
  /** Name of the screen; empty on first start. */
  readonly screen: string
  /** The rest of the address after the name, e.g. `runs/12` → `['12']`. */
  readonly rest: readonly string[]
}

/** `#/runs/12` → `{ screen: 'runs', rest: ['12'] }`. */
export function parseAddress(hash: string): Route {
  if (!hash.startsWith(PREFIX)) return { screen: '', rest: [] }
  const [screen = '', ...rest] = hash.slice(PREFIX.length).split('/').map(decodePart)
  return { screen, rest: rest.filter((part) => part !== '') }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The route for the current address. */
export const route = computed(() => parseAddress(address.value))

export function addressOf(screen: string, ...rest: readonly string[]): string {
  return PREFIX + [screen, ...rest].map(encodeURIComponent).join('/')
}

/** Navigates to a screen; `replace` adds no history entry. */
export function navigate(
  screen: string,
  rest: readonly string[] = [],
  options: { readonly replace?: boolean } = {},
): void {
  const target = addressOf(screen, ...rest)
  if (target === window.location.hash) return
  if (options.replace === true) window.history.replaceState(null, '', target)
  else window.history.pushState(null, '', target)
  address.value = target
}
