/** The view of the canvas: fitting, zooming, scrolling a card into view. */
import type { VueFlowStore } from '@vue-flow/core'
import { useMediaQuery, usePreferredReducedMotion } from '@vueuse/core'
import { onScopeDispose, type Ref, watch } from 'vue'
import { useProject } from '../../stores/projectStore'
import { useEditor, type Camera } from '../editorStore'
import { boundsOf, CARD_WIDTH, type Rect } from '../graph/geometry'
import { fitView, freeRoom, LARGEST_SCALE, revealInView, SMALLEST_SCALE, type Size } from './viewport'

/** Space the shape label right of a line may need beyond the card. */
const LABEL = 24
const MOVE_TIME = 160

export function useCamera(flow: VueFlowStore, root: Ref<HTMLElement | null>): Camera {
  const project = useProject()
  const editor = useEditor()
  const wide = useMediaQuery('(min-width: 2000px)')
  const motion = usePreferredReducedMotion()
  const duration = (): number => (motion.value === 'reduce' ? 0 : MOVE_TIME)

  function rects(ids?: ReadonlySet<string>): Rect[] {
    return project.graph.nodes
      .filter(({ id }) => ids === undefined || ids.has(id))
      .map(({ id, position: [x, y] }) => ({ x, y, width: CARD_WIDTH, height: editor.heightOf(id) + LABEL }))
  }

  /** The part of the view that nothing overlays. */
  const size = (): Size => {
    const { width, height } = flow.dimensions.value
    return { width, height: Math.max(0, height - editor.covered) }
  }

  function fit(): void {
    const bounds = boundsOf(rects())
    const { width, height } = freeRoom(size())
    if (width <= 0 || height <= 0) return
    if (bounds === undefined) return void flow.setViewport({ x: width / 2, y: height / 3, zoom: 1 })
    void flow.setViewport(fitView(bounds, size(), wide.value ? 1.5 : 1), { duration: duration() })
  }

  function zoomTo(scale: number): void {
    void flow.zoomTo(Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale)), { duration: duration() })
  }

  /** Moves the view just far enough to show the card with its surroundings. */
  function reveal(id: string): void {
    const card = rects(new Set([id]))[0]
    if (card === undefined) return
    const view = flow.viewport.value
    const moved = revealInView(card, view, size())
    if (moved !== view) void flow.setViewport(moved, { duration: duration() })
  }

  const camera: Camera = {
    fit,
    zoomTo,
    reveal,
    free: () => freeRoom(size()),
    zoomBy: (factor) => zoomTo(flow.viewport.value.zoom * factor),
    center() {
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
