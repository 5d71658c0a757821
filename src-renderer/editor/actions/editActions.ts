/** The user's edits of the network, from any origin: palette, canvas, keyboard, menu, outline, command search. */
import { nextTick, watch } from 'vue'
import type { Command } from '#core/graph/commands'
import { isBlock } from '#core/graph/kinds'
import type { GraphEdge } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { announce } from '../../ui/announcer'
import { useText } from '../../i18n/useText'
import type { Applied, ApplyOptions } from '../../stores/useProjectEdits'
import { useProject } from '../../stores/projectStore'
import { tellRefusal } from '../../stores/tellRefusal'
import { showToast } from '../../ui/toasts'
import { useEditor } from '../editorStore'
import { alignCards, type Alignment } from '../graph/align'
import { edgeId } from '../graph/edgeView'
import { CARD_WIDTH, GRID, type Point } from '../graph/geometry'
import { addAfter, addAt, addReading } from '../graph/placing'

/** Applies an edit; a rejected one shows a message. True if applied. */
export function edit(command: Command, options?: ApplyOptions): Applied {
  const applied = useProject().apply(command, options)
  if (applied.problems.length > 0) reportRefusal(applied.problems)
  return applied
}

/** Reports why an edit was rejected. */
export function reportRefusal([problem]: readonly Problem[]): void {
  if (problem === undefined) return
  const { message, fix } = translateProblem(problem, useText().language.value)
  tellRefusal(`${message} ${fix}`)
}

/** Adds a layer after the selected one, or in the middle of the view if none or several are selected. */
export function addLayer(kind: string): string | undefined {
  const [document, editor] = [useProject(), useEditor()]
  const selected = document.selection.size === 1 ? [...document.selection][0] : undefined
  const center = editor.camera?.center() ?? { x: 0, y: 0 }
  return showAdded(edit(addAfter(editor.placing, kind, selected, center)))
}

/** Adds a layer where it was dropped: at a point of the canvas, or into an edge. */
export function dropLayer(kind: string, at: Point, edge?: GraphEdge): string | undefined {
  return showAdded(edit(addAt(useEditor().placing, kind, at, edge)))
}

/** Adds a layer that reads `from`, as when a connection is dropped on empty canvas. */
export function addConnected(kind: string, from: string, at: Point): string | undefined {
  return showAdded(edit(addReading(useEditor().placing, kind, from, at)))
}

function showAdded({ added }: Applied): string | undefined {
  const id = added[0]
  if (id === undefined) return undefined
  const [document, editor] = [useProject(), useEditor()]
  document.select([id])
  void nextTick(() => editor.camera?.reveal(id))
  const card = document.graph.nodes.find((node) => node.id === id)
  announce(useText().t('editor.announceAdded', { name: id, kind: card?.kind ?? '' }))
  return id
}

/** Connects two layers; without a port, uses the first free input. */
export function connect(from: string, to: string, port?: string): boolean {
  const { scope } = useProject()
  const { problems } = edit({ type: 'edge.connect', from, to, scope, ...(port !== undefined && { port }) })
  if (problems.length > 0) return false
  announce(useText().t('editor.announceConnected', { from, to }))
  return true
}

export function disconnect(edges: readonly GraphEdge[]): void {
  edit({ type: 'edge.disconnect', edges, scope: useProject().scope })
}

/** Deletes the selected layers, or else the selected edges, and offers undo. */
export function deleteSelection(): void {
  const [document, editor] = [useProject(), useEditor()]
  const { t, format } = useText()
  const ids = [...document.selection]
  if (ids.length > 0) {
    const done = edit({ type: 'node.remove', ids, reconnect: true, scope: document.scope }).problems.length === 0
    const text =
      ids.length <= 3
        ? t('editor.deletedNames', { names: format.list(ids) })
        : t('editor.deletedLayers', { n: ids.length })
    if (done) offerUndo(text)
    return
  }
  const edges = document.graph.edges.filter((edge) => editor.selectedEdges.has(edgeId(edge)))
  if (edges.length === 0) return
  disconnect(edges)
  editor.selectedEdges = new Set()
  offerUndo(t('editor.deletedEdges', { n: edges.length }))
}

/** A message with "Undo" that disappears at the next change. */
export function offerUndo(text: string): void {
  const project = useProject()
  const close = showToast({ text, action: { label: useText().t('editor.undo'), run: () => project.undo() } })
  const stop = watch(
    () => project.history,
    () => {
      stop()
      close()
    },
  )
}

export function duplicateSelection(): void {
  const project = useProject()
  if (project.selection.size === 0) return
  const { added } = edit({ type: 'nodes.duplicate', ids: [...project.selection], scope: project.scope })
  if (added.length > 0) project.select(added)
}

export function selectAll(): void {
  const project = useProject()
  project.select(project.graph.nodes.map(({ id }) => id))
}

export function setTrainable(ids: readonly string[], trainable: boolean): void {
  edit({ type: 'node.setTrainable', ids, trainable, scope: useProject().scope })
}

/** Aligns or distributes the selected cards. */
export function alignSelection(alignment: Alignment): void {
  const [document, editor] = [useProject(), useEditor()]
  const cards = document.graph.nodes
    .filter(({ id }) => document.selection.has(id))
    .map(({ id, position: [x, y] }) => ({ id, x, y, width: CARD_WIDTH, height: editor.heightOf(id) }))
  edit({ type: 'node.move', positions: alignCards(cards, alignment), scope: document.scope }, { label: 'align' })
}

/** Moves the selected cards by grid steps; consecutive presses are one edit. */
export function nudgeSelection(dx: number, dy: number, fine: boolean): void {
  const project = useProject()
  const step = fine ? 1 : GRID
  const positions = Object.fromEntries(
    project.graph.nodes
      .filter(({ id }) => project.selection.has(id))
      .map(({ id, position: [x, y] }) => [id, [x + dx * step, y + dy * step] as const]),
  )
  edit(
    { type: 'node.move', positions, scope: project.scope },
    { coalesce: `nudge ${[...project.selection].join(' ')}` },
  )
}

/** Turns the selected layers into a block and starts renaming it. */
export function groupSelection(): void {
  const [document, editor] = [useProject(), useEditor()]
  const { added } = edit({ type: 'block.group', ids: [...document.selection], scope: document.scope })
  const block = added[0]
  if (block === undefined) return
  document.select([block])
  editor.renaming = block
}

export function ungroupSelection(): void {
  const project = useProject()
  const blocks = project.graph.nodes.filter((node) => project.selection.has(node.id) && isBlock(node))
  const added = blocks.flatMap(({ id }) => edit({ type: 'block.ungroup', id, scope: project.scope }).added)
  if (added.length > 0) project.select(added)
}

export function setRepeat(id: string, repeat: number): void {
  edit({ type: 'block.setRepeat', id, repeat, scope: useProject().scope }, { coalesce: `repeat ${id}` })
}

/** Shows the contents of a block. */
export function openBlock(id: string): void {
  const project = useProject()
  project.openScope([...project.scope, id])
}

/** Returns to the network around the open block, with the block selected. */
export function leaveBlock(): void {
  const project = useProject()
  const block = project.scope.at(-1)
  if (block === undefined) return
  project.openScope(project.scope.slice(0, -1))
  project.select([block])
}

export function renameNode(id: string, to: string): boolean {
  return edit({ type: 'node.rename', id, to, scope: useProject().scope }).problems.length === 0
}

/** Whether the selection includes a block. */
export function selectionHasBlock(): boolean {
  const project = useProject()
  return project.graph.nodes.some((node) => project.selection.has(node.id) && isBlock(node))
}
