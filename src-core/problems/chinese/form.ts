/** The form of a translated problem: sentences with gaps, which the values of the problem fill. */

/**
 * Sentences with gaps such as `{node}`, filled from the problem's `data`, its place (`node`, `param`, `edge`, `file`, and `layer`,
 * the last part of `node`) and `received`. `{members|list}` passes the value through a format of fill.ts first.
 */
export interface Sentences {
  readonly message: string
  /** Left out where the sentence has no `expected`. */
  readonly expected?: string
  /** Left out where the value itself is shown. */
  readonly received?: string
  readonly fix: string
}

/** One code: sentences without gaps, or those of `data.case` (`any` where it has one case), with some that fit them all. */
export type Translated =
  Sentences | { readonly cases: Readonly<Record<string, Sentences>>; readonly otherwise: Sentences }
