/** Analyzes a prepared dataset: everything the Data screen shows besides the samples. */
import { columnHistograms, correlations, CORRELATED_COLUMNS } from '#core/data/columnLook'
import { splitNames } from '#core/data/split'
import { findDuplicates, type DuplicateReport } from '#core/data/duplicates'
import type { CategoryStatistics, ColumnStatistics, DataFacts } from '#core/data/facts'
import { checksOf, type ColumnLook, type DataLook } from '#core/data/look'
import type { Dataset } from '../openDataset'
import { readWhole, rowChunks, type RowType } from '../prepare/records'
import { trainingMask } from '../prepare/readStep'
import type { Samples } from '../samples'
import { targetHistograms } from './targetLook'
import { textLengths } from './textLook'

const looks = new WeakMap<Dataset, Promise<DataLook>>()

/** Everything but `testLooks`, which is counted separately for the sealed test set; computed once per dataset. */
export function lookAtData(dataset: Dataset): Promise<DataLook> {
  const known = looks.get(dataset)
  if (known) return known
  const look = lookAt(dataset)
  looks.set(dataset, look)
  look.catch(() => looks.delete(dataset))
  return look
}

async function lookAt(dataset: Dataset): Promise<DataLook> {
  const { facts, splits, statistics } = dataset
  const counts = { train: splits.train.length, validation: splits.validation.length, test: splits.test.length }
  const look: Omit<DataLook, 'checks'> = {
    counts,
    balance: facts.target.kind === 'classes' ? balanceOf(facts.target.classes, dataset) : null,
    targets: targetHistograms(dataset),
    columns: facts.sample.columns ? await columnLooks(dataset) : [],
    channels: channelsOf(facts, statistics.sample),
    correlation: facts.sample.columns ? await correlationOf(dataset) : null,
    duplicates: await duplicatesOf(dataset),
    lengths: await textLengths(dataset),
    testLooks: 0,
  }
  return { ...look, checks: checksOf(look) }
}

function balanceOf(classes: readonly string[], { targets, splits }: Dataset): DataLook['balance'] {
  const count = (indices: Int32Array): number[] => {
    const result = new Array<number>(classes.length).fill(0)
    for (const index of indices) result[targets[index]!]!++
    return result
  }
  return {
    classes,
    counts: { train: count(splits.train), validation: count(splits.validation), test: count(splits.test) },
  }
}

function channelsOf({ sample }: DataFacts, statistics: Dataset['statistics']['sample']): DataLook['channels'] {
  if (sample.dtype !== 'uint8') return []
  return (statistics as readonly ColumnStatistics[]).map(({ mean, deviation }) => ({ mean, deviation }))
}

const rowType = ({ form }: Samples): RowType => (form.dtype === 'float64' ? 'float64' : 'float32')

/** Columns as in the table, over the training split. */
async function columnLooks({ facts, raw, splits, statistics }: Dataset): Promise<ColumnLook[]> {
  const columns = facts.sample.columns!
  const { entry } = raw.stored
  const ranges = columns.map(({ type }, c) => {
    const { count, min, max, quantiles } = statistics.sample[c] as ColumnStatistics
    return type === 'numeric' && count > 0 ? { min, max, ...outlierLimits(quantiles) } : null
  })
  const rows = () => rowChunks(entry, columns.length, rowType(raw))
  const histograms = await columnHistograms(rows, ranges, trainingMask(splits, entry.count))
  return columns.map((column, c) => {
    const of = statistics.sample[c]!
    const common = { name: column.name, type: column.type, present: of.count, missing: of.missing }
    if (column.type === 'categorical') {
      const { counts } = of as CategoryStatistics
      return { ...common, categories: column.categories.map((name, code) => ({ name, count: counts[code]! })) }
    }
    const { mean, deviation, min, max, median } = of as ColumnStatistics
    const spread = histograms[c]
    return {
      ...common,
      ...{ mean, deviation, min, max },
      ...(median !== undefined && { median }),
      ...(spread && { histogram: { edges: spread.edges, counts: spread.counts }, outliers: spread.outliers }),
    }
  })
}

/** Three interquartile ranges beyond the quartiles; if most values are equal, none is an outlier. */
function outlierLimits(quartiles: readonly number[] | undefined): { low: number; high: number } {
  const [q1, q3] = (quartiles ?? [0, 0]) as readonly [number, number]
  return q1 === q3 ? { low: -Infinity, high: Infinity } : { low: q1 - 3 * (q3 - q1), high: q3 + 3 * (q3 - q1) }
}

async function correlationOf({ facts, raw, splits, statistics }: Dataset): Promise<DataLook['correlation']> {
  const columns = facts.sample.columns!
  const places = columns.flatMap(({ type }, c) => (type === 'numeric' ? [c] : [])).slice(0, CORRELATED_COLUMNS)
  if (places.length < 2) return null
  const means = places.map((c) => (statistics.sample[c] as ColumnStatistics).mean)
  const { entry } = raw.stored
  const rows = () => rowChunks(entry, columns.length, rowType(raw))
  const values = await correlations(rows, columns.length, places, means, trainingMask(splits, entry.count))
  return { names: places.map((c) => columns[c]!.name), values }
}

async function duplicatesOf({ raw, splits }: Dataset): Promise<DuplicateReport> {
  const { entry } = raw.stored
  const hashes = await readWhole(entry, 'hashes.bin', Uint32Array)
  const splitOf = new Uint8Array(entry.count).fill(255)
  splitNames.forEach((name, s) => {
    for (const index of splits[name]) splitOf[index] = s
  })
  return findDuplicates(hashes, splitOf)
}
