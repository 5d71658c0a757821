/** What does not fit inside a Parquet file, in both languages; the reader around it adds the place. */
import { text, type Text } from '#core/base/text'

export class Damage extends Error {
  override name = 'Damage'
  readonly said: Text

  constructor(en: string, zh: string) {
    super(en)
    this.said = text(en, zh)
  }
}

/** Longest detail that a message shows. */
const DETAIL = 200

/** What an error says of damage; libraries say it in English only. */
export function detailOf(error: unknown): Text {
  const { en, zh } = error instanceof Damage ? error.said : text((error as Error).message, '内容无法解码')
  return text(en.slice(0, DETAIL), zh.slice(0, DETAIL))
}
