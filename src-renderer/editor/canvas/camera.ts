/** The view of the canvas: fitting, zooming, bringing a card into view. */
import type { VueFlowStore } from '@vue-flow/core'
import { useMediaQuery, usePreferredReducedMotion } from '@vueuse/core'
import { onScopeDispose, type Ref, watch } from 'vue'
import { useProject } from '../../stores/projectStore'
import { useEditor, type Camera } from '../editorStore'
import { boundsOf, CARD_WIDTH, type Rect } from '../graph/geometry'

export const SMALLEST_SCALE = 0.1
export const LARGEST_SCALE = 2
/** Free room around the network: the tool bars are above it. */
const MARGIN = { top: 56, side: 24, bottom: 24 }
/** Room that the shape at the right of a line may need beyond the card. */
const LABEL = 24
const MOVE_TIME = 160

export function useCamera(flow: VueFlowStore, root: Ref<HTMLElement | null>): Camera {
  const document = useProject()
  const editor = useEditor()
  const wide = useMediaQuery('(min-width: 2000px)')
  const motion = usePreferredReducedMotion()
  const duration = (): number => (motion.value === 'reduce' ? 0 : MOVE_TIME)

  function rects(ids?: ReadonlySet<string>): Rect[] {
    return document.graph.nodes
      .filter(({ id }) => ids === undefined || ids.has(id))
      .map(({ id, position: [x, y] }) => ({ x, y, width: CARD_WIDTH, height: editor.heightOf(id) + LABEL }))
  }

  /** The part of the view that nothing lies over. */
  const size = () => {
    const { width, height } = flow.dimensions.value
    return { width, height: Math.max(0, height - editor.covered) }
  }

  /** The room that the network may fill. */
  const free = () => {
    const { width, height } = size()
    return { width: width - 2 * MARGIN.side, height: height - MARGIN.top - MARGIN.bottom }
  }

  function fit(): void {
    const bounds = boundsOf(rects())
    const { width, height } = free()
    if (width <= 0 || height <= 0) return
    if (bounds === undefined) return void flow.setViewport({ x: width / 2, y: height / 3, zoom: 1 })
    const largest = wide.value ? 1.5 : 1
    const zoom = Math.max(SMALLEST_SCALE, Math.min(largest, width / bounds.width, height / bounds.height))
    void flow.setViewport(
      {
        x: MARGIN.side + (width - bounds.width * zoom) / 2 - bounds.x * zoom,
        y: MARGIN.top + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
        zoom,
      },
      { duration: duration() },
    )
  }

  function zoomTo(scale: number): void {
    void flow.zoomTo(Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale)), { duration: duration() })
  }

  /** Moves the view just so far that the card with its surroundings is inside. */
  function reveal(id: string): void {
    const card = rects(new Set([id]))[0]
    if (card === undefined) return
    const { x, y, zoom } = flow.viewport.value
    const { width, height } = size()
    const left = card.x * zoom + x
    const top = card.y * zoom + y
    const dx = shift(left, left + card.width * zoom, MARGIN.side, width - MARGIN.side)
    const dy = shift(top, top + card.height * zoom, MARGIN.top, height - MARGIN.bottom)
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() })
  }

  const camera: Camera = {
    fit,
    zoomTo,
    reveal,
    free,
    zoomBy: (factor) => zoomTo(flow.viewport.value.zoom * factor),
    centre() {
      const { x, y, zoom } = flow.viewport.value
      const { width, height } = size()
      return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
    },
    focus: () => root.value?.focus({ preventScroll: true }),
  }
  editor.camera = camera
  onScopeDispose(() => {
    if (editor.camera === camera) editor.camera = null
  })
  watch(
    () => flow.viewport.value.zoom,
    (zoom) => (editor.scale = zoom),
    { immediate: true },
  )
  return camera
}

/** How far an interval has to move to lie between two borders; its start counts where it is longer. */
function shift(start: number, end: number, low: number, high: number): number {
  if (start < low || end - start > high - low) return low - start
  return end > high ? high - end : 0
}
