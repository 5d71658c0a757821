/** Types of the message tables: keys as dotted paths, the values a message needs, and the shape of a translation. */
import type { Language } from '#core/base/text'
import type { english } from './en'

export type { Language }

type Paths<Table> = {
  [Key in keyof Table & string]: Table[Key] extends string ? Key : `${Key}.${Paths<Table[Key]>}`
}[keyof Table & string]

type ValueAt<Table, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Table
    ? ValueAt<Table[Head], Rest>
    : never
  : Path extends keyof Table
    ? Table[Path]
    : never

/** Dotted path of every message, e.g. `frame.undo`. */
export type MessageKey = Paths<typeof english>

/** Names in braces in a message: `{count} of {total}` → `count | total`. */
type Placeholders<Message> = Message extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

type PluralCount<Message> = Message extends `${string} | ${string}` ? 'n' : never

/** Names of the values a message needs. */
export type MessageValues<Key extends MessageKey> =
  Placeholders<ValueAt<typeof english, Key>> | PluralCount<ValueAt<typeof english, Key>>

/** Keys of messages without values; only these can be used in tables. */
export type PlainKey = { [Key in MessageKey]: [MessageValues<Key>] extends [never] ? Key : never }[MessageKey]
