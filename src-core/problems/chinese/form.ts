/** The format of a translated problem: sentences with placeholders, filled with the values of the problem. */

/**
 * Sentences with placeholders such as `{node}`, filled from the problem's `data`, its place (`node`, `param`, `edge`,
 * `file`, and `layer`,
 * the last part of `node`) and `received`. `{members|list}` passes the value through a formatter of fill.ts first.
 */
export interface Sentences {
  readonly message: string
  /** Absent if the sentence has no `expected`. */
  readonly expected?: string
  /** Absent if the value itself is shown. */
  readonly received?: string
  readonly fix: string
}

/**
 * One code: sentences without placeholders, or one set per `data.case` (`any` if there is only one case), optionally
 * with a set that fits all.
 */
export type Translated =
  Sentences | { readonly cases: Readonly<Record<string, Sentences>>; readonly otherwise: Sentences }
