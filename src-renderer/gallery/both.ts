/** Sample texts of the gallery in both languages; not app messages, so not in the message tables. */
import { inLanguage } from '../i18n/useText'

export function both(english: string, chinese: string): string {
  return inLanguage({ en: english, zh: chinese })
}
