/** A text in both UI languages. */
export interface Text {
  readonly en: string
  readonly zh: string
}

/** The key of a language in a text. */
export type TextLanguage = keyof Text

/** A language of the interface, as settings store it. */
export type Language = 'en' | 'zh-CN'

/** A text from its English and its Chinese; the types keep both as they are written. */
export function text<const En extends string, const Zh extends string>(
  en: En,
  zh: Zh,
): { readonly en: En; readonly zh: Zh } {
  return { en, zh }
}

/** A text in a language of the interface. */
export function textIn({ en, zh }: Text, language: Language): string {
  return language === 'zh-CN' ? zh : en
}
