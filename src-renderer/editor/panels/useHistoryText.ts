/** What an edit did, as a sentence in the UI language: for the history list and the undo button. */
import type { EditLabel } from '#core/graph/history'
import { useText } from '../../i18n/useText'
import { useDataHistoryText } from './useDataHistoryText'
import { useSettingNames } from './useSettingNames'

type Sentence = (label: EditLabel) => string

export function useHistoryText(): Sentence {
  const { t } = useText()
  const names = useSettingNames()
  const dataText = useDataHistoryText()

  /** `conv1`, or `conv1 and 3 more`. */
  function what({ subjects }: EditLabel): string {
    const names = [...new Set(subjects)]
    const [first = ''] = names
    return names.length > 1 ? t('panels.andMore', { first, n: names.length - 1 }) : first
  }

  const ends = ({ subjects: [from = '', to = ''] }: EditLabel) => ({ from, to })

  const sentences: Readonly<Record<string, Sentence>> = {
    opened: () => t('panels.didOpen'),
    'node.add': (label) => t('panels.didAdd', { what: what(label) }),
    'node.remove': (label) => t('panels.didRemove', { what: what(label) }),
    'node.rename': (label) => t('panels.didRename', ends(label)),
    'node.move': (label) => t('panels.didMove', { what: what(label) }),
    'graph.layout': (label) => t('panels.didLayout', { what: what(label) }),
    'node.setParam': (label) =>
      t('panels.didSetParam', {
        what: what(label),
        detail: names.parameter(label.subjects[0] ?? '', label.detail ?? ''),
      }),
    'node.setTrainable': (label) => t('panels.didSetTrainable', { what: what(label) }),
    'node.setInitializer': (label) => t('panels.didSetInitializer', { what: what(label), detail: label.detail ?? '' }),
    'edge.connect': (label) => t('panels.didConnect', ends(label)),
    'edge.disconnect': (label) => t('panels.didDisconnect', ends(label)),
    'nodes.paste': (label) => t('panels.didPaste', { what: what(label) }),
    'nodes.duplicate': (label) => t('panels.didDuplicate', { what: what(label) }),
    'block.group': (label) => t('panels.didGroup', { what: what(label) }),
    'block.ungroup': (label) => t('panels.didUngroup', { what: what(label) }),
    'block.setRepeat': (label) => t('panels.didRepeat', { what: what(label) }),
    'project.rename': (label) => t('panels.didRenameProject', { what: what(label) }),
    'project.setTask': () => t('panels.didSetTask'),
    'training.set': (label) => t('panels.didSetTraining', { detail: names.training(label.detail ?? '') }),
    'data.set': (label) => t('panels.didSetData', { detail: names.data(label.detail ?? '') }),
    'transforms.set': () => t('panels.didSetTransforms'),
    'fix.insert': (label) => t('panels.didFixInsert', { what: label.subjects[0] ?? '' }),
    'fix.connect': (label) => t('panels.didFixConnect', { what: what(label) }),
    'fix.remove': (label) => t('panels.didFixRemove', { what: label.subjects[0] ?? '' }),
    'fix.replace': (label) => t('panels.didFixReplace', { what: label.subjects[0] ?? '' }),
    'fix.rename': (label) => t('panels.didFixRename', { what: label.subjects[0] ?? '' }),
    'fix.set': (label) => t('panels.didFixSet', { what: label.subjects[0] ?? '' }),
    'node.reorder': (label) => t('panels.didReorder', { what: label.subjects[0] ?? '' }),
  }

  return (label) => {
    const sentence = sentences[label.name]
    if (sentence !== undefined) return sentence(label)
    const [head, detail] = label.name.split('.')
    const onData = dataText(label.name)
    if (onData !== undefined) return onData
    // A parameter set for several layers at once is a batch named after it.
    if (head === 'set' && detail !== undefined)
      return t('panels.didSetSeveral', { what: what(label), detail: names.parameter(label.subjects[0] ?? '', detail) })
    return label.name
  }
}
