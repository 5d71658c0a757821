/** What a trained model expects of new samples, and what every reader of them returns. */
import { text } from '#core/base/text'
import type { DataFacts, SampleFacts } from '#core/data/facts'
import type { ImageReading } from '#core/data/imageReading'
import type { DataSource } from '#core/graph/dataSettings'
import type { FittedPreTransforms, PreTransformChoice } from '#core/pretransforms/preTransformList'
import { fail, type Problem } from '#core/problems/problem'
import type { SampleArray } from '../samples'
import { embeddedTable } from '../sources/builtin'
import type { DialectSettings } from '../sources/rows'

export interface ExpectedSample {
  readonly sample: SampleFacts
  /** Sizes of one sample, null where the model accepts any; the shape of `sample` then has 1 there. */
  readonly open?: readonly (number | null)[]
  /** Per column, whether a missing cell is allowed. */
  readonly acceptsMissing?: readonly boolean[]
  /** Preprocessing of image files and texts before training, applied to new ones too. */
  readonly steps?: readonly PreTransformChoice[]
  /** How image files were read before training. */
  readonly reading?: ImageReading
  /** The column with the texts, if they came from a table. */
  readonly textColumn?: string
  /** The format of the training table. */
  readonly written?: DialectSettings
  /** The number of columns of that table, including the label, if they are numbered. */
  readonly width?: number
}

/** The assumed format of new tables where they do not show it themselves: that of the training table. */
export function asWritten({ written = {} }: ExpectedSample) {
  const { missing, sentinels, decimal = '.', thousands = '', delimiter } = written
  return { cells: { missing, sentinels }, known: { numbers: { decimal, thousands }, delimiter } }
}

export interface ReadSamples {
  readonly count: number
  /** [count, …shape] in the stored element type. */
  readonly data: SampleArray
  /** Shape of one sample, if the model leaves it open. */
  readonly shape?: readonly number[]
  /** By index, samples the model cannot predict, with the reason; their values in `data` are meaningless. */
  readonly unusable?: ReadonlyMap<number, Problem>
}

/** What a run or one of our models records about its data. */
export interface KnownData {
  readonly facts: DataFacts
  readonly preprocess: FittedPreTransforms
  readonly source: DataSource
}

export async function expectedSample({ facts, preprocess, source }: KnownData): Promise<ExpectedSample> {
  const { acceptsMissing, files, reading } = preprocess
  const table = source.kind === 'builtin' ? await embeddedTable(source.name) : source
  const textColumn = facts.sample.vocabulary && textColumnOf(table)
  const width = widthOf(table, facts.sample)
  return {
    sample: facts.sample,
    ...(acceptsMissing && { acceptsMissing }),
    ...(files.length > 0 && { steps: files }),
    ...(reading && { reading }),
    ...(textColumn !== undefined && { textColumn }),
    ...(table?.kind === 'table' && { written: table }),
    ...(width !== undefined && { width }),
  }
}

function textColumnOf(source: DataSource | undefined): string | undefined {
  return source?.kind === 'table' ? source.columns.find(({ type }) => type === 'text')?.name : undefined
}

/** The last column named by the project or the model, if all columns are numbered for lack of a header. */
function widthOf(source: DataSource | undefined, { columns = [] }: SampleFacts): number | undefined {
  if (source?.kind !== 'table' || source.header === true) return undefined
  const names = [source.label, ...[...source.columns, ...columns].map(({ name }) => name)]
  const places = names.map((name) => Number(/^column (\d+)$/.exec(name)?.[1]))
  return places.includes(NaN) ? undefined : Math.max(...places)
}

/** @throws ProblemError `model-input` */
export function failShape(file: string, { shape, columns, vocabulary, dtype }: SampleFacts, received: string): never {
  if (columns) {
    const names = columns.map(({ name }) => name).join(', ')
    return fail('model-input', 'table-shape', { count: shape[0]!, columns: names, received }, { file })
  }
  if (vocabulary) return fail('model-input', 'text-shape', { received }, { file })
  const sizes = shape.join('×')
  // Sizes that a model leaves open read `any`.
  const values = { shape: text(sizes, sizes.replaceAll('any', '任意')), received }
  return fail('model-input', dtype === 'float32' ? 'array-shape' : 'image-shape', values, { file })
}

export function checkShape(path: string, sample: SampleFacts, received: readonly number[]): void {
  if (received.join() !== sample.shape.join()) failShape(path, sample, received.join('×'))
}
