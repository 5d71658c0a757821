/**
 * The open network as the canvas draws it: views of its cards and edges, kept in sync with the project and its
 * analysis.
 */
import { shallowReactive, shallowRef, watch } from 'vue'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/useText'
import { useProject } from '../stores/projectStore'
import { cardViews, mergeViews, type CardView } from './graph/cardView'
import { edgeViews, type EdgeView } from './graph/edgeView'
import { CARD_HEIGHT, CARD_WIDTH } from './graph/geometry'
import { Obstacles, type Obstacle } from './graph/obstacles'

export function useNetworkViews() {
  const project = useProject()
  const { t, format, language } = useText()
  const cards = shallowReactive(new Map<string, CardView>())
  const edges = shallowReactive(new Map<string, EdgeView>())
  const obstacles = shallowRef(new Obstacles([]))
  let placed = ''

  watch(
    () => [
      project.graph,
      project.layerReports,
      project.nodeProblems,
      project.facts,
      project.project?.training.loss,
      language.value,
    ],
    () => {
      if (project.project === null) return
      const views = cardViews(project.graph, {
        t,
        language: language.value,
        project: project.project,
        sample: project.inputShape,
        facts: project.facts,
        formatCount: format.number,
        report: project.layerReports,
        problems: project.nodeProblems,
        problemText: (problem) => translateProblem(problem, language.value).message,
      })
      mergeViews(cards, views)
      mergeViews(edges, edgeViews(project.graph, views, project.nodeProblems, project.scope))
      placeObstacles()
    },
    { immediate: true },
  )

  /** Every new set of obstacles redraws the edges, so an edit that moves no card keeps the set. */
  function placeObstacles(): void {
    const cards = project.graph.nodes.map(({ id, position: [x, y] }): Obstacle => ({
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

  return { cards, edges, obstacles, heightOf }
}
