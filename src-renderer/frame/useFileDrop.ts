/** Files over the window: whether there are any, and what to do with them when they are dropped. Places of their own go first. */
import { useEventListener } from '@vueuse/core'
import { ref } from 'vue'
import { droppedItems, type DroppedItem } from './droppedItem'

/** Files are over the window. */
export const isFileOver = ref(false)

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Listens while the calling component lives. */
export function useFileDrop(take: (items: readonly DroppedItem[]) => void): void {
  /** Entered minus left elements: a drag leaves one child only after it has entered the next. */
  let depth = 0
  const count = (by: number) => (event: DragEvent) => {
    if (!carriesFiles(event)) return
    depth = Math.max(0, depth + by)
    isFileOver.value = depth > 0
  }
  useEventListener(window, 'dragenter', count(1))
  useEventListener(window, 'dragleave', count(-1))
  // What is dropped beside all places would otherwise replace the app by that file. An element that appears under the pointer is
  // entered anew, and a drop before the pointer moves again counts only where that was accepted too.
  useEventListener(window, ['dragenter', 'dragover'], (event) => event.preventDefault())
  useEventListener(window, 'drop', (event) => {
    const isTaken = event.defaultPrevented
    event.preventDefault()
    depth = 0
    isFileOver.value = false
    if (!isTaken && carriesFiles(event) && event.dataTransfer !== null) take(droppedItems(event.dataTransfer))
  })
}
