/** Roles and types of a table column, as choices in the UI language. */
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
