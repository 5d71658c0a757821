/**
 * Keeps Vue Flow's nodes in sync with the project. They are a view: positions and structure are written from the
 * project,
 * and user actions on them come back as commands. Cards read their content from the editor store by id, so a parameter
 * edit
 * does not touch Vue Flow's nodes. Edges are not passed to it at all: EdgeLayer draws them.
 */
import type { Node, NodeSelectionChange, VueFlowStore } from '@vue-flow/core'
import { nextTick, watch } from 'vue'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'

export function useFlowSync(flow: VueFlowStore): void {
  const project = useProject()
  const editor = useEditor()

  watch(
    () => [project.graph, project.scope] as const,
    ([graph, scope], before) => {
      const ids = graph.nodes.map((node) => node.id)
      const isSame = before !== undefined && before[1] === scope && sameIds(ids, flow.nodes.value)
      if (isSame) moveNodes()
      else flow.setNodes(graph.nodes.map(({ id, position }) => nodeAt(id, position, project.selection.has(id))))
    },
    { immediate: true },
  )

  function nodeAt(id: string, [x, y]: readonly [number, number], selected: boolean): Node {
    // The card inside describes itself; a role description without a role has no effect.
    const domAttributes = { 'aria-roledescription': undefined }
    return { id, type: 'layer', position: { x, y }, selected, domAttributes } as Node
  }

  function moveNodes(): void {
    for (const { id, position } of project.graph.nodes) {
      const node = flow.findNode(id)
      const [x, y] = position
      if (node !== undefined && (node.position.x !== x || node.position.y !== y)) node.position = { x, y }
    }
  }

  // Vue Flow does not notice ports added or removed without a size change.
  watch(
    () => [...editor.cards.values()].map(({ id, ports }) => `${id}:${ports.join()}`),
    (now, before) => {
      const known = new Set(before)
      const changed = now.filter((entry) => !known.has(entry)).map((entry) => entry.slice(0, entry.lastIndexOf(':')))
      if (changed.length > 0) void nextTick(() => flow.updateNodeInternals(changed))
    },
  )

  watch(
    () => project.selection,
    (ids) => {
      for (const node of flow.nodes.value)
        if ((node.selected ?? false) !== ids.has(node.id)) node.selected = ids.has(node.id)
    },
  )

  flow.onNodesChange((changes) => {
    const selections = changes.filter((change): change is NodeSelectionChange => change.type === 'select')
    if (selections.length === 0) return
    const ids = new Set(project.selection)
    for (const { id, selected } of selections) {
      if (selected) ids.add(id)
      else ids.delete(id)
    }
    if (ids.size !== project.selection.size || [...ids].some((id) => !project.selection.has(id))) project.select(ids)
  })

  flow.onPaneClick(() => (editor.selectedEdges = new Set()))
  watch(
    () => project.selection.size,
    (size) => {
      if (size > 0) editor.selectedEdges = new Set()
    },
  )
}

function sameIds(ids: readonly string[], shown: readonly { readonly id: string }[]): boolean {
  return ids.length === shown.length && ids.every((id, index) => shown[index]!.id === id)
}
