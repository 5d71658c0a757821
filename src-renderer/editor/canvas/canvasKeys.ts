/** The keyboard on the canvas: arrows walk along edges, C connects, Enter opens the inspector; see the keyboard help. */
import { announce } from '../../frame/announcer'
import { useText } from '../../i18n/text'
import { useProject } from '../../stores/projectStore'
import { deleteSelection, leaveBlock, nudgeSelection } from '../actions/editActions'
import { useEditor } from '../editorStore'
import { nextNode, nextPoint, type Direction } from '../graph/walk'
import { useConnecting, type ConnectionEnd } from './connecting'

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
  /** Gives the keyboard to the inspector. */
  readonly inspect: () => void
  /** Ends the connection that is being made at the chosen port. */
  readonly confirm: () => void
}

export function useCanvasKeys({ inspect, confirm }: Actions): (event: KeyboardEvent) => void {
  const { t } = useText()
  const document = useProject()
  const editor = useEditor()
  const connecting = useConnecting()

  function walk(direction: Direction, extend: boolean): void {
    const next = nextNode(document.graph, editor.current ?? undefined, direction)
    if (next === undefined) return
    document.select(extend ? [...document.selection, next] : [next])
    editor.current = next
    editor.camera?.reveal(next)
    announce(editor.cards.get(next)?.spoken ?? next)
  }

  /** Ends that a connection from the chosen layer may have, with their places, the ones that fit first where any does. */
  function places(): (ConnectionEnd & { x: number; y: number })[] {
    const positions = new Map(document.graph.nodes.map((node) => [node.id, node.position]))
    return connecting.possibleEnds().map((end) => {
      const [x, y] = positions.get(end.node) ?? [0, 0]
      return { ...end, x, y: y + (editor.cards.get(end.node)?.ports.indexOf(end.port ?? '') ?? 0) }
    })
  }

  function chooseEnd(direction: Direction): void {
    const ends = places()
    const { hovered } = connecting
    const at = ends.find((end) => end.node === hovered?.node && end.port === hovered.port)
    const next = at === undefined ? ends[0] : nextPoint(ends, at, direction)
    if (next === undefined) return
    connecting.hover({ node: next.node, port: next.port! })
    editor.camera?.reveal(next.node)
    const verdict = connecting.judge({ node: next.node, port: next.port! })
    const name = t('editor.portOf', { name: next.node, port: next.port ?? '' })
    announce(verdict?.kind === 'fits' ? t('editor.announceFits', { name }) : t('editor.announceMisfits', { name }))
  }

  function beginConnection(): void {
    const from = editor.current
    if (from === null || editor.cards.get(from)?.hasOutput !== true || document.readOnly) return
    connecting.begin({ node: from })
    announce(t('editor.announceConnecting', { name: from }))
    const ends = places().filter((end) => connecting.judge({ node: end.node, port: end.port! })?.kind === 'fits')
    const below = ends.find((end) => end.y > (document.graph.nodes.find((node) => node.id === from)?.position[1] ?? 0))
    const first = below ?? ends[0]
    if (first !== undefined) connecting.hover({ node: first.node, port: first.port! })
  }

  function escape(): void {
    if (connecting.active) connecting.end()
    else if (document.selection.size > 0) document.select([])
    else if (editor.selectedEdges.size > 0) editor.selectedEdges = new Set()
    else leaveBlock()
  }

  function pressArrow(event: KeyboardEvent, direction: Direction): void {
    if (connecting.active) chooseEnd(direction)
    else if (event.altKey) nudgeSelection(...steps[direction], event.shiftKey)
    else walk(direction, event.shiftKey)
  }

  /** Keys without a modifier. */
  const plain: Readonly<Record<string, () => void>> = {
    Enter: () => (connecting.active ? confirm() : inspect()),
    Escape: escape,
    Delete: deleteSelection,
    Backspace: deleteSelection,
    c: beginConnection,
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
