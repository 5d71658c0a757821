/**
 * A connection in the making, by pointer or keyboard: which ports it could end at, and what connecting there would lead to.
 * Structure is checked at once; shapes need an analysis each, so they are worked out in the pauses between frames, and at
 * once for the port that the person is at.
 */
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { isSink } from '#core/graph/kinds'
import { preferredPort } from '#core/graph/ports'
import { portsOf } from '#core/compiler/analyze'
import type { GraphEdge } from '#core/graph/project'
import { portName } from '#core/layers/layer'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'
import { checkConnection, structuralProblem, type CheckContext, type Verdict } from '../graph/connectionCheck'

/** Where a connection may end: an input port, or the output of a node where it was begun at an input. */
export interface ConnectionEnd {
  readonly node: string
  /** Undefined for the output. */
  readonly port?: string
}

/** Time in ms that checking may take of every frame. */
const BUDGET = 6

export const useConnecting = defineStore('connecting', () => {
  const document = useProject()
  const editor = useEditor()
  const start = shallowRef<ConnectionEnd | null>(null)
  /** The end that the pointer or the keyboard is at. */
  const hovered = shallowRef<ConnectionEnd | null>(null)
  const verdicts = shallowReactive(new Map<string, Verdict>())
  let timer: ReturnType<typeof setTimeout> | undefined

  const context = (): CheckContext => ({
    project: document.project!,
    scope: document.scope,
    sample: document.sample,
    facts: document.facts,
  })

  /** The edge that ending at `end` would make. */
  function edgeTo(end: ConnectionEnd): GraphEdge | undefined {
    const from = start.value
    if (from === null || (from.port === undefined) === (end.port === undefined)) return undefined
    return from.port === undefined
      ? { from: from.node, to: end.node, port: end.port! }
      : { from: end.node, to: from.node, port: from.port }
  }

  /** Every end that the connection could have, the nearest cards of the document first. */
  function possibleEnds(): ConnectionEnd[] {
    const from = start.value
    if (from === null) return []
    const others = document.graph.nodes.filter((node) => node.id !== from.node)
    if (from.port !== undefined) return others.filter((node) => !isSink(node)).map((node) => ({ node: node.id }))
    return others.flatMap((node) => inputsOf(node.id).map((port) => ({ node: node.id, port })))
  }

  /** Input ports of a card; one that takes any number of inputs offers a further one. */
  function inputsOf(id: string): readonly string[] {
    const card = editor.cards.get(id)
    if (card === undefined) return []
    return card.variadic && card.full ? [...card.ports, sparePort(card.ports)] : card.ports
  }

  function begin(at: ConnectionEnd): void {
    start.value = at
    hovered.value = null
    verdicts.clear()
    const pending: ConnectionEnd[] = []
    for (const end of possibleEnds()) {
      const problem = structuralProblem(edgeTo(end)!, context())
      if (problem === undefined) pending.push(end)
      else verdicts.set(keyOf(end), { kind: 'refused', problem })
    }
    timer = setTimeout(() => work(pending))
  }

  function work(pending: ConnectionEnd[]): void {
    const begun = performance.now()
    while (pending.length > 0 && performance.now() - begun < BUDGET) judge(pending.shift()!)
    if (pending.length > 0) timer = setTimeout(() => work(pending), 16)
  }

  /** The verdict on an end, worked out now where it is not known yet. */
  function judge(end: ConnectionEnd): Verdict | undefined {
    const known = verdicts.get(keyOf(end))
    const edge = edgeTo(end)
    if (known !== undefined || edge === undefined) return known
    const verdict = checkConnection(edge, context())
    verdicts.set(keyOf(end), verdict)
    return verdict
  }

  function hover(end: ConnectionEnd | null): void {
    hovered.value = end
    if (end !== null) judge(end)
  }

  function end(): void {
    clearTimeout(timer)
    start.value = null
    hovered.value = null
    verdicts.clear()
  }

  return {
    start,
    hovered,
    begin,
    hover,
    end,
    edgeTo,
    possibleEnds,
    inputsOf,
    active: computed(() => start.value !== null),
    /** What is known of an end; undefined while it is not worked out. */
    verdictAt: (node: string, port?: string): Verdict | undefined => verdicts.get(keyOf({ node, port })),
    judge,
    /** The port that a connection dropped on the card itself takes. */
    portFor(id: string): string {
      const node = document.graph.nodes.find((candidate) => candidate.id === id)
      return node === undefined ? 'x' : preferredPort(document.graph, node, portsOf)
    },
  }
})

function keyOf({ node, port }: { readonly node: string; readonly port?: string | undefined }): string {
  return port === undefined ? node : `${node}.${port}`
}

/** The first port name after those that are taken. */
function sparePort(ports: readonly string[]): string {
  for (let index = 0; ; index++) if (!ports.includes(portName(index))) return portName(index)
}
