/** A pending connection, by pointer or keyboard: the ports where it could end, and the result of connecting there. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { preferredPort } from '#core/graph/ports'
import { portsOf } from '#core/compiler/analyze'
import type { GraphEdge } from '#core/graph/project'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'
import { edgeBetween, endsFrom, offeredPorts, type ConnectionEnd } from './connectionEnds'
import { useConnectionVerdicts } from './useConnectionVerdicts'

export const useConnecting = defineStore('connecting', () => {
  const project = useProject()
  const editor = useEditor()
  const start = shallowRef<ConnectionEnd | null>(null)
  /** The end under the pointer or selected by the keyboard. */
  const hovered = shallowRef<ConnectionEnd | null>(null)
  const verdicts = useConnectionVerdicts({
    edgeTo,
    context: () => ({
      project: project.project!,
      scope: project.scope,
      sample: project.inputShape,
      facts: project.facts,
    }),
  })

  /** The edge that would result from ending at `end`. */
  function edgeTo(end: ConnectionEnd): GraphEdge | undefined {
    return start.value === null ? undefined : edgeBetween(start.value, end)
  }

  /** Every possible end of the connection. */
  function possibleEnds(): ConnectionEnd[] {
    return start.value === null ? [] : endsFrom(start.value, project.graph.nodes, inputsOf)
  }

  function inputsOf(id: string): readonly string[] {
    const card = editor.cards.get(id)
    return card === undefined ? [] : offeredPorts(card)
  }

  function begin(at: ConnectionEnd): void {
    start.value = at
    hovered.value = null
    verdicts.begin(possibleEnds())
  }

  function hover(end: ConnectionEnd | null): void {
    hovered.value = end
    if (end !== null) verdicts.judge(end)
  }

  function end(): void {
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
    verdictAt: verdicts.verdictAt,
    judge: verdicts.judge,
    /** The port used when a connection is dropped on the card itself. */
    portFor(id: string): string {
      const node = project.graph.nodes.find((candidate) => candidate.id === id)
      return node === undefined ? 'x' : preferredPort(project.graph, node, portsOf)
    },
  }
})
