/**
 * Files dragged over the window: whether there are any, and what to do when they are dropped. Local drop targets take
 * precedence.
 */
import { useEventListener } from '@vueuse/core'
import { ref } from 'vue'
import { droppedItems, type DroppedItem } from './droppedItem'

/** Files are being dragged over the window. */
export const isFileOver = ref(false)

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Listens for the lifetime of the calling component. */
export function useFileDrop(take: (items: readonly DroppedItem[]) => void): void {
  /** Elements entered minus elements left: a drag leaves a child only after entering the next one. */
  let depth = 0
  const count = (by: number) => (event: DragEvent) => {
    if (!carriesFiles(event)) return
    depth = Math.max(0, depth + by)
    isFileOver.value = depth > 0
  }
  useEventListener(window, 'dragenter', count(1))
  useEventListener(window, 'dragleave', count(-1))
  // Otherwise a file dropped outside all targets would replace the app. An element that appears under the pointer is
  // entered anew, and a drop before the next pointer move counts only if that was accepted too.
  useEventListener(window, ['dragenter', 'dragover'], (event) => event.preventDefault())
  useEventListener(window, 'drop', (event) => {
    const isTaken = event.defaultPrevented
    event.preventDefault()
    depth = 0
    isFileOver.value = false
    if (!isTaken && carriesFiles(event) && event.dataTransfer !== null) take(droppedItems(event.dataTransfer))
  })
}
