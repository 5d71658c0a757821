/** The alignment menu, with the reason if too few cards are selected. */
import {
  AlignEndHorizontal,
  AlignEndVertical,
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
} from '@lucide/vue'
import type { useText } from '../../i18n/useText'
import type { MenuEntry } from '../../ui/menuEntries'

export function alignmentEntries(t: ReturnType<typeof useText>['t'], selected: number): readonly MenuEntry[] {
  const few = selected < 3 ? t('editor.selectThree') : null
  return [
    { id: 'left', label: t('editor.alignLeft'), icon: AlignStartVertical },
    { id: 'center', label: t('editor.alignCenter'), icon: AlignCenterVertical },
    { id: 'right', label: t('editor.alignRight'), icon: AlignEndVertical },
    { kind: 'separator' },
    { id: 'top', label: t('editor.alignTop'), icon: AlignStartHorizontal },
    { id: 'middle', label: t('editor.alignMiddle'), icon: AlignCenterHorizontal },
    { id: 'bottom', label: t('editor.alignBottom'), icon: AlignEndHorizontal },
    { kind: 'separator' },
    { id: 'columns', label: t('editor.spreadColumns'), icon: AlignHorizontalDistributeCenter, disabledReason: few },
    { id: 'rows', label: t('editor.spreadRows'), icon: AlignVerticalDistributeCenter, disabledReason: few },
  ]
}
