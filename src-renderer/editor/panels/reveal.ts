/**
 * Reveals a layer from anywhere: opens its block, selects it, and scrolls it into view on the canvas or in the outline.
 */
import { nextTick, shallowRef } from 'vue'
import { locateNode } from '#core/graph/blocks'
import { graphAt, type Scope } from '#core/graph/scope'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'

export interface RevealRequest {
  readonly scope: Scope
  readonly id: string
  /** Whether to move focus too. */
  readonly focus: boolean
}

/** The last request, for the outline; always a new object, even for the same layer. */
export const revealRequest = shallowRef<RevealRequest | null>(null)

/** Shows the layer with this id in the analysis (`conv1`, `block1.0.conv1`); false if it no longer exists. */
export function revealNode(expandedId: string, focus = false): boolean {
  const project = useProject()
  const { scope, id } = locateNode(expandedId)
  const graph = project.project && graphAt(project.project.graph, scope)
  if (!graph?.nodes.some((node) => node.id === id)) return false
  if (scope.join('.') !== project.scope.join('.')) project.openScope(scope)
  project.select([id])
  revealRequest.value = { scope, id, focus }
  void nextTick(() => showOnCanvas(id, focus))
  return true
}

function showOnCanvas(id: string, focus: boolean): void {
  const { camera } = useEditor()
  camera?.reveal(id)
  if (focus) camera?.focus()
}
