/** Moving the keyboard into the inspector and back to where it came from. */
import { nextTick } from 'vue'

let cameFrom: HTMLElement | null = null

/** Focuses the first field of the inspector, or its first button where it has none. */
export async function focusInspector(): Promise<void> {
  await nextTick()
  const panel = document.querySelector('[data-testid="inspector"]')
  const target =
    panel?.querySelector<HTMLElement>('.form-row-control :is(input, button)') ?? panel?.querySelector('button')
  if (!target) return
  cameFrom = document.activeElement instanceof HTMLElement ? document.activeElement : null
  target.focus()
}

/** Escape in the inspector: back to the layer it was opened from. */
export function leaveInspector(event: KeyboardEvent): void {
  if (event.defaultPrevented || cameFrom === null || !cameFrom.isConnected) return
  event.preventDefault()
  cameFrom.focus()
  cameFrom = null
}
