/** A message in every loaded language, for a search that matches words of any. */
import { english } from './en'
import { useLanguage } from './useLanguage'
import type { PlainKey } from './messages'

export function allWords(key: PlainKey): string {
  const { texts } = useLanguage()
  return [english, texts.value?.messages].map((table) => messageAt(table, key)).join(' ')
}

function messageAt(table: unknown, key: string): string {
  let found = table
  for (const part of key.split('.')) {
    if (typeof found !== 'object' || found === null) return ''
    found = (found as Readonly<Record<string, unknown>>)[part]
  }
  return typeof found === 'string' ? found : ''
}
