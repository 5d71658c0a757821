/**
 * Pointer, wheel and keys over a plot: hover moves the crosshair, dragging selects a zoom range, double-click resets.
 */
import { nextTick, ref, type Ref } from 'vue'
import { usePlotZoom, type XRange } from './usePlotZoom'

interface PlotPointerOptions {
  /** The visible range. */
  readonly view: () => XRange
  /** The whole range. */
  readonly full: () => XRange
  readonly crosshair: Ref<number | null>
  /** Null shows everything. */
  readonly zoom: Ref<XRange | null>
  /** Called when the keyboard moves the crosshair, so that its values are announced. */
  readonly onStep: () => void
}

/** A drag shorter than this is a click. */
const SHORTEST_DRAG = 6
const WHEEL_FACTOR = 1.2

export function usePlotPointer({ view, full, crosshair, zoom, onStep }: PlotPointerOptions) {
  /** The range being selected, in fractions of the plot's width. */
  const selection = ref<XRange | null>(null)
  let dragFrom: number | null = null
  const { show, zoomAround } = usePlotZoom({ view, full, zoom })

  function shareAt(event: MouseEvent): number {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
  }

  function valueAt(share: number): number {
    const [from, to] = view()
    return from + share * (to - from)
  }

  function pointerDown(event: PointerEvent): void {
    if (event.button !== 0) return
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    dragFrom = shareAt(event)
  }

  function pointerMove(event: PointerEvent): void {
    const share = shareAt(event)
    crosshair.value = valueAt(share)
    if (dragFrom === null) return
    const width = (event.currentTarget as HTMLElement).clientWidth
    const far = Math.abs(share - dragFrom) * width >= SHORTEST_DRAG
    selection.value = far ? [Math.min(share, dragFrom), Math.max(share, dragFrom)] : null
  }

  function pointerUp(): void {
    if (selection.value !== null) show([valueAt(selection.value[0]), valueAt(selection.value[1])])
    dragFrom = null
    selection.value = null
  }

  function pointerLeave(): void {
    if (dragFrom === null) crosshair.value = null
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault()
    if (event.deltaY === 0) return
    zoomAround(valueAt(shareAt(event)), event.deltaY < 0 ? WHEEL_FACTOR : 1 / WHEEL_FACTOR)
  }

  function keyDown(event: KeyboardEvent): void {
    const [from, to] = view()
    const place = crosshair.value ?? (event.key === 'ArrowLeft' ? to : from)
    const step = ((to - from) / 40) * (event.shiftKey ? 5 : 1)
    if (event.key === 'ArrowRight') crosshair.value = Math.min(to, place + step)
    else if (event.key === 'ArrowLeft') crosshair.value = Math.max(from, place - step)
    else if (event.key === 'Home') crosshair.value = from
    else if (event.key === 'End') crosshair.value = to
    else if (event.key === '+' || event.key === '=') zoomAround(crosshair.value ?? (from + to) / 2, WHEEL_FACTOR)
    else if (event.key === '-') zoomAround(crosshair.value ?? (from + to) / 2, 1 / WHEEL_FACTOR)
    else if (event.key === '0') zoom.value = null
    else if (event.key === 'Escape' && crosshair.value !== null) crosshair.value = null
    else return
    event.preventDefault()
    event.stopPropagation()
    // The crosshair is a model, which has its new value once the parent has rendered.
    void nextTick(() => {
      if (crosshair.value !== null) onStep()
    })
  }

  return { selection, pointerDown, pointerMove, pointerUp, pointerLeave, wheel, keyDown }
}
