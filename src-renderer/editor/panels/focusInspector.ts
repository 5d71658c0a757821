/** Moves focus into the inspector and back. */
import { nextTick } from 'vue'

let cameFrom: HTMLElement | null = null

/** Focuses the first field of the inspector, or its first button if it has none. */
export async function focusInspector(): Promise<void> {
  await nextTick()
  const panel = document.querySelector('[data-testid="inspector"]')
  const target =
    panel?.querySelector<HTMLElement>('.form-row-control :is(input, button)') ?? panel?.querySelector('button')
  if (!target) return
  cameFrom = document.activeElement instanceof HTMLElement ? document.activeElement : null
  target.focus()
}

/** Escape in the inspector: returns to the layer it was opened from. */
export function leaveInspector(event: KeyboardEvent): void {
  if (event.defaultPrevented || cameFrom === null || !cameFrom.isConnected) return
  event.preventDefault()
  cameFrom.focus()
  cameFrom = null
}
