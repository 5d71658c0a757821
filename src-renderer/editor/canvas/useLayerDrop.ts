/** Dropping layers from the palette on the canvas: on free canvas, on an edge, or on a card to add after it. */
import type { VueFlowStore } from '@vue-flow/core'
import { useProject } from '../../stores/projectStore'
import { dropLayer } from '../actions/editActions'
import { useEditor } from '../editorStore'
import { CARD_HEIGHT, CARD_WIDTH, type Point } from '../graph/geometry'
import { looseEndAbove } from '../graph/placing'
import { carriesLayer, droppedKind } from '../palette/layerDrag'
import { edgeAt } from './edgeCourse'

export function useLayerDrop(flow: VueFlowStore) {
  const project = useProject()
  const editor = useEditor()

  function pointOf(event: DragEvent): Point {
    return flow.screenToFlowCoordinate({ x: event.clientX, y: event.clientY })
  }

  function edgeBelow(point: Point) {
    const places = new Map(project.graph.nodes.map(({ id, position: [x, y] }) => [id, { x, y }]))
    return edgeAt(point, editor.edges.values(), (id) => places.get(id), editor)
  }

  function endAbove({ x, y }: Point) {
    return looseEndAbove(editor.placing, { x: x - CARD_WIDTH / 2, y: y - CARD_HEIGHT / 2 })
  }

  return {
    over(event: DragEvent): void {
      if (!carriesLayer(event) || project.readOnly) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      const point = pointOf(event)
      editor.dropEdge = edgeBelow(point)?.id ?? null
      editor.dropEnd = editor.dropEdge === null ? (endAbove(point)?.id ?? null) : null
    },
    leave(): void {
      editor.dropEdge = null
      editor.dropEnd = null
    },
    drop(event: DragEvent): void {
      const kind = droppedKind(event)
      editor.dropEdge = null
      editor.dropEnd = null
      if (kind === null) return
      event.preventDefault()
      const point = pointOf(event)
      const edge = edgeBelow(point)
      dropLayer(kind, point, edge && { from: edge.from, to: edge.to, port: edge.port })
      editor.camera?.focus()
    },
  }
}
