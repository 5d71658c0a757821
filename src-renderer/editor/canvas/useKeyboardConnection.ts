/** Keyboard connections: C starts one at the focused card, the arrow keys cycle through its possible ends. */
import { announce } from '../../ui/announcer'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'
import { nextPoint, type Direction } from '../graph/walk'
import { useConnecting } from './useConnecting'
import type { ConnectionEnd } from './connectionEnds'

export function useKeyboardConnection() {
  const { t } = useText()
  const project = useProject()
  const editor = useEditor()
  const connecting = useConnecting()

  /** Possible ends for a connection from the selected layer, with their positions; fitting ones first, if any. */
  function places(): (ConnectionEnd & { x: number; y: number })[] {
    const positions = new Map(project.graph.nodes.map((node) => [node.id, node.position]))
    return connecting.possibleEnds().map((end) => {
      const [x, y] = positions.get(end.node) ?? [0, 0]
      return { ...end, x, y: y + (editor.cards.get(end.node)?.ports.indexOf(end.port ?? '') ?? 0) }
    })
  }

  function choose(direction: Direction): void {
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

  function begin(): void {
    const from = editor.current
    if (from === null || editor.cards.get(from)?.hasOutput !== true || project.readOnly) return
    connecting.begin({ node: from })
    announce(t('editor.announceConnecting', { name: from }))
    const ends = places().filter((end) => connecting.judge({ node: end.node, port: end.port! })?.kind === 'fits')
    const below = ends.find((end) => end.y > (project.graph.nodes.find((node) => node.id === from)?.position[1] ?? 0))
    const first = below ?? ends[0]
    if (first !== undefined) connecting.hover({ node: first.node, port: first.port! })
  }

  return { begin, choose }
}
