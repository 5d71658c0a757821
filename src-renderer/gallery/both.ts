/** Sample texts of the gallery in both languages; they are no messages of the app and so are not in its tables. */
import { inLanguage } from '../i18n/useText'

export function both(english: string, chinese: string): string {
  return inLanguage({ en: english, zh: chinese })
}
