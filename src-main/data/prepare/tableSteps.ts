/** Pre-transforms of tables: each step is fitted on the training split and its result stored as float32 rows. */
import { describeColumns } from '#core/data/columnDigest'
import type { CategoryStatistics, ColumnStatistics, SampleFacts } from '#core/data/facts'
import {
  fitTableStep,
  storedColumns,
  type CheckedPreTransform,
  type FittedStep,
} from '#core/pretransforms/preTransformList'
import type { PreparedColumn, TablePreTransform } from '#core/pretransforms/preTransform'
import { cacheKey, type CacheStore } from './cacheStore'
import { statisticsSchema, tableStepSchema } from './details'
import type { Entry } from './entry'
import type { StepReport } from './preparation'
import { allocateRows, rowChunks, type RowType } from './records'
import type { Work } from './work'

/** The state of a table between steps. */
export interface TableState {
  readonly entry: Entry
  readonly columns: readonly PreparedColumn[]
  /** Rows that need float64 keep it until all steps are done. */
  readonly dtype: RowType
}

export interface TableContext {
  readonly cache: CacheStore
  readonly work: Work
  /** For display. */
  readonly source: string
  /** 1 for rows of the training split. */
  readonly training: Uint8Array
  /** Changes with the training split. */
  readonly splitKey: string
}

export interface TableResult extends TableState {
  readonly fitted: readonly FittedStep[]
  readonly reports: readonly StepReport[]
}

/** The table before any step. */
export function readTableState(entry: Entry, sample: SampleFacts): TableState {
  return { entry, columns: storedColumns(sample), dtype: sample.dtype === 'float64' ? 'float64' : 'float32' }
}

export async function runTableSteps(
  start: TableState,
  steps: readonly CheckedPreTransform<TablePreTransform>[],
  context: TableContext,
): Promise<TableResult> {
  let state = start
  const fitted: FittedStep[] = []
  const reports: StepReport[] = []
  for (const step of steps) {
    const done = await runStep(state, step, context)
    state = done.state
    fitted.push(done.fitted)
    reports.push(done.report)
  }
  return { ...state, fitted, reports }
}

async function runStep(before: TableState, step: CheckedPreTransform<TablePreTransform>, context: TableContext) {
  const { kind } = step.definition
  const key = cacheKey('table-step', before.entry.key, kind, step.params, context.splitKey)
  const { entry, hit } = await context.cache.findOrBuild(key, async (writer) => {
    const needs = step.definition.needs?.(step.params) ?? {}
    const statistics = await describeTable(before, context, needs)
    const { fitted, columns } = fitTableStep(step, before.columns, statistics)
    const samples = await writer.file('samples.bin')
    const width = before.columns.length
    let done = 0
    for await (const { rows } of rowChunks(before.entry, width, before.dtype)) {
      const count = rows.length / width
      const result = allocateRows(before.dtype, count * columns.length)
      for (let row = 0; row < count; row++) {
        const to = result.subarray(row * columns.length, (row + 1) * columns.length)
        step.definition.apply(rows.subarray(row * width, (row + 1) * width), to, fitted)
      }
      await samples.append(result)
      done += count
      await context.work.advance({ step: kind, done, total: before.entry.count })
    }
    return { step: kind, source: context.source, count: before.entry.count, details: { fitted, columns } }
  })
  const { fitted, columns } = tableStepSchema.parse(entry.details)
  const report: StepReport = { step: kind, key, bytes: entry.bytes, hit, shape: [columns.length] }
  return { state: { entry, columns, dtype: before.dtype }, fitted: { kind, fitted }, report }
}

/** The rows as used in training, after all steps. Rows that were float64 so far become a separate entry. */
export async function narrowRows(state: TableState, { cache, work, source }: TableContext): Promise<Entry> {
  const { entry, columns, dtype } = state
  if (dtype === 'float32') return entry
  const { entry: narrow } = await cache.findOrBuild(cacheKey('narrow', entry.key), async (writer) => {
    const samples = await writer.file('samples.bin')
    for await (const { begin, rows } of rowChunks(entry, columns.length, dtype)) {
      await samples.append(Float32Array.from(rows))
      await work.advance({ step: 'narrow', done: begin, total: entry.count })
    }
    return { step: 'narrow', source, count: entry.count, details: null }
  })
  return narrow
}

/** Column statistics over the training split; cached, because a large table takes seconds. */
export async function describeTable(
  { entry, columns, dtype }: TableState,
  { cache, training, splitKey, source, work }: TableContext,
  needs: { readonly quantiles?: readonly number[]; readonly mode?: boolean } = {},
): Promise<(ColumnStatistics | CategoryStatistics)[]> {
  const key = cacheKey('describe', entry.key, splitKey, needs.quantiles ?? [], needs.mode ?? false)
  const described = columns.map(({ type, categories }) => ({
    type,
    ...(categories && { categories: categories.length }),
  }))
  const { entry: kept } = await cache.findOrBuild(key, async () => {
    const statistics = await describeColumns(() => withProgress({ entry, columns, dtype }, work), described, {
      includes: training,
      ...needs,
    })
    return { step: 'describe', source, count: entry.count, details: statistics }
  })
  return statisticsSchema.parse(kept.details)
}

async function* withProgress({ entry, columns, dtype }: TableState, work: Work) {
  for await (const chunk of rowChunks(entry, columns.length, dtype)) {
    yield chunk
    await work.advance({ step: 'describe', done: chunk.begin, total: entry.count })
  }
}
