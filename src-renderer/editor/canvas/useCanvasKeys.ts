/** Canvas keyboard: arrows walk along edges, C connects, Enter opens the inspector; see the keyboard help. */
import { announce } from '../../ui/announcer'
import { useProject } from '../../stores/projectStore'
import { deleteSelection, leaveBlock, nudgeSelection } from '../actions/editActions'
import { useEditor } from '../editorStore'
import { nextNode, type Direction } from '../graph/walk'
import { useConnecting } from './useConnecting'
import { useKeyboardConnection } from './useKeyboardConnection'

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

const steps: Readonly<Record<Direction, readonly [number, number]>> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
}

interface Actions {
  /** Moves focus to the inspector. */
  readonly inspect: () => void
  /** Completes the pending connection at the selected port. */
  readonly confirm: () => void
}

export function useCanvasKeys({ inspect, confirm }: Actions): (event: KeyboardEvent) => void {
  const project = useProject()
  const editor = useEditor()
  const connecting = useConnecting()
  const connection = useKeyboardConnection()

  function walk(direction: Direction, extend: boolean): void {
    const next = nextNode(project.graph, editor.current ?? undefined, direction)
    if (next === undefined) return
    project.select(extend ? [...project.selection, next] : [next])
    editor.current = next
    editor.camera?.reveal(next)
    announce(editor.cards.get(next)?.spoken ?? next)
  }

  function escape(): void {
    if (connecting.active) connecting.end()
    else if (project.selection.size > 0) project.select([])
    else if (editor.selectedEdges.size > 0) editor.selectedEdges = new Set()
    else leaveBlock()
  }

  function pressArrow(event: KeyboardEvent, direction: Direction): void {
    if (connecting.active) connection.choose(direction)
    else if (event.altKey) nudgeSelection(...steps[direction], event.shiftKey)
    else walk(direction, event.shiftKey)
  }

  /** Keys without a modifier. */
  const plain: Readonly<Record<string, () => void>> = {
    Enter: () => (connecting.active ? confirm() : inspect()),
    Escape: escape,
    Delete: deleteSelection,
    Backspace: deleteSelection,
    c: connection.begin,
    F2: () => void (editor.renaming = editor.current),
  }

  return (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return
    const direction = directions[event.key]
    const press =
      direction === undefined && !event.altKey
        ? plain[event.key.length === 1 ? event.key.toLowerCase() : event.key]
        : undefined
    if (direction === undefined && press === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (direction !== undefined) pressArrow(event, direction)
    else press?.()
  }
}
