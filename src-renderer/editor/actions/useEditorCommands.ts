/** The commands of the Model screen, for the command search, the menus and the keyboard. */
import {
  ClipboardPaste,
  CopyPlus,
  Group,
  ListTree,
  LogIn,
  LogOut,
  Maximize,
  Network,
  Search,
  SquareDashedMousePointer,
  Trash2,
  Ungroup,
  ZoomIn,
  ZoomOut,
} from '@lucide/vue'
import { isBlock } from '#core/graph/kinds'
import { addCommands, useCommands, type AppCommand } from '../../commands/useCommands'
import { onScopeDispose, watch } from 'vue'
import { useText } from '../../i18n/useText'
import { useProject } from '../../stores/projectStore'
import { useEditor } from '../editorStore'
import { paletteGroups } from '../palette/layerGroups'
import { namedLayers } from '../palette/namedLayers'
import { searchRequest } from '../palette/searchRequest'
import { tidyLayout } from './arrange'
import { lastCopied, pasteText } from './useClipboardKeys'
import {
  addLayer,
  deleteSelection,
  duplicateSelection,
  groupSelection,
  leaveBlock,
  openBlock,
  selectAll,
  selectionHasBlock,
  ungroupSelection,
} from './editActions'

/** Adds the commands for the lifetime of the calling component. */
export function useEditorCommands(): void {
  useCommands([...selectionCommands(), ...networkCommands(), ...viewCommands()])
  useLayerCommands()
}

function conditions() {
  const { t } = useText()
  const project = useProject()
  const locked = (): string | null => (project.readOnly ? t('editor.readOnlyReason') : null)
  return {
    locked,
    selected: (): string | null => locked() ?? (project.selection.size === 0 ? t('editor.selectFirst') : null),
    block: (): string | null => locked() ?? (selectionHasBlock() ? null : t('editor.selectBlock')),
    filled: (): string | null => locked() ?? (project.graph.nodes.length === 0 ? t('editor.nothingToArrange') : null),
  }
}

function selectionCommands(): AppCommand[] {
  const { t } = useText()
  const { selected, block, locked } = conditions()
  const paste = (): string | null => locked() ?? (lastCopied.value === null ? t('editor.pasteByKey') : null)
  return [
    {
      id: 'edit.duplicate',
      group: 'edit',
      label: () => t('editor.duplicate'),
      icon: CopyPlus,
      shortcut: 'Mod+D',
      disabledReason: selected,
      run: duplicateSelection,
    },
    {
      id: 'edit.delete',
      group: 'edit',
      label: () => t('editor.delete'),
      icon: Trash2,
      disabledReason: selected,
      run: deleteSelection,
    },
    {
      id: 'edit.selectAll',
      group: 'edit',
      label: () => t('editor.selectAll'),
      icon: SquareDashedMousePointer,
      shortcut: 'Mod+A',
      run: selectAll,
    },
    {
      id: 'edit.paste',
      group: 'edit',
      label: () => t('editor.paste'),
      icon: ClipboardPaste,
      disabledReason: paste,
      run: () => void (lastCopied.value !== null && pasteText(lastCopied.value)),
    },
    {
      id: 'model.group',
      group: 'model',
      label: () => t('editor.group'),
      icon: Group,
      shortcut: 'Mod+G',
      disabledReason: selected,
      run: groupSelection,
    },
    {
      id: 'model.ungroup',
      group: 'model',
      label: () => t('editor.ungroup'),
      icon: Ungroup,
      shortcut: 'Mod+Shift+G',
      disabledReason: block,
      run: ungroupSelection,
    },
  ]
}

function networkCommands(): AppCommand[] {
  const { t } = useText()
  const project = useProject()
  const { filled } = conditions()
  const block = () => project.graph.nodes.find((node) => project.selection.has(node.id) && isBlock(node))
  return [
    {
      id: 'model.tidy',
      group: 'model',
      label: () => t('editor.tidy'),
      icon: Network,
      shortcut: 'Mod+Shift+L',
      disabledReason: filled,
      run: tidyLayout,
    },
    {
      id: 'model.openBlock',
      group: 'model',
      label: () => t('editor.openBlock'),
      icon: LogIn,
      shortcut: 'Mod+Down',
      disabledReason: () => (block() === undefined ? t('editor.selectBlock') : null),
      run: () => openBlock(block()!.id),
    },
    {
      id: 'model.leaveBlock',
      group: 'model',
      label: () => t('editor.leaveBlock'),
      icon: LogOut,
      shortcut: 'Mod+Up',
      disabledReason: () => (project.scope.length === 0 ? t('editor.noBlockOpen') : null),
      run: leaveBlock,
    },
    {
      id: 'layer.search',
      group: 'layer',
      label: () => t('editor.searchLayers'),
      icon: Search,
      shortcut: '/',
      run: () => void searchRequest.value++,
    },
  ]
}

function viewCommands(): AppCommand[] {
  const { t } = useText()
  const editor = useEditor()
  return [
    {
      id: 'view.fit',
      group: 'view',
      label: () => t('editor.fit'),
      icon: Maximize,
      shortcut: 'Shift+1',
      run: () => editor.camera?.fit(),
    },
    {
      id: 'view.zoomIn',
      group: 'view',
      label: () => t('editor.zoomIn'),
      icon: ZoomIn,
      shortcut: 'Mod+=',
      run: () => editor.camera?.zoomBy(1.25),
    },
    {
      id: 'view.zoomOut',
      group: 'view',
      label: () => t('editor.zoomOut'),
      icon: ZoomOut,
      shortcut: 'Mod+-',
      run: () => editor.camera?.zoomBy(1 / 1.25),
    },
    {
      id: 'view.outline',
      group: 'view',
      label: () => t('editor.outline'),
      icon: ListTree,
      shortcut: 'Alt+O',
      run: () => void (editor.showsOutline = !editor.showsOutline),
    },
  ]
}

/** "Add Conv2d" and so on: makes every layer of the palette available in the command search. */
function useLayerCommands(): void {
  const { t, language } = useText()
  const project = useProject()
  const { locked } = conditions()
  let remove = (): void => undefined
  watch(
    () => [project.scope.length > 0, language.value] as const,
    ([inBlock, inLanguage]) => {
      remove()
      remove = addCommands(
        namedLayers(paletteGroups(inBlock), t, inLanguage).map(({ kind, title, category, doc }) => ({
          id: `layer.add.${kind}`,
          group: 'layer' as const,
          label: () => t('editor.addNamed', { name: title }),
          keywords: () => `${category} ${doc}`,
          disabledReason: locked,
          run: () => void addLayer(kind),
        })),
      )
    },
    { immediate: true },
  )
  onScopeDispose(() => remove())
}
