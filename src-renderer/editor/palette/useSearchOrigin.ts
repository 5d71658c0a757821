/** Where focus was before it moved into the palette search, so that Escape returns there. */
import { useEditor } from '../editorStore'

export interface SearchOrigin {
  /** Call when focus enters the search. */
  readonly arrive: (event: FocusEvent) => void
  /** Returns focus; to the canvas if the previous element is gone. */
  readonly leave: () => void
}

export function useSearchOrigin(): SearchOrigin {
  const editor = useEditor()
  let origin: HTMLElement | null = null
  return {
    arrive({ currentTarget, relatedTarget }) {
      const inside =
        currentTarget instanceof HTMLElement && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
      if (!inside) origin = relatedTarget instanceof HTMLElement ? relatedTarget : null
    },
    leave() {
      if (origin?.isConnected === true && origin.checkVisibility()) origin.focus()
      else editor.camera?.focus()
    },
  }
}
