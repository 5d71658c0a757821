/** What a pre-transform is: a step between the stored sample and the network, fitted once and lowered to ONNX operators. */
import type { Text } from '../base/text'
import type { CategoryStatistics, ColumnStatistics, SampleFacts } from '../data/facts'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/graph'
import type { ParamSpecs, ParamValues } from '../params/params'

/** Plain JSON that a step learnt from the training split; it is stored in the run. */
export type FittedValue = Readonly<Record<string, readonly (number | null)[]>>

/** A column on its way through the steps. */
export interface PreparedColumn {
  readonly name: string
  /** `indicator` columns hold 0 or 1: whether a category is the sample's. */
  readonly type: 'numeric' | 'categorical' | 'indicator'
  /** Of a categorical column. */
  readonly categories?: readonly string[]
  /** Index of the stored column it comes from. */
  readonly source: number
  /** Whether a missing cell would still arrive here as NaN. */
  readonly passesMissing: boolean
  /** Over the training split as the steps so far leave it; `median` is dropped where a step makes it unknown. */
  readonly statistics: StepStatistics
}

/** Statistics after a step. The median is absent where it no longer follows from the stored column's. */
export type StepStatistics = (Omit<ColumnStatistics, 'median'> & { readonly median?: number }) | CategoryStatistics

/** Samples as the steps so far leave them. */
export interface PreparedSample {
  readonly dtype: SampleFacts['dtype']
  /** Shape of one sample: [channels, height, width] or [columns]. */
  readonly shape: readonly number[]
  /** Of tables. */
  readonly columns?: readonly PreparedColumn[]
  /** Of images, by channel. */
  readonly channels?: readonly ColumnStatistics[]
}

/** Targets of a regression as the steps so far leave them. */
export interface PreparedTarget {
  readonly names: readonly string[]
  readonly statistics: readonly ColumnStatistics[]
}

interface Described<Specs extends ParamSpecs> {
  readonly kind: string
  readonly title: Text
  readonly doc: Text
  readonly params: Specs
}

/** A step on samples. */
export interface SampleTransform<
  Specs extends ParamSpecs = ParamSpecs,
  Fitted extends FittedValue = FittedValue,
> extends Described<Specs> {
  readonly on: 'sample'
  /** Learns from the statistics of the training split; fails with a problem where the step does not fit the data. */
  fit(sample: PreparedSample, params: ParamValues<Specs>): Fitted
  /** Shape, columns and statistics after the step. */
  result(sample: PreparedSample, fitted: Fitted): PreparedSample
  /** Writes the step: `x` is [N, …shape before], the result [N, …shape after]. */
  lower(b: GraphBuilder, x: Value, fitted: Fitted): Value
}

/** A step on the numbers that a regression predicts, with its inverse. */
export interface TargetTransform<
  Specs extends ParamSpecs = ParamSpecs,
  Fitted extends FittedValue = FittedValue,
> extends Described<Specs> {
  readonly on: 'target'
  fit(target: PreparedTarget, params: ParamValues<Specs>): Fitted
  /** [N, size] in the data's unit → the unit that the network learns. */
  lower(b: GraphBuilder, target: Value, fitted: Fitted): Value
  /** [N, size] as the network answers → the data's unit. */
  inverse(b: GraphBuilder, output: Value, fitted: Fitted): Value
}

/** Checks a definition against its own parameters and fitted value. */
export function defineSampleTransform<
  const Kind extends string,
  const Specs extends ParamSpecs,
  Fitted extends FittedValue,
>(definition: SampleTransform<Specs, Fitted> & { readonly kind: Kind }) {
  return definition
}

export function defineTargetTransform<
  const Kind extends string,
  const Specs extends ParamSpecs,
  Fitted extends FittedValue,
>(definition: TargetTransform<Specs, Fitted> & { readonly kind: Kind }) {
  return definition
}
