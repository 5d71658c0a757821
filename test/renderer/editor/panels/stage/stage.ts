/**
 * The panels around an empty stage, with the real stores: outline in the center, inspector on the right, the dock's
 * panels below.
 */
import { createPinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { createApp, defineComponent, h, ref } from 'vue'
import { handleShortcut } from '../../../../../src-renderer/commands/useCommands'
import HistoryList from '../../../../../src-renderer/editor/panels/HistoryList.vue'
import InspectorPanel from '../../../../../src-renderer/editor/panels/InspectorPanel.vue'
import ModelSummary from '../../../../../src-renderer/editor/panels/ModelSummary.vue'
import OutlineTree from '../../../../../src-renderer/editor/panels/OutlineTree.vue'
import ProblemsPanel from '../../../../../src-renderer/editor/panels/ProblemsPanel.vue'
import LiveRegion from '../../../../../src-renderer/frame/LiveRegion.vue'
import { useProject } from '../../../../../src-renderer/stores/projectStore'
import PanelTabs from '../../../../../src-renderer/ui/PanelTabs.vue'
import ToastStack from '../../../../../src-renderer/ui/ToastStack.vue'
import '../../../../../src-renderer/ui/styles'

const tabs = [
  { value: 'problems', label: 'Problems' },
  { value: 'summary', label: 'Summary' },
  { value: 'history', label: 'History' },
] as const
type Tab = (typeof tabs)[number]['value']

const StageRoot = defineComponent(() => {
  const tab = ref<Tab>('problems')
  // The tests provide the document; the app loads it from a file.
  Object.assign(window, { store: useProject() })
  window.addEventListener('keydown', handleShortcut)
  const dock = () =>
    h(
      PanelTabs<Tab>,
      { modelValue: tab.value, tabs, label: 'Dock', 'onUpdate:modelValue': (value: Tab) => (tab.value = value) },
      { problems: () => h(ProblemsPanel), summary: () => h(ModelSummary), history: () => h(HistoryList) },
    )
  return () =>
    h(TooltipProvider, { delayDuration: 400 }, () => [
      h('div', { class: 'stage' }, [
        h('main', h(OutlineTree)),
        h('aside', { class: 'stage-right' }, h(InspectorPanel)),
        h('section', dock()),
      ]),
      h(ToastStack),
      h(LiveRegion),
    ])
})

createApp(StageRoot).use(createPinia()).mount('#app')
