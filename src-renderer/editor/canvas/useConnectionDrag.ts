/** Draws a connection with the pointer: Vue Flow follows the pointer, `connecting` evaluates the result. */
import type { Connection, OnConnectStartParams, VueFlowStore } from '@vue-flow/core'
import { ref, watch } from 'vue'
import { connect, reportRefusal } from '../actions/editActions'
import type { Point } from '../graph/geometry'
import { useConnecting } from './useConnecting'
import type { ConnectionEnd } from './connectionEnds'

/** A connection from an output dropped on empty canvas; a menu asks what to connect. */
export interface LooseEnd {
  readonly from: string
  /** In screen coordinates, for the menu. */
  readonly at: Point
  /** In canvas coordinates, for the layer. */
  readonly place: Point
}

export function useConnectionDrag(flow: VueFlowStore) {
  const connecting = useConnecting()
  const looseEnd = ref<LooseEnd | null>(null)
  let connected = false

  function endOf(handle: { nodeId: string; id?: string | null; type: string } | null): ConnectionEnd | null {
    if (handle === null) return null
    return handle.type === 'source' ? { node: handle.nodeId } : { node: handle.nodeId, port: handle.id ?? 'x' }
  }

  watch(
    () => flow.connectionEndHandle.value,
    (handle) => {
      if (!connecting.active) return
      const end = endOf(handle)
      connecting.hover(end === null || connecting.edgeTo(end) === undefined ? null : end)
    },
  )

  function begin({ nodeId, handleId, handleType }: OnConnectStartParams): void {
    connected = false
    if (nodeId === undefined || handleType === undefined) return
    connecting.begin(handleType === 'source' ? { node: nodeId } : { node: nodeId, port: handleId ?? 'x' })
  }

  function make({ source, target, targetHandle }: Connection): void {
    connected = true
    connect(source, target, targetHandle ?? undefined)
  }

  /** A connection dropped on a card uses its free port; on empty canvas it asks which layer to connect. */
  function finish(event?: MouseEvent): void {
    const { start } = connecting
    const moved = event !== undefined && start !== null && !connected
    const card = moved ? cardUnder(event) : undefined
    if (moved && card !== undefined && card !== start.node) {
      if (start.port === undefined) connect(start.node, card, connecting.portFor(card))
      else connect(card, start.node, start.port)
    } else if (moved && card === undefined && start.port === undefined && isOnPane(event)) {
      const at = { x: event.clientX, y: event.clientY }
      looseEnd.value = { from: start.node, at, place: flow.screenToFlowCoordinate(at) }
    }
    connecting.end()
  }

  /** Completes a keyboard connection at the selected end. */
  function confirm(): void {
    const { hovered } = connecting
    const edge = hovered && connecting.edgeTo(hovered)
    const verdict = hovered && connecting.judge(hovered)
    connecting.end()
    if (verdict?.kind === 'refused') reportRefusal([verdict.problem])
    else if (edge) connect(edge.from, edge.to, edge.port)
  }

  return { looseEnd, begin, make, finish, confirm }
}

function cardUnder(event: MouseEvent): string | undefined {
  const element = window.document.elementFromPoint(event.clientX, event.clientY)
  return element?.closest<HTMLElement>('.vue-flow__node')?.dataset.id
}

function isOnPane(event: MouseEvent): boolean {
  const element = window.document.elementFromPoint(event.clientX, event.clientY)
  return element?.closest('.vue-flow__pane') !== null || element.closest('.vue-flow__edges') !== null
}
