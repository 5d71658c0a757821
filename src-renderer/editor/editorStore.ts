/** What the editor shows beside the document: its cards and edges as views, and the state of the canvas. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/text'
import { useProject } from '../stores/projectStore'
import { cardViews, mergeViews, type CardView } from './graph/cardView'
import { edgeViews, type EdgeView } from './graph/edgeView'
import { CARD_HEIGHT, CARD_WIDTH, type Point } from './graph/geometry'
import { Obstacles, type Obstacle } from './graph/obstacles'
import type { PlacingContext } from './graph/placing'

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
  const document = useProject()
  const { t, format, language } = useText()
  const cards = shallowReactive(new Map<string, CardView>())
  const edges = shallowReactive(new Map<string, EdgeView>())
  const obstacles = shallowRef(new Obstacles([]))
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
  /** Whether a layout is being worked out. */
  const arranging = ref(false)
  let placed = ''
  /** The document that has been created but not yet laid out to the window. */
  const unarranged = ref<string | null>(null)

  watch(
    () => [
      document.graph,
      document.layerReports,
      document.nodeProblems,
      document.facts,
      document.project?.training.loss,
      language.value,
    ],
    () => {
      if (document.project === null) return
      const views = cardViews(document.graph, {
        t,
        language: language.value,
        project: document.project,
        sample: document.sample,
        facts: document.facts,
        formatCount: format.number,
        report: document.layerReports,
        problems: document.nodeProblems,
        problemText: (problem) => translateProblem(problem, language.value).message,
      })
      mergeViews(cards, views)
      mergeViews(edges, edgeViews(document.graph, views, document.nodeProblems, document.scope))
      placeObstacles()
    },
    { immediate: true },
  )

  watch(
    () => document.selection,
    (ids) => {
      if (current.value === null || !ids.has(current.value)) current.value = [...ids].at(-1) ?? null
      if (renaming.value !== null && !ids.has(renaming.value)) renaming.value = null
    },
  )

  /** Edges are drawn anew with every set of obstacles, so an edit that moves no card keeps the set. */
  function placeObstacles(): void {
    const cards = document.graph.nodes.map(({ id, position: [x, y] }): Obstacle => ({
      id,
      x,
      y,
      width: CARD_WIDTH,
      height: heightOf(id),
    }))
    const places = cards.map(({ id, x, y, height }) => `${id} ${x} ${y} ${height}`).join()
    if (places === placed) return
    placed = places
    obstacles.value = new Obstacles(cards)
  }

  function heightOf(id: string): number {
    return cards.get(id)?.height ?? CARD_HEIGHT
  }

  const placing = computed<PlacingContext>(() => ({ graph: document.graph, scope: document.scope, heightOf }))

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
    arranging,
    unarranged,
    placing,
    heightOf,
  }
})
