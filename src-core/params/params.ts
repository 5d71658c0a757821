/** Parameters as data: forms, documentation pages, defaults and checks are generated from these specifications. */
import { nearestName } from '../base/namesLike'
import { text, type Text } from '../base/text'
import { describeAccepted, type Accepted } from '../problems/fill'
import type { Problem } from '../problems/problem'
import { makeProblem } from '../problems/wording'

interface Common {
  readonly label: Text
  readonly doc: Text
  /** What null stands for, where something is worked out in its place. */
  readonly unset?: Text
}

export interface IntegerParam extends Common {
  readonly type: 'integer'
  readonly default: number
  readonly min: number
  readonly max?: number
}
export interface RealParam extends Common {
  readonly type: 'real'
  readonly default: number
  readonly min?: number
  readonly max?: number
  /** True where `min` itself is not allowed. */
  readonly above?: boolean
  /** True if `max` itself is not allowed. */
  readonly below?: boolean
}
export interface FlagParam extends Common {
  readonly type: 'flag'
  readonly default: boolean
}
/** One of the words that a parameter, or an option of the command line, offers. */
export type WordOf<C extends { readonly options: readonly string[] }> = C['options'][number]
export interface ChoiceParam<Word extends string = string> extends Common {
  readonly type: 'choice'
  readonly default: Word
  readonly options: readonly Word[]
  /** Display names of the options; an option without one is shown as is, like PyTorch's names. */
  readonly names?: Readonly<Partial<Record<Word, Text>>>
}
/** One number for both spatial axes, or [height, width]. */
export type Pair = number | readonly [number, number]
/** Null is a value of optional parameters alone; it means what the documentation says. */
type Absent<Optional extends boolean> = Optional extends true ? null : never
export interface PairParam<Word extends string = string, Optional extends boolean = boolean> extends Common {
  readonly type: 'pair'
  readonly default: Pair | Absent<Optional>
  readonly min: number
  readonly max: number
  readonly optional?: Optional
  /** Keywords for a computed value, such as `same`. */
  readonly words?: readonly Word[]
}
/** A list of sizes or numbers. */
export interface ListParam<Optional extends boolean = boolean> extends Common {
  readonly type: 'list'
  readonly default: readonly number[] | Absent<Optional>
  readonly min: number
  readonly integer: boolean
  readonly optional?: Optional
}

/** A range with a lower and an upper number, to draw from. */
export interface RangeParam extends Common {
  readonly type: 'range'
  readonly default: readonly [number, number]
  readonly min?: number
  readonly max?: number
}
/** Names of table columns; null means all columns that the step supports. */
export interface ColumnsParam extends Common {
  readonly type: 'columns'
  readonly default: readonly string[] | null
}

export type ParamSpec =
  IntegerParam | RealParam | FlagParam | ChoiceParam | PairParam | ListParam | RangeParam | ColumnsParam
export type ParamSpecs = Readonly<Record<string, ParamSpec>>

type ValueOf<S extends ParamSpec> = S extends IntegerParam | RealParam
  ? number
  : S extends FlagParam
    ? boolean
    : S extends ChoiceParam
      ? WordOf<S>
      : S extends PairParam<infer Word, infer Optional>
        ? Pair | Word | Absent<Optional>
        : S extends ListParam<infer Optional>
          ? readonly number[] | Absent<Optional>
          : S extends RangeParam
            ? readonly [number, number]
            : readonly string[] | null

export type ParamValues<P extends ParamSpecs> = { readonly [K in keyof P]: ValueOf<P[K]> }

export const integer = (label: Text, options: Omit<IntegerParam, 'type' | 'label'>): IntegerParam => ({
  type: 'integer',
  label,
  ...options,
})
export const real = (label: Text, options: Omit<RealParam, 'type' | 'label'>): RealParam => ({
  type: 'real',
  label,
  ...options,
})
export const flag = (label: Text, options: Omit<FlagParam, 'type' | 'label'>): FlagParam => ({
  type: 'flag',
  label,
  ...options,
})
export const choice = <const Word extends string>(
  label: Text,
  options: Omit<ChoiceParam<Word>, 'type' | 'label'>,
): ChoiceParam<Word> => ({ type: 'choice', label, ...options })
/** No image is larger; sizes beyond are typos, and their products would exceed the range of exact integers. */
const MAX_SIZE = 65_536
// Without NoInfer the type that a definition expects, any pair, would stand for what is not given.
export const pair = <const Word extends string = never, const Optional extends boolean = false>(
  label: Text,
  options: Omit<PairParam<Word, Optional>, 'type' | 'label' | 'max'>,
): PairParam<NoInfer<Word>, NoInfer<Optional>> => ({ type: 'pair', label, max: MAX_SIZE, ...options })
export const list = <const Optional extends boolean = false>(
  label: Text,
  options: Omit<ListParam<Optional>, 'type' | 'label'>,
): ListParam<NoInfer<Optional>> => ({ type: 'list', label, ...options })
export const range = (label: Text, options: Omit<RangeParam, 'type' | 'label'>): RangeParam => ({
  type: 'range',
  label,
  ...options,
})
export const columns = (label: Text, options: Omit<ColumnsParam, 'type' | 'label'>): ColumnsParam => ({
  type: 'columns',
  label,
  ...options,
})
export { text }

/** Default values of all parameters. */
export function defaultValues<P extends ParamSpecs>(specs: P): ParamValues<P> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default])) as ParamValues<P>
}

/** Values that were checked before they were stored, of the types that their specifications say; defaults where there are none. */
export function storedValues<P extends ParamSpecs>(
  specs: P,
  stored: Readonly<Record<string, unknown>> = {},
): ParamValues<P> {
  const values = Object.entries(specs).map(([name, spec]) => [
    name,
    accepts(spec, stored[name]) ? stored[name] : spec.default,
  ])
  return Object.fromEntries(values) as ParamValues<P>
}

/** [height, width] of a pair parameter. */
export function asPair(value: Pair): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value
}

/** Describes in words what a parameter accepts. */
export function describeSpec(spec: ParamSpec): string {
  return describeAccepted('en', acceptedBy(spec))
}

/** Whether `value` is in the form of a range, or of a pair for two axes. */
export function isTwoNumbers(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number')
}

/** Whether `value` is allowed for `spec`. */
export function accepts(spec: ParamSpec, value: unknown): boolean {
  const number = (v: unknown, whole: boolean, min = -Infinity, max = Infinity): v is number =>
    typeof v === 'number' && Number.isFinite(v) && (!whole || Number.isInteger(v)) && v >= min && v <= max
  switch (spec.type) {
    case 'integer':
      return number(value, true, spec.min, spec.max)
    case 'real':
      // Networks compute in float32, where larger numbers are infinite.
      return (
        number(value, false, spec.min, spec.max) &&
        Number.isFinite(Math.fround(value)) &&
        !(spec.below && value === spec.max) &&
        !(spec.above && value === spec.min)
      )
    case 'flag':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && spec.options.includes(value)
    case 'pair':
      if (value === null) return spec.optional === true
      if (typeof value === 'string') return spec.words?.includes(value) ?? false
      if (Array.isArray(value)) return value.length === 2 && value.every((v) => number(v, true, spec.min, spec.max))
      return number(value, true, spec.min, spec.max)
    case 'list':
      if (value === null) return spec.optional === true
      return Array.isArray(value) && value.every((v) => number(v, spec.integer, spec.min))
    case 'range':
      return isTwoNumbers(value) && value.every((v) => number(v, false, spec.min, spec.max)) && value[0] <= value[1]
    case 'columns':
      return value === null || (Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === 'string'))
  }
}

/** What a parameter accepts, as values. */
export function acceptedBy(spec: ParamSpec) {
  return {
    type: spec.type,
    min: 'min' in spec ? (spec.min ?? null) : null,
    max: 'max' in spec ? (spec.max ?? null) : null,
    above: spec.type === 'real' && spec.above === true,
    below: spec.type === 'real' && spec.below === true,
    whole: spec.type === 'list' && spec.integer,
    optional: (spec.type === 'pair' || spec.type === 'list') && spec.optional === true,
    words: spec.type === 'choice' ? spec.options.join(', ') : spec.type === 'pair' ? (spec.words ?? []).join(', ') : '',
  } satisfies Accepted
}

/**
 * Fills in defaults and checks every value. An invalid value yields a problem and its default, so that later code
 * still has a usable value. `owner` names the object, e.g. `conv1 (Conv2d)`.
 */
export function checkParams<P extends ParamSpecs>(
  specs: P,
  given: Readonly<Record<string, unknown>>,
  owner: string,
  place: Problem['place'],
): { values: ParamValues<P>; problems: Problem[] } {
  const values: Record<string, unknown> = defaultValues(specs)
  const problems: Problem[] = []
  const code = place.node === undefined ? 'training-setting' : 'node-param'
  const whereOf = (param: string) => ({
    ...place,
    param: place.node === undefined && place.param !== undefined ? `${place.param}.${param}` : param,
  })
  for (const [name, value] of Object.entries(given)) {
    const spec = specs[name]
    if (!spec) {
      const names = Object.keys(specs)
      const found = { owner, name, known: names.join(', ') || 'no parameters', near: nearestName(name, names) ?? '' }
      problems.push(makeProblem(code, 'unknown', found, whereOf(name)))
    } else if (!accepts(spec, value)) {
      const received = JSON.stringify(value) ?? 'nothing'
      const wanted = { ...acceptedBy(spec), title: spec.label, default: JSON.stringify(spec.default) }
      problems.push(makeProblem(code, 'value', { owner, received, ...wanted }, { ...whereOf(name), data: { name } }))
    } else values[name] = value
  }
  return { values: values as ParamValues<P>, problems }
}
