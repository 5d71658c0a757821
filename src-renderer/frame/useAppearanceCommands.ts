/** Theme and language as commands, searchable in every language. */
import { Languages, Monitor, Moon, Sun } from '@lucide/vue'
import { useCommands, type AppCommand } from '../commands/useCommands'
import { allWords } from '../i18n/allWords'
import { languageNames, useLanguage, type LanguageChoice } from '../i18n/useLanguage'
import { useText } from '../i18n/useText'
import { useTheme, type ThemeChoice } from '../ui/useTheme'

export function useAppearanceCommands(): void {
  useCommands([...themeCommands(), ...languageCommands()])
}

function themeCommands(): AppCommand[] {
  const { t } = useText()
  const { choice } = useTheme()
  const themes = [
    { id: 'system', key: 'frame.likeSystem', icon: Monitor },
    { id: 'light', key: 'frame.light', icon: Sun },
    { id: 'dark', key: 'frame.dark', icon: Moon },
  ] as const satisfies readonly { id: ThemeChoice; key: string; icon: unknown }[]
  return themes.map(({ id, key, icon }) => ({
    id: `view.theme.${id}`,
    group: 'view',
    label: () => t('frame.settingIs', { name: t('frame.theme'), value: t(key) }),
    icon,
    keywords: () => `${allWords('frame.theme')} ${allWords(key)}`,
    run: () => void (choice.value = id),
  }))
}

function languageCommands(): AppCommand[] {
  const { t } = useText()
  const { choice } = useLanguage()
  const languages: readonly (readonly [LanguageChoice, () => string])[] = [
    ['system', () => t('frame.likeSystem')],
    ...(Object.entries(languageNames) as [LanguageChoice, string][]).map(([id, name]) => [id, () => name] as const),
  ]
  return languages.map(([id, name]) => ({
    id: `view.language.${id}`,
    group: 'view',
    label: () => t('frame.settingIs', { name: t('frame.language'), value: name() }),
    icon: Languages,
    keywords: () => allWords('frame.language'),
    run: () => void (choice.value = id),
  }))
}
