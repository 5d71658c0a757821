/**
 * The parameters of the selected layer as commands that lead to their fields, searchable by title in every language.
 */
import { SlidersHorizontal } from '@lucide/vue'
import { findLayer } from '#core/layers/index'
import { useCommandList } from '../../commands/useCommands'
import { navigate } from '../../frame/router'
import { inLanguage, useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { focusSetting } from '../../ui/focusSetting'

export function useParameterCommands(): void {
  const { t } = useText()
  const project = useProject()
  useCommandList(() => {
    const [id, ...others] = project.selection
    const node = others.length > 0 ? undefined : project.graph.nodes.find((candidate) => candidate.id === id)
    if (node === undefined) return []
    return Object.entries(findLayer(node.kind)?.params ?? {}).map(([name, { label, doc }]) => {
      const title = (): string => inLanguage(label)
      return {
        id: `layer.parameter.${name}`,
        group: 'layer' as const,
        label: () => t('frame.settingOf', { name: title(), place: node.id }),
        icon: SlidersHorizontal,
        keywords: () => `${label.en} ${label.zh} ${name} ${doc.en} ${doc.zh}`,
        onlyFound: true,
        run() {
          navigate('model')
          focusSetting('[data-testid="inspector"]', title())
        },
      }
    })
  })
}
