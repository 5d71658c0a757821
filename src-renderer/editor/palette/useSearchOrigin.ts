/** Where the keyboard was before it went into the search of the palette, so that Escape leads back there. */
import { useEditor } from '../editorStore'

export interface SearchOrigin {
  /** Call it when the keyboard arrives in the search. */
  readonly arrive: (event: FocusEvent) => void
  /** Gives the keyboard back; to the canvas where its old place is gone. */
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
