/**
 * The interface of a pre-transform: a step that runs once, between the source and the samples that training reads, and
 * is cached on
 * disk. Table steps are also written into exported models, which take raw rows; file steps also run on new files.
 */
import type { Text } from '../base/text'
import type { CategoryStatistics, ColumnStatistics, RowArray } from '../data/facts'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { ParamSpecs, ParamValues } from '../params/params'

/** Plain JSON that a step fitted on the training split; stored in the run. */
export type FittedValue = Readonly<Record<string, readonly (number | null)[]>>

/** A column as it passes through the steps. */
export interface PreparedColumn {
  readonly name: string
  /** `indicator` columns hold 0 or 1, e.g. whether the sample has a category. */
  readonly type: 'numeric' | 'categorical' | 'indicator'
  /** For categorical columns. */
  readonly categories?: readonly string[]
  /** Index of the stored column it comes from. */
  readonly source: number
  /** Whether a missing cell still arrives here as NaN. */
  readonly passesMissing: boolean
}

/** A column with its statistics over the training split, as left by the previous steps. */
export type DescribedPreparedColumn = PreparedColumn & { readonly statistics: ColumnStatistics | CategoryStatistics }

interface Described<Specs extends ParamSpecs> {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly params: Specs
  /** Parameters that mean nothing with these values of others. */
  idle?(params: ParamValues<Specs>): readonly (keyof Specs & string)[]
}

/** A step on the columns of a table. */
export interface TablePreTransform<
  Specs extends ParamSpecs = ParamSpecs,
  Fitted extends FittedValue = FittedValue,
> extends Described<Specs> {
  readonly on: 'table'
  /** The columns that it can work on. */
  readonly takes: 'numeric' | 'categorical' | 'any'
  /** What `fit` needs to know about the columns besides the usual statistics. */
  needs?(params: ParamValues<Specs>): { readonly quantiles?: readonly number[]; readonly mode?: boolean }
  /** Fits on the training split; fails with a problem if the step does not suit the columns. */
  fit(columns: readonly DescribedPreparedColumn[], params: ParamValues<Specs>): Fitted
  /** The columns after the step. */
  result(columns: readonly PreparedColumn[], fitted: Fitted): readonly PreparedColumn[]
  /** Writes the new row into `to`, which has one element per column of `result`. */
  apply(row: RowArray, to: RowArray, fitted: Fitted): void
  /** The same as operators: `x` is [N, columns before], the result [N, columns after] of the same element type. */
  lower(b: GraphBuilder, x: Value, fitted: Fitted): Value
}

/** A step on the regression target, with its inverse. */
export interface TargetPreTransform<
  Specs extends ParamSpecs = ParamSpecs,
  Fitted extends FittedValue = FittedValue,
> extends Described<Specs> {
  readonly on: 'target'
  fit(names: readonly string[], statistics: readonly ColumnStatistics[], params: ParamValues<Specs>): Fitted
  /** One number in the data's unit → the network's unit. */
  apply(value: number, index: number, fitted: Fitted): number
  /** [N, size] in the data's unit → the network's unit. */
  lower(b: GraphBuilder, target: Value, fitted: Fitted): Value
  /** [N, size] in the network's unit → the data's unit. */
  inverse(b: GraphBuilder, output: Value, fitted: Fitted): Value
}

/** Size of an image; null if it varies between images. */
export interface ImageSize {
  readonly channels: number | null
  readonly height: number | null
  readonly width: number | null
}

/** A step on image files, performed by the host's image library. */
export interface ImagePreTransform<Specs extends ParamSpecs = ParamSpecs> extends Described<Specs> {
  readonly on: 'image'
  /** Whether an image whose shape it keeps is the same afterwards. */
  readonly onlyShape?: true
  result(size: ImageSize, params: ParamValues<Specs>): ImageSize
}

/** A step on texts. Their order is fixed by `stage`: letters, tokens, vocabulary, length. */
export interface TextPreTransform<Specs extends ParamSpecs = ParamSpecs> extends Described<Specs> {
  readonly on: 'text'
  /** Position in the order of text steps. */
  readonly stage: number
  /** Whether texts can do without it; the other steps are done even where a project does not name them. */
  readonly optional?: true
}

export type PreTransform = TablePreTransform | TargetPreTransform | ImagePreTransform | TextPreTransform

/** Checks a definition against its own parameters and fitted value. */
export function defineTablePreTransform<
  const Kind extends string,
  const Specs extends ParamSpecs,
  Fitted extends FittedValue,
>(definition: TablePreTransform<Specs, Fitted> & { readonly kind: Kind }) {
  return definition
}

export function defineTargetPreTransform<
  const Kind extends string,
  const Specs extends ParamSpecs,
  Fitted extends FittedValue,
>(definition: TargetPreTransform<Specs, Fitted> & { readonly kind: Kind }) {
  return definition
}

export function defineImagePreTransform<const Kind extends string, const Specs extends ParamSpecs>(
  definition: ImagePreTransform<Specs> & { readonly kind: Kind },
) {
  return definition
}

export function defineTextPreTransform<const Kind extends string, const Specs extends ParamSpecs>(
  definition: TextPreTransform<Specs> & { readonly kind: Kind },
) {
  return definition
}
