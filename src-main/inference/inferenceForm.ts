/** The input form of a run: the shape of a sample with its names, and a typical row as initial values. */
import { sampleKind, type ColumnFacts } from '#core/data/facts'
import { ProblemError } from '#core/problems/problem'
import type { InferenceForm } from '#core/rpc/contract/inference'
import { preparedColumns } from '#core/pretransforms/preparedColumns'
import type { Dataset } from '../data/openDataset'
import type { OpenDatasets } from '../data/openDatasets'
import { openRun, projectFolderOf } from '../runs/store'
import { typicalNumber } from './typicalNumber'

/** @throws ProblemError `run-missing`, `run-damaged` */
export async function inferenceForm(datasets: OpenDatasets, folder: string): Promise<InferenceForm> {
  const run = await openRun(folder)
  const { facts, preprocess } = run.record.data
  const { dtype, shape, columns } = facts.sample
  const kind = sampleKind(facts.sample)
  if (columns === undefined) return { kind, dtype, shape: [...shape], columns: null, prepared: [], start: null }
  const { data, task } = run.record.project
  // If the data is missing or has been replaced, the row starts empty.
  const dataset = await datasets.open(data, task, projectFolderOf(run)).catch((error: unknown) => {
    if (error instanceof ProblemError) return null
    throw error
  })
  return {
    kind,
    dtype,
    shape: [...shape],
    columns: [...columns],
    prepared: preparedColumns(facts.sample, preprocess).map(({ name, source }) => ({ name, source })),
    start: dataset === null ? null : typicalRow(columns, dataset),
  }
}

/** Per column the median of the training split, or its most frequent category; null if there is none. */
function typicalRow(columns: readonly ColumnFacts[], { facts, statistics }: Dataset): InferenceForm['start'] {
  if (JSON.stringify(facts.sample.columns?.map(({ name }) => name)) !== JSON.stringify(columns.map(({ name }) => name)))
    return null
  return columns.map((column, c) => {
    const of = statistics.sample[c]
    if (of === undefined || of.count === 0) return null
    if ('counts' in of) {
      const code = of.counts.indexOf(Math.max(...of.counts))
      return column.type === 'categorical' ? (column.categories[code] ?? null) : null
    }
    return column.type === 'numeric' ? typicalNumber(of.median ?? of.mean, facts.sample.dtype) : null
  })
}
