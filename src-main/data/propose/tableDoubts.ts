/** Reasons that prevent a table from being used as proposed. */
import { basename } from 'node:path'
import { classesOf } from '#core/data/labels'
import { listed } from '#core/data/listed'
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import {
  failCategories,
  failClasses,
  failNoFeatures,
  failUnlabeled,
  notANumber,
  type TablePlace,
} from '../sources/tableProblems'
import type { ColumnRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import type { TableBegin } from './openTable'
import { problemsOfError } from './proposal'

/** Whether no row could be read; the table has the reason, and its columns are unknown. */
export function isUnread({ read, problems }: TableBegin): boolean {
  return read === 0 && problems.some(({ severity }) => severity === 'error')
}

export function nothingToPredict(path: string, { columns, read }: TableBegin): Problem {
  const received = listed(columns.map(({ name }) => name))
  return makeProblem('data-label', 'no-label', { received, read }, { file: path })
}

/** Whether the first row was only guessed to be a header. */
export function isHeaderDoubt({ code, place }: Problem): boolean {
  return code === 'data-dialect' && place.line === 1
}

/** For a column that lists images missing from the table's folder. */
export function withoutImages(path: string, image: ColumnSample): Problem {
  const values = { column: image.name, received: image.examples[0] ?? '', table: basename(path) }
  return makeProblem('data-missing', 'images', values, { file: path, column: image.name, severity: 'warning' })
}

/** For the rows that were read. */
export function problemsOfColumns(
  path: string,
  begin: TableBegin,
  roles: ColumnRoles,
  settings: readonly ColumnSettings[],
): Problem[] {
  if (isUnread(begin)) return []
  const { label, split, text, ignored } = roles
  const problems = [
    ...decimalCommas(path, begin),
    ...sentinels(path, begin, roles),
    ...problemsOfLabel(path, begin, roles),
  ]
  if (text) return problems
  const features = begin.columns.filter((column) => column !== label && column !== split && !ignored.has(column))
  const types = new Map(settings.map(({ name, type }) => [name, type]))
  const place = placeOf(path, begin)
  if (features.length === 0) problems.push(...failing(() => failNoFeatures(place, label.name)))
  for (const column of features) {
    const type = types.get(column.name) ?? column.kind
    if (type === 'numeric') problems.push(...problemsOfNumbers(path, column))
    else if (column.overflows) problems.push(...failing(() => failCategories(place, column.name)))
  }
  return problems
}

function decimalCommas(file: string, { columns }: TableBegin): Problem[] {
  const [column] = columns.filter(({ hasDecimalCommas }) => hasDecimalCommas)
  if (!column) return []
  const values = { column: column.name, received: column.examples[0] ?? '' }
  return [makeProblem('data-cell', 'comma', values, { file, column: column.name, severity: 'warning' })]
}

/** Used columns that repeat a number like -999. */
function sentinels(file: string, { columns }: TableBegin, { ignored, split }: ColumnRoles): Problem[] {
  const found = columns.flatMap((column) => {
    const value = column === split || ignored.has(column) ? undefined : column.sentinel
    return value === undefined ? [] : [{ column: column.name, value }]
  })
  const [first] = found
  if (!first) return []
  const others = found.filter(({ value }) => value === first.value).map(({ column }) => column)
  const values = { columns: others.join(', '), value: `${first.value}` }
  const where = { file, column: first.column, param: 'data.source.sentinels', severity: 'warning' } as const
  return [makeProblem('data-suspicious', 'sentinel', values, where)]
}

export function problemsOfLabel(path: string, begin: TableBegin, { label, task }: ColumnRoles): Problem[] {
  const { name, counts, overflows, present, missing } = label
  if (begin.whole && present === 0 && missing > 0)
    return failing(() => failUnlabeled(placeOf(path, begin), name, missing))
  if (task === 'regression') return problemsOfNumbers(path, label)
  const classes = overflows ? [] : classesOf(counts.keys())
  const isSingle = begin.whole && classes.length === 1
  if (!overflows && !isSingle) return []
  return failing(() => failClasses(placeOf(path, begin), name, classes, overflows))
}

function problemsOfNumbers(file: string, { name, firstText }: ColumnSample): Problem[] {
  return firstText ? [notANumber({ file, line: firstText.line, column: name }, firstText.cell)] : []
}

const placeOf = (path: string, { columns }: TableBegin): TablePlace => ({
  path,
  names: columns.map(({ name }) => name),
})

function failing(action: () => never): Problem[] {
  try {
    return action()
  } catch (error) {
    return problemsOfError(error)
  }
}
