/** The project commands that need no open project: a new one and opening one, from every screen. */
import { FilePlus, FolderOpen } from '@lucide/vue'
import { useCommands } from '../commands/registry'
import { navigate } from '../frame/router'
import { useText } from '../i18n/text'
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
}
