/**
 * Short messages at the bottom right: one line, one action. Errors stay until they are closed; a rejected action, which
 * leaves nothing wrong, fades.
 */
import { readonly, shallowReactive } from 'vue'

interface ToastAction {
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly text: string
  readonly tone?: 'ok' | 'info' | 'warn' | 'refused' | 'error'
  /** Usually "Undo", or a link to the place. */
  readonly action?: ToastAction
}

interface ShownToast extends Toast {
  readonly id: number
}

const shown = shallowReactive<ShownToast[]>([])
const MOST_SHOWN = 3
let nextId = 1

/** The visible toasts, oldest first. */
export const toasts = readonly(shown) as readonly ShownToast[]

/** Shows a toast and returns a function that closes it. */
export function showToast(toast: Toast): () => void {
  const entry = { ...toast, id: nextId }
  nextId += 1
  shown.push(entry)
  if (shown.length > MOST_SHOWN) shown.splice(oldestToDrop(), 1)
  return () => closeToast(entry.id)
}

/** The oldest toast that is not an error; the oldest of all if all are errors. */
function oldestToDrop(): number {
  return Math.max(
    0,
    shown.findIndex((toast) => toast.tone !== 'error'),
  )
}

export function closeToast(id: number): void {
  const index = shown.findIndex((toast) => toast.id === id)
  if (index !== -1) shown.splice(index, 1)
}
