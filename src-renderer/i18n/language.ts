/** The language of the interface: taken from the system, switchable, remembered on this computer. */
import { computed, watchEffect } from 'vue'
import { useLocalStorage, usePreferredLanguages } from '@vueuse/core'
import type { Language } from './messages'

export type LanguageChoice = 'system' | Language

/** Every language in itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

const choice = useLocalStorage<LanguageChoice>('layerloom.language', 'system')
const preferred = usePreferredLanguages()

/** First language of the list that the interface speaks; English where it speaks none. */
export function pickLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const primary = preference.toLowerCase().split('-')[0]
    if (primary === 'zh') return 'zh-CN'
    if (primary === 'en') return 'en'
  }
  return 'en'
}

const language = computed<Language>(() => {
  if (choice.value === 'en' || choice.value === 'zh-CN') return choice.value
  return pickLanguage(preferred.value)
})

watchEffect(() => {
  document.documentElement.lang = language.value
})

/** The language in force and the remembered choice. */
export function useLanguage() {
  return { language, choice }
}
