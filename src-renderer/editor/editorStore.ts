/** What the editor shows beside the project: its cards and edges as views, and the state of the canvas. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useProject } from '../stores/projectStore'
import type { Point } from './graph/geometry'
import type { PlacingContext } from './graph/placing'
import { useNetworkViews } from './useNetworkViews'

/** View operations of the canvas; absent while no canvas is on screen. */
export interface Camera {
  fit(): void
  zoomBy(factor: number): void
  zoomTo(scale: number): void
  /** Scrolls a card into view. */
  reveal(id: string): void
  /** The middle of the view, in canvas pixels. */
  center(): Point
  /** Screen size of the space available to the network. */
  free(): { readonly width: number; readonly height: number }
  /** Focuses the canvas. */
  focus(): void
}

export const useEditor = defineStore('editor', () => {
  const project = useProject()
  const { cards, edges, obstacles, heightOf } = useNetworkViews()
  const camera = shallowRef<Camera | null>(null)
  const scale = ref(1)
  const showsMinimap = ref(true)
  const showsOutline = ref(false)
  /** The node being renamed on its card. */
  const renaming = ref<string | null>(null)
  /** The focused card among those selected. */
  const current = ref<string | null>(null)
  /** Ids of selected edges. */
  const selectedEdges = shallowRef<ReadonlySet<string>>(new Set())
  /** Height in px of the overlay at the bottom of the canvas. */
  const covered = ref(0)
  /** The edge the dragged layer would be inserted into. */
  const dropEdge = ref<string | null>(null)
  /** The loose end the dragged layer would be connected to. */
  const dropEnd = ref<string | null>(null)
  /** Whether a layout is being computed. */
  const arranging = ref(false)
  /** The newly created project that has not been laid out to the window yet. */
  const unarranged = ref<string | null>(null)

  watch(
    () => project.selection,
    (ids) => {
      if (current.value === null || !ids.has(current.value)) current.value = [...ids].at(-1) ?? null
      if (renaming.value !== null && !ids.has(renaming.value)) renaming.value = null
    },
  )

  /** Cards whose shape is already shown on their edges, because all of these are rejected. */
  const shapesOnEdges = computed<ReadonlySet<string>>(() => {
    const all = [...edges.values()]
    const sound = new Set(all.flatMap(({ from, label }) => (label === '' ? [from] : [])))
    return new Set(all.flatMap(({ from }) => (sound.has(from) ? [] : [from])))
  })
  const placing = computed<PlacingContext>(() => ({ graph: project.graph, scope: project.scope, heightOf }))

  return {
    cards,
    edges,
    obstacles,
    camera,
    scale,
    showsMinimap,
    showsOutline,
    renaming,
    current,
    selectedEdges,
    covered,
    dropEdge,
    dropEnd,
    arranging,
    unarranged,
    placing,
    shapesOnEdges,
    heightOf,
  }
})
