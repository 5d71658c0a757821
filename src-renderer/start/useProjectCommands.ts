/** Project commands that need no open project: creating and opening one, available on every screen. */
import { FilePlus, FolderOpen, LayoutTemplate } from '@lucide/vue'
import { watch } from 'vue'
import { searchesBegun, useCommandList, useCommands } from '../commands/useCommands'
import { navigate } from '../frame/router'
import { allWords } from '../i18n/allWords'
import { inLanguage, useText } from '../i18n/useText'
import { useStart } from './startStore'

export function useProjectCommands(): void {
  const { t } = useText()
  const start = useStart()
  useCommands([
    {
      id: 'project.new',
      group: 'project',
      label: () => t('start.newProject'),
      icon: FilePlus,
      shortcut: 'Mod+Alt+N',
      run: () => navigate('start'),
    },
    {
      id: 'project.open',
      group: 'project',
      label: () => t('start.openFile'),
      icon: FolderOpen,
      shortcut: 'Mod+O',
      run: () => start.chooseFile(),
    },
  ])
  useTemplateCommands()
}

/** "New project from MNIST MLP" and so on; the list is loaded when the search is first opened. */
function useTemplateCommands(): void {
  const { t } = useText()
  const start = useStart()
  watch(searchesBegun, () => {
    if (start.templates.phase !== 'ready') void start.load()
  })
  useCommandList(() => {
    const templates = start.templates.phase === 'ready' ? start.templates.value : []
    return templates.map(({ name, title, summary }) => ({
      id: `project.template.${name}`,
      group: 'project' as const,
      label: () => t('start.newFrom', { name: inLanguage(title) }),
      icon: LayoutTemplate,
      keywords: () => [allWords('start.templates'), ...Object.values(title), ...Object.values(summary)].join(' '),
      onlyFound: true,
      run: () => start.createFromTemplate(name),
    }))
  })
}
