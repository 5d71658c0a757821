/** What the compiler has to know of a data set, and the fitted pre-transforms that become part of every graph. */

/** What samples are mapped to. */
export type TargetFacts =
  | { readonly kind: 'classes'; readonly classes: readonly string[] }
  | { readonly kind: 'numbers'; readonly size: number; readonly names: readonly string[] }

/**
 * One sample as models take it: an image of its final size (uint8), a row of a table before any pre-transform (float32, or
 * float64 where a column needs it), the token ids of a text (int32), or an array (float32).
 */
export interface SampleFacts {
  readonly dtype: 'uint8' | 'float32' | 'float64' | 'int32'
  /** Shape of one sample without the batch: [1, 28, 28] for images, [columns] for tables, [tokens] for texts. */
  readonly shape: readonly number[]
  /** Names of table columns, in order; categorical columns hold category codes (0, 1, …), missing cells NaN. */
  readonly columns?: readonly ColumnFacts[]
  /** Words by token id, for texts: samples are ids (0 = padding, 1 = unknown), each smaller than its length. */
  readonly vocabulary?: readonly string[]
}

/** Table rows, contiguous. */
export type RowArray = Float32Array | Float64Array

/** The kind of a sample; each pre-transform and transform applies to one kind. */
export type SampleKind = 'image' | 'table' | 'text' | 'array'

export function sampleKind({ dtype, columns }: Pick<SampleFacts, 'dtype' | 'columns'>): SampleKind {
  if (columns) return 'table'
  if (dtype === 'uint8') return 'image'
  return dtype === 'int32' ? 'text' : 'array'
}

/** Upper bound for the magnitude of table cells, close to the largest float32. */
export const MAX_CELL_MAGNITUDE = 3.4e38

interface AnyColumn {
  readonly name: string
  /** Missing cells in the whole table, including all splits. */
  readonly missing?: number
}

export type ColumnFacts =
  | (AnyColumn & { readonly type: 'numeric' })
  | (AnyColumn & { readonly type: 'categorical'; readonly categories: readonly string[] })

export interface DataFacts {
  readonly sample: SampleFacts
  readonly target: TargetFacts
}

/**
 * Statistics over the training split, ignoring missing cells: of one image channel (0 to 255) or one numeric column.
 */
export interface ColumnStatistics {
  /** Number of present values; for images, pixels. */
  readonly count: number
  readonly missing: number
  readonly mean: number
  /** Population standard deviation. */
  readonly deviation: number
  readonly min: number
  readonly max: number
  /** Mean of the two middle values if the count is even; not computed for images. */
  readonly median?: number
  /** In the requested order. */
  readonly quantiles?: readonly number[]
  /** Whether the values are float64, so that small differences are not rounding errors. */
  readonly wide?: boolean
  /** Most frequent value, if requested; null if there are too many distinct ones. */
  readonly mode?: number | null
}

/** Statistics of one categorical column over the training split. */
export interface CategoryStatistics {
  readonly count: number
  readonly missing: number
  /** Samples by category code. */
  readonly counts: readonly number[]
}

/** Everything that pre-transforms may be fitted on; it never sees validation or test samples. */
export interface DataStatistics {
  /** By image channel, or by table column in the order of the facts. */
  readonly sample: readonly (ColumnStatistics | CategoryStatistics)[]
  /** By target number; for classes, a single entry with their counts. */
  readonly target: readonly (ColumnStatistics | CategoryStatistics)[]
}
