/**
 * Text and numbers in the user's language. Components call `const { t, format } = useText()`.
 * To add an area: en/<area>.ts and zh/<area>.ts, then one line in en/index.ts and zh/index.ts. A key missing in
 * either language does not compile; an unused one fails test/renderer/i18n.
 */
import { createI18n } from 'vue-i18n'
import { watchEffect } from 'vue'
import { textIn, type Text } from '#core/base/text'
import { useLanguage } from './useLanguage'
import { english } from './en'
import type { MessageKey, MessageValues, PlainKey } from './messages'
import type { Translation } from './translation'
import * as numbers from './numbers'

const loaded: Readonly<Record<string, Translation<typeof english>>> = { en: english }
const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: loaded,
  warnHtmlMessage: false,
})
const { language, texts, choice } = useLanguage()

// Immediate, because other watchers of the language request its texts.
watchEffect(
  () => {
    if (texts.value !== undefined) i18n.global.setLocaleMessage('zh-CN', texts.value.messages)
    i18n.global.locale.value = language.value
  },
  { flush: 'sync' },
)

type Values<Key extends MessageKey> = [MessageValues<Key>] extends [never]
  ? []
  : [values: { readonly [Name in MessageValues<Key>]: string | number }]

/** The message in the active language. A message with ` | ` picks its form by `n`. */
function t<Key extends MessageKey>(key: Key, ...values: Values<Key>): string {
  const given = (values[0] ?? {}) as Readonly<Record<string, string | number>>
  const shown = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'number' ? numbers.formatNumber(value) : value,
    ]),
  )
  return typeof given.n === 'number' ? i18n.global.t(key, shown, given.n) : i18n.global.t(key, shown)
}

/** Language-dependent formats, bound to the active language. */
const format = {
  number: numbers.formatNumber,
  compact: numbers.formatCompact,
  figure: numbers.formatFigure,
  metric: numbers.formatMetric,
  bytes: numbers.formatBytes,
  shape: numbers.formatShape,
  rate: numbers.formatRate,
  percent: (share: number, digits?: number) => numbers.formatPercent(share, language.value, digits),
  duration: (seconds: number) => numbers.formatDuration(seconds, language.value),
  when: (time: number, now?: number) => numbers.formatWhen(time, language.value, now),
  /** Sentences after each other; Chinese has no space between them. */
  sentences: (items: readonly string[]) => items.join(language.value === 'zh-CN' ? '' : ' '),
  list: (items: readonly string[]) => new Intl.ListFormat(language.value, { type: 'conjunction' }).format(items),
}

/** A text of the catalogue in the language in force. */
export function inLanguage(text: Text): string {
  return textIn(text, language.value)
}

/** Text, numbers and the language itself; safe to call anywhere, including outside components. */
export function useText() {
  return { t, format, language, choice }
}

export type { PlainKey }
