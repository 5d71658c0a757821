/**
 * What the outline does to the network: the same commands as the canvas, from a list instead of from positions on a
 * plane.
 */
import { isSink } from '#core/graph/kinds'
import { formatEdge, sameEdge } from '#core/graph/ports'
import type { GraphEdge } from '#core/graph/project'
import { announce } from '../../ui/announcer'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { CARD_HEIGHT } from '../graph/geometry'
import { addAfter } from '../graph/placing'
import { useEdits } from './useEdits'
import { itemKey, reorderCommand, type OutlineItem } from './outlineItems'
import { networkAt } from './useOutlineRows'

export function useOutlineActions() {
  const { t } = useText()
  const project = useProject()
  const { edit, editWith, reasonOf } = useEdits()

  /** Why a layer cannot have this name; null if it now has it. */
  function rename(item: OutlineItem, to: string): string | null {
    const { problems } = project.apply({ type: 'node.rename', scope: item.scope, id: item.node.id, to })
    return problems.length > 0 ? reasonOf(problems) : null
  }

  /** Adds a layer after `item` and returns its key; null if the edit was rejected. */
  function add(item: OutlineItem | undefined, kind: string): string | null {
    const scope = item?.scope ?? []
    const graph = networkAt(project, scope)
    const before = new Set(graph.nodes.map(({ id }) => id))
    editWith(addAfter({ graph, scope, heightOf: () => CARD_HEIGHT }, kind, item?.node.id, { x: 0, y: 0 }))
    const added = networkAt(project, scope).nodes.find(({ id }) => !before.has(id))
    if (added === undefined) return null
    announce(t('panels.added', { name: added.id }))
    return itemKey(scope, added.id)
  }

  /** Connects, or removes the connection if it already exists. */
  function connect({ scope }: OutlineItem, option: string): void {
    const edge = JSON.parse(option) as GraphEdge
    const exists = networkAt(project, scope).edges.some((other) => sameEdge(other, edge))
    const done = exists
      ? edit({ type: 'edge.disconnect', scope, edges: [edge] })
      : edit({ type: 'edge.connect', scope, ...edge })
    if (!done) return
    const names = { from: edge.from, to: formatEdge(edge).split(' → ')[1]!.replace(/\.x$/, '') }
    announce(exists ? t('panels.disconnected', names) : t('panels.connected', names))
  }

  /** Removes a layer, or the whole selection if the layer is part of it. */
  function remove({ scope, node }: OutlineItem): void {
    const isSelected = scope.join('/') === project.scope.join('/') && project.selection.has(node.id)
    const ids = isSelected ? [...project.selection] : [node.id]
    const done = edit({ type: 'node.remove', scope, ids, reconnect: true })
    if (done) announce(t('panels.removed', { name: ids.join(', ') }))
  }

  function reorderReason({ scope, node }: OutlineItem, direction: 'up' | 'down'): string | null {
    const command = reorderCommand(networkAt(project, scope), scope, node.id, direction)
    return command === undefined ? t('panels.noReorder') : null
  }

  function reorder(item: OutlineItem, direction: 'up' | 'down'): void {
    const command = reorderCommand(networkAt(project, item.scope), item.scope, item.node.id, direction)
    if (command === undefined) announce(t('panels.noReorder'))
    else if (edit(command)) announce(t('panels.moved', { name: item.node.id }))
  }

  const connectReason = ({ node }: OutlineItem): string | null =>
    isSink(node) ? t('panels.noOutput', { name: node.id }) : null

  return { rename, add, connect, connectReason, remove, reorder, reorderReason }
}
