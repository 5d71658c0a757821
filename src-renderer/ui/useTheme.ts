/**
 * Dark and light theme: follows the system until the user chooses, remembers the choice, and notifies charts to redraw.
 */
import { useLocalStorage, usePreferredContrast, usePreferredDark } from '@vueuse/core'
import { computed, nextTick, ref, watch } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'

const choice = useLocalStorage<ThemeChoice>('layerloom.theme', 'system')
const systemDark = usePreferredDark()
const contrast = usePreferredContrast()
const theme = computed<'light' | 'dark'>(() => {
  if (choice.value === 'light' || choice.value === 'dark') return choice.value
  return systemDark.value ? 'dark' : 'light'
})

/** Counts color changes, after the document has applied them. */
const colorVersion = ref(0)

watch(
  [theme, choice, contrast],
  () => {
    if (choice.value === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme.value
    void nextTick(() => (colorVersion.value += 1))
  },
  { immediate: true },
)

/** The current theme, the remembered choice, and a counter that changes whenever token values do. */
export function useTheme() {
  return { theme, choice, colorVersion }
}
