/** The table as found, for display: its columns and first rows, classes and splits with their counts. */
import { classesOf, classFinder } from '#core/data/labels'
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { DataProposal, FoundColumn } from '#core/rpc/contract/data'
import { splitNamed } from '../sources/source'
import type { ColumnRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import { shownDialect, shownMissing, type TableBegin } from './openTable'

export function tableOf(
  begin: TableBegin,
  roles: ColumnRoles | undefined,
  settings: readonly ColumnSettings[],
): NonNullable<DataProposal['table']> {
  const types = new Map(settings.map(({ name, type }) => [name, type]))
  const roleOf = (column: ColumnSample): FoundColumn['role'] => {
    if (column === roles?.label) return 'label'
    if (column === roles?.split) return 'split'
    return roles?.ignored.has(column) ? 'ignored' : 'feature'
  }
  return {
    dialect: shownDialect(begin),
    ...shownMissing(begin),
    columns: begin.columns.map((column) => ({
      name: column.name,
      type: types.get(column.name) ?? column.type,
      role: roleOf(column),
      missing: column.missing,
      values: column.counts.size + (column.overflows ? 1 : 0),
      examples: column.examples,
    })),
    rows: begin.first.map((row) => [...row]),
  }
}

/** For tables that were read completely. */
export function classesAndSplits(
  { whole }: TableBegin,
  { label, split, task }: ColumnRoles,
): Pick<DataProposal, 'classes' | 'splits'> {
  if (!whole) return { classes: null, splits: null }
  const classes = task === 'classification' && !label.overflows ? classCounts(label) : null
  if (!split) return { classes, splits: null }
  const splits = { train: 0, validation: 0, test: 0 }
  for (const [cell, count] of split.counts) {
    const name = splitNamed(cell) ?? 'train'
    splits[name === 'none' ? 'train' : name] += count
  }
  return { classes, splits }
}

function classCounts(label: ColumnSample): { name: string; count: number }[] {
  const counts = classesOf(label.counts.keys()).map((name) => ({ name, count: 0 }))
  const find = classFinder(counts.map(({ name }) => name))
  for (const [value, count] of label.counts) counts[find(value)!]!.count += count
  return counts
}
