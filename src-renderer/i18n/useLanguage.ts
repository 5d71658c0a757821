/**
 * The UI language: detected from the system, switchable, remembered on this computer. English is available from the
 * start; another language becomes active once its texts are loaded.
 */
import { computed, shallowRef, watch, watchEffect } from 'vue'
import { useLocalStorage, usePreferredLanguages } from '@vueuse/core'
import type { chineseTexts } from './chineseTexts'
import type { Language } from './messages'

export type LanguageChoice = 'system' | Language

/** The name of every language in that language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

const choice = useLocalStorage<LanguageChoice>('layerloom.language', 'system')
const preferred = usePreferredLanguages()

/** First language in the list that the UI supports; English if none. */
export function pickLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const primary = preference.toLowerCase().split('-')[0]
    if (primary === 'zh') return 'zh-CN'
    if (primary === 'en') return 'en'
  }
  return 'en'
}

const wanted = computed<Language>(() => {
  if (choice.value === 'en' || choice.value === 'zh-CN') return choice.value
  return pickLanguage(preferred.value)
})

const texts = shallowRef<typeof chineseTexts>()

const language = computed<Language>(() => (texts.value === undefined ? 'en' : wanted.value))

/** Settles when the selected language is active; its texts come from the app's own files. */
async function loadWanted(): Promise<void> {
  if (wanted.value === 'zh-CN') texts.value ??= (await import('./chineseTexts')).chineseTexts
}

const firstLoad = loadWanted().catch(() => undefined)
watch(wanted, () => void loadWanted().catch(() => undefined))

watchEffect(() => {
  document.documentElement.lang = language.value
})

/** Loads the texts of every language, regardless of the active one; if that fails, callers have English only. */
export async function loadAllTexts(): Promise<void> {
  texts.value ??= (await import('./chineseTexts')).chineseTexts
}

/** Settles when the page can be shown in its language, or in English if the other texts cannot be loaded. */
export const languageReady = (): Promise<void> => firstLoad

/** The active language, its texts if not English, and the remembered choice. */
export function useLanguage() {
  return { language, texts, choice }
}
