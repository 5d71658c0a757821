/** What a column of a table can be for, and what it can hold, as choices in the language of the interface. */
import { computed } from 'vue'
import { useText } from '../i18n/useText'

export function useColumnChoices() {
  const { t } = useText()
  const roles = computed(() =>
    (['feature', 'label', 'split', 'ignored'] as const).map((value) => ({
      value,
      label: t(`data.role_${value}`),
      detail: t(`data.roleDetail_${value}`),
    })),
  )
  const types = computed(() =>
    (['numeric', 'categorical', 'text'] as const).map((value) => ({
      value,
      label: t(`data.type_${value}`),
      detail: t(`data.typeDetail_${value}`),
    })),
  )
  return { roles, types }
}
