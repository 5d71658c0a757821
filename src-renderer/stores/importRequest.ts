/** Asking for the import of data, from wherever a person is; the dialog itself is loaded when the first one is asked for. */
import { shallowRef } from 'vue'
import type { DroppedItem } from '../frame/droppedItem'

export interface ImportRequest {
  /** What was dropped on the window; none where the person is still to choose. */
  readonly items: readonly DroppedItem[]
  /** The data becomes a project of its own instead of that of the open one. */
  readonly asProject: boolean
}

/** The request that the dialog shows; null while none is open. */
export const importRequest = shallowRef<ImportRequest | null>(null)

export function requestImport({ items = [], asProject = false }: Partial<ImportRequest> = {}): void {
  importRequest.value = { items, asProject }
}

export function endImport(): void {
  importRequest.value = null
}
