/** Requests a data import from anywhere in the app; the dialog itself is loaded on the first request. */
import { shallowRef } from 'vue'
import type { DroppedItem } from '../frame/droppedItem'

export interface ImportRequest {
  /** Items dropped on the window; empty if the user has yet to choose. */
  readonly items: readonly DroppedItem[]
  /** The data becomes a new project instead of the data of the open one. */
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
