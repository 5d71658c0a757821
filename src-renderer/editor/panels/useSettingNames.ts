/** Layer parameters and training settings by the names of their fields, for the history. */
import type { NetworkGraph } from '#core/graph/project'
import { describeTraining } from '#core/graph/trainingParams'
import { findLayer } from '#core/layers/index'
import type { Place } from '#core/problems/problem'
import { inLanguage, useText, type PlainKey } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { stepTitles } from '../../stores/stepTitles'

const dataNames: Readonly<Record<string, PlainKey>> = {
  source: 'data.dataSet',
  split: 'data.split',
  preprocess: 'data.once',
}

export function useSettingNames() {
  const project = useProject()
  const { t, format } = useText()

  /** The name of a parameter of the layer with this id; the name in the file if that layer is gone. */
  function parameter(id: string, name: string): string {
    const kind = project.project === null ? undefined : kindOf(project.project.graph, id)
    const label = findLayer(kind ?? '')?.params[name]?.label
    if (label === undefined) return name
    return inSentence(inLanguage(label))
  }

  /** The names of data settings. */
  function data(parts: string): string {
    return format.list(
      parts.split(', ').map((part) => {
        const key = dataNames[part]
        return key === undefined ? part : inSentence(t(key))
      }),
    )
  }

  /** The name of a pre-transform. */
  function step(kind: string): string {
    const title = stepTitles.value.get(kind)
    if (title === undefined) return kind
    return inLanguage(title)
  }

  /** The names of comma-separated settings, as in the label of an edit. */
  function training(names: string): string {
    return format.list(
      names.split(', ').map((name) => {
        const described = describeTraining(name)
        return described === undefined ? name : inSentence(inLanguage(described.label))
      }),
    )
  }

  /** Where a problem is, in the words of the window; empty if it has no place in the project. */
  function place({ node, param = '' }: Place): string {
    if (node !== undefined) return node
    const [part = '', name = ''] = param.split('.')
    const described = part === 'training' ? describeTraining(name) : undefined
    if (described !== undefined) return inLanguage(described.label)
    const key = part === 'data' ? dataNames[name] : undefined
    return key === undefined ? '' : t(key)
  }

  return { parameter, training, data, step, place }
}

/** A label as used within a sentence: lowercase, unless it is an abbreviation. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** The kind of the first layer with this id, including inside blocks. */
function kindOf(graph: NetworkGraph, id: string): string | undefined {
  const found = graph.nodes.find((node) => node.id === id)
  if (found !== undefined) return found.kind
  for (const node of graph.nodes) {
    const kind = node.graph === undefined ? undefined : kindOf(node.graph, id)
    if (kind !== undefined) return kind
  }
  return undefined
}
