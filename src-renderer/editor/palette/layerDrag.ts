/** Dragging a layer from the palette: the kind has a custom MIME type, so that the canvas accepts nothing else. */

export const LAYER_TYPE = 'application/x-layerloom-layer'

export function startLayerDrag(event: DragEvent, kind: string): void {
  event.dataTransfer?.setData(LAYER_TYPE, kind)
  if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'copy'
}

/** Whether a layer is being dragged; its kind cannot be read before the drop. */
export function carriesLayer(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(LAYER_TYPE) ?? false
}

export function droppedKind(event: DragEvent): string | null {
  const kind = event.dataTransfer?.getData(LAYER_TYPE)
  return kind === undefined || kind === '' ? null : kind
}
