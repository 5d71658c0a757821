/** Warnings if training rows hold less precision than the table. */
import type { ColumnStatistics } from '#core/data/facts'
import { isCoarse, spacing } from '#core/data/precision'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { describeTable, type TableContext, type TableState } from './tableSteps'

/** Columns to name per message. */
const NAMED = 5

/** For the columns after all steps. Can only occur if cells need float64. */
export async function precisionNotes(state: TableState, context: TableContext): Promise<Problem[]> {
  if (state.dtype === 'float32') return []
  const statistics = await describeTable(state, context)
  const coarse = state.columns.flatMap(({ name, type }, c) => {
    if (type !== 'numeric') return []
    const described = statistics[c] as ColumnStatistics
    return isCoarse(described, areWhole(described)) ? [{ name, ...described }] : []
  })
  const [first] = coarse
  if (!first) return []
  const names = coarse.slice(0, NAMED).map(({ name }) => name)
  const columns = coarse.length > NAMED ? `${names.join(', ')}, …` : names.join(', ')
  const apart = spacing(Math.max(Math.abs(first.min), Math.abs(first.max)))
  const values = { columns, mean: first.mean, apart: `${apart}`, min: first.min, max: first.max }
  const where = { column: first.name, param: 'data.preprocess', severity: 'warning' } as const
  return [makeProblem('data-precision', 'column', values, where)]
}

function areWhole({ min, max, median }: ColumnStatistics): boolean {
  return Number.isInteger(min) && Number.isInteger(max) && Number.isInteger(median ?? 0)
}
