/** Sample texts of the gallery in both languages; they are no messages of the app and so are not in its tables. */
import { useLanguage } from '../i18n/useLanguage'

const { language } = useLanguage()

export function both(english: string, chinese: string): string {
  return language.value === 'zh-CN' ? chinese : english
}
