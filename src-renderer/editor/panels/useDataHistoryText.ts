/** Edits of the Data screen, as sentences for the history. */
import { useText } from '../../i18n/useText'
import { useSettingNames } from './useSettingNames'

export function useDataHistoryText(): (name: string) => string | undefined {
  const { t } = useText()
  const names = useSettingNames()

  /** `data.import`, or `step.add.resize`; undefined for other edits. */
  return (name) => {
    if (name === 'data.import') return t('data.didImport')
    const [head, verb = '', kind = ''] = name.split('.')
    if (head !== 'step') return undefined
    const sentences: Readonly<Record<string, (values: { readonly step: string }) => string>> = {
      add: (values) => t('data.didAddStep', values),
      move: (values) => t('data.didMoveStep', values),
      remove: (values) => t('data.didRemoveStep', values),
      on: (values) => t('data.didSwitchOn', values),
      off: (values) => t('data.didSwitchOff', values),
    }
    return sentences[verb]?.({ step: names.step(kind) })
  }
}
