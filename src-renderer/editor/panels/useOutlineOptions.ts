/** Options of the outline: kinds to add, inputs to connect to. */
import { portsOf } from '#core/compiler/analyze'
import { connectionProblem } from '#core/graph/edits/edges'
import { isSource } from '#core/graph/kinds'
import { inputPorts, preferredPort, sameEdge } from '#core/graph/ports'
import type { GraphEdge, GraphNode, NetworkGraph } from '#core/graph/project'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { paletteGroups } from '../palette/layerGroups'
import type { PickOption } from './QuickPick.vue'
import { useKindTitle } from './useKindTitle'
import type { OutlineItem } from './outlineItems'
import { networkAt } from './useOutlineRows'

export function useOutlineOptions() {
  const { t, language } = useText()
  const project = useProject()
  const kindTitle = useKindTitle()

  /** The palette as a list. */
  function kindOptions(item: OutlineItem | undefined): PickOption[] {
    return paletteGroups((item?.scope.length ?? 0) > 0).flatMap((group) =>
      group.layers.map(({ kind, doc }) => ({
        id: kind,
        label: kindTitle(kind),
        glyph: group.glyph,
        detail: t(group.name),
        words: typeof doc === 'string' ? t(doc) : `${doc.en} ${doc.zh}`,
      })),
    )
  }

  /** Every input of the level, free ones first; disabled ones say why. */
  function targetOptions(item: OutlineItem): PickOption[] {
    const graph = networkAt(project, item.scope)
    const rank = ({ disabledReason, detail }: PickOption): number => (disabledReason ? 2 : detail ? 1 : 0)
    return graph.nodes
      .filter((node) => node.id !== item.node.id)
      .flatMap((node) => portsToOffer(graph, node).map((port) => targetOption(graph, item.node.id, node, port)))
      .sort((a, b) => rank(a) - rank(b))
  }

  function targetOption(graph: NetworkGraph, from: string, node: GraphNode, port: string): PickOption {
    const edge: GraphEdge = { from, to: node.id, port }
    const there = graph.edges.find((other) => other.to === node.id && other.port === port)
    const isThere = there !== undefined && sameEdge(there, edge)
    const problem = isThere ? undefined : connectionProblem(graph, edge, portsOf)
    return {
      id: JSON.stringify(edge),
      label: port === 'x' ? node.id : `${node.id}.${port}`,
      detail: isThere ? t('panels.disconnectLayer') : there ? t('panels.reads', { sources: there.from }) : '',
      words: kindTitle(node.kind),
      disabledReason: problem ? translateProblem(problem, language.value).message : null,
    }
  }

  return { kindOptions, targetOptions }
}

/** The inputs of a layer that can be connected: existing ones, plus one more if it is variadic. */
function portsToOffer(graph: NetworkGraph, node: GraphNode): string[] {
  if (isSource(node)) return []
  const list = inputPorts(node, portsOf)
  const connected = graph.edges.filter(({ to }) => to === node.id).map(({ port }) => port)
  return [...new Set([...(list?.required ?? []), ...connected, preferredPort(graph, node, portsOf)])]
}
