/** The form of the tables of sentences, and the values that a case needs, read from its gaps by type. */
import type { Text } from '../../base/text'
import type { ProblemCode } from '../codes'
import type { Accepted } from '../fill'

/** In both languages; a plain string, which holds values only, is the same in both. */
export type Said = Text | string

/**
 * The sentences of one case, with gaps such as `{stride}` or `{known|list}`. `{node}`, `{param}`,
 * `{edge}` and `{file}` are filled from the place; `{node|local}` leaves out the blocks around a layer.
 */
export interface Sentences {
  readonly message: Said
  readonly expected?: Said
  readonly received?: Said
  readonly fix: Said
}

/** The sentences of one code by case; a code with a single case calls it `any`. */
export interface CodeSentences {
  readonly cases: Readonly<Record<string, Sentences>>
  /** Chinese for problems of older runs, which lack a case or its values; `any` serves where it is left out. */
  readonly otherwise?: { readonly message: string; readonly fix: string }
}

/** Cases of one area, by code; a table joins the areas that share codes. */
export type CasesByCode = Readonly<Partial<Record<ProblemCode, Readonly<Record<string, Sentences>>>>>

type PlaceGap = 'node' | 'param' | 'edge' | 'file'

type Strings<S> = S extends string ? S : S extends Text ? S['en' | 'zh'] : never
type GapsIn<S extends string> = S extends `${string}{${infer Gap}}${infer Rest}` ? Gap | GapsIn<Rest> : never
type NameOf<Gap> = Gap extends `${string}|spec`
  ? keyof Accepted
  : Gap extends `${infer Name}|${string}` | `${infer Name}?${string}`
    ? Name
    : Gap
type Names<S> = S extends Sentences ? NameOf<GapsIn<Strings<S[keyof S]>>> : never

/** The values that the sentences need beside the place. */
export type ValuesOf<S> = {
  readonly [Name in Exclude<Names<S>, PlaceGap>]: Name extends keyof Accepted
    ? Accepted[Name] | string
    : string | number | Text
}

/** The parts of the place that the sentences name. */
export type PlaceNeededBy<S> = Extract<Names<S>, PlaceGap>
