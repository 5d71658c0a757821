/** Dragging a layer from the palette: the kind travels under a type of its own, so that the canvas takes nothing else. */

export const LAYER_TYPE = 'application/x-layerloom-layer'

export function startLayerDrag(event: DragEvent, kind: string): void {
  event.dataTransfer?.setData(LAYER_TYPE, kind)
  if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'copy'
}

/** Whether what is dragged is a layer; what kind it is cannot be read before it is dropped. */
export function carriesLayer(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(LAYER_TYPE) ?? false
}

export function droppedKind(event: DragEvent): string | null {
  const kind = event.dataTransfer?.getData(LAYER_TYPE)
  return kind === undefined || kind === '' ? null : kind
}
