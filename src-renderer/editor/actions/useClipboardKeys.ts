/** Copies, cuts and pastes layers as text on the system clipboard, within a project and between projects. */
import { useEventListener } from '@vueuse/core'
import { shallowRef } from 'vue'
import { copyNodes, parseClipboard } from '#core/graph/clipboard'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { showToast } from '../../ui/toasts'
import type { Point } from '../graph/geometry'
import { deleteSelection, edit } from './editActions'

/**
 * The text last copied in this window: menus can paste it, although a page may not read the clipboard without
 * permission.
 */
export const lastCopied = shallowRef<string | null>(null)

/** The selected layers as clipboard text, or null if none are selected. */
function selectionText(): string | null {
  const project = useProject()
  return project.selection.size === 0 ? null : copyNodes(project.graph, [...project.selection])
}

/** Copies the selected layers to the system clipboard, from a menu or a button. */
export function copySelection(): void {
  const text = selectionText()
  if (text === null) return
  lastCopied.value = text
  void navigator.clipboard?.writeText(text).catch(() => undefined)
}

export function cutSelection(): void {
  copySelection()
  deleteSelection()
}

/** Adds copies of the layers in `text`, with the upper left corner at `at`, or slightly offset from the originals. */
export function pasteText(text: string, at?: Point): void {
  const project = useProject()
  const clip = parseClipboard(text)
  if (clip === undefined) {
    showToast({ tone: 'info', text: useText().t('editor.noLayersInClipboard') })
    return
  }
  const place = at === undefined ? {} : { at: [at.x, at.y] as const }
  const { added } = edit({ type: 'nodes.paste', clip, scope: project.scope, ...place })
  if (added.length > 0) project.select(added)
}

/** Handles the system's copy, cut and paste while `isHere` reports that the canvas has focus. */
export function useClipboardKeys(isHere: () => boolean, pastePlace: () => Point | undefined): void {
  const take = (event: ClipboardEvent): boolean => {
    const text = isHere() && window.getSelection()?.isCollapsed !== false ? selectionText() : null
    if (text === null) return false
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
    lastCopied.value = text
    return true
  }
  useEventListener(document, 'copy', take)
  useEventListener(document, 'cut', (event) => {
    if (take(event)) deleteSelection()
  })
  useEventListener(document, 'paste', (event) => {
    if (!isHere()) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    event.preventDefault()
    pasteText(text, pastePlace())
  })
}
