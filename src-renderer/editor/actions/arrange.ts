/** Lays the network out to the shape of the window: on request, and once for a newly created project. */
import { nextTick } from 'vue'
import { applyCommand } from '#core/graph/apply'
import type { Position } from '#core/graph/groupBlocks'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'
import { autoLayout } from '../layout/autoLayout'
import { elkLayout } from '../layout/elkWorker'
import { edit } from './editActions'

/** Arranges the visible network. */
export async function tidyLayout(): Promise<void> {
  const [document, editor] = [useProject(), useEditor()]
  const { project, scope } = document
  const { positions } = await layOut()
  // Edits made meanwhile win; the layout can be requested again.
  if (positions === undefined || document.project !== project) return
  edit({ type: 'graph.layout', positions, scope })
  await nextTick()
  editor.camera?.fit()
}

/**
 * Arranges the open project if it is waiting for that; not an edit, the project starts that way. Cards show more once
 * the
 * data is known, so the layout is repeated then, unless the project was edited. False if another layout with more
 * information
 * is in progress, so that the view waits for it.
 */
export async function arrangeOnce(): Promise<boolean> {
  const [document, editor] = [useProject(), useEditor()]
  const { project, document: opened } = document
  if (project === null || editor.camera === null || editor.unarranged !== opened) return true
  // Nothing to do inside a block; called again when the user leaves it.
  if (document.scope.length > 0) return true
  const isDataKnown = document.sample !== undefined
  const { positions, isLatest } = document.canUndo ? { isLatest: true } : await layOut()
  if (positions !== undefined && document.project === project)
    document.replace(applyCommand(project, { type: 'graph.layout', positions }))
  if (isLatest && editor.unarranged === opened && (isDataKnown || document.canUndo)) editor.unarranged = null
  return isLatest
}

interface Layout {
  /** Undefined if there is no canvas to lay out for, or if a later layout replaced this one. */
  readonly positions?: Record<string, Position>
  readonly isLatest: boolean
}

/** The newest layout of the network and of each block, until all have ended. */
const newest = new Map<string, symbol>()
let underWay = 0

async function layOut(): Promise<Layout> {
  const [document, editor] = [useProject(), useEditor()]
  const window = editor.camera?.free()
  if (window === undefined) return { isLatest: true }
  const [own, place] = [Symbol('layout'), document.scope.join('.')]
  newest.set(place, own)
  underWay++
  editor.arranging = true
  try {
    const positions = await autoLayout(document.graph, editor.heightOf, window, elkLayout)
    return newest.get(place) === own ? { positions, isLatest: true } : { isLatest: false }
  } finally {
    underWay--
    editor.arranging = underWay > 0
    if (underWay === 0) newest.clear()
  }
}
