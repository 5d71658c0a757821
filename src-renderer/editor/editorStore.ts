/** What the editor shows beside the document: its cards and edges as views, and the state of the canvas. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useProject } from '../stores/projectStore'
import type { Point } from './graph/geometry'
import type { PlacingContext } from './graph/placing'
import { useNetworkViews } from './useNetworkViews'

/** What the canvas can be asked to do with its view; there is none while no canvas is on screen. */
export interface Camera {
  fit(): void
  zoomBy(factor: number): void
  zoomTo(scale: number): void
  /** Brings a card into view. */
  reveal(id: string): void
  /** The middle of the view, in canvas pixels. */
  centre(): Point
  /** Size on screen of the room that the network may fill. */
  free(): { readonly width: number; readonly height: number }
  /** Gives the canvas the keyboard. */
  focus(): void
}

export const useEditor = defineStore('editor', () => {
  const project = useProject()
  const { cards, edges, obstacles, heightOf } = useNetworkViews()
  const camera = shallowRef<Camera | null>(null)
  const scale = ref(1)
  const showsMinimap = ref(true)
  const showsOutline = ref(false)
  /** The node whose name is being edited on its card. */
  const renaming = ref<string | null>(null)
  /** The card that the keyboard is at, among those selected. */
  const current = ref<string | null>(null)
  /** Ids of selected edges. */
  const selectedEdges = shallowRef<ReadonlySet<string>>(new Set())
  /** Height in px of what lies over the lower end of the canvas. */
  const covered = ref(0)
  /** The edge that the layer being dragged would go into. */
  const dropEdge = ref<string | null>(null)
  /** The loose end that the layer being dragged would go on from. */
  const dropEnd = ref<string | null>(null)
  /** Whether a layout is being worked out. */
  const arranging = ref(false)
  /** The document that has been created but not yet laid out to the window. */
  const unarranged = ref<string | null>(null)

  watch(
    () => project.selection,
    (ids) => {
      if (current.value === null || !ids.has(current.value)) current.value = [...ids].at(-1) ?? null
      if (renaming.value !== null && !ids.has(renaming.value)) renaming.value = null
    },
  )

  /** Cards whose shape stands on their edges already, because all of these are refused. */
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
