/**
 * The shape of a translated table: the same keys as the English one, with any text. A missing or extra key does not
 * compile.
 */
export type Translation<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends string ? string : Translation<Table[Key]>
}
