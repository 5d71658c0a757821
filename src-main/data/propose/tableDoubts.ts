/** What would keep a table from being used as it is proposed. */
import { basename } from 'node:path'
import { classesOf } from '#core/data/labels'
import { listed } from '#core/data/listed'
import type { ColumnSettings } from '#core/graph/dataSettings'
import type { Problem } from '#core/problems/problem'
import {
  failCategories,
  failClasses,
  failNoFeatures,
  failUnlabelled,
  notANumber,
  type TablePlace,
} from '../sources/tableProblems'
import type { ColumnRoles } from './columnRoles'
import type { ColumnSample } from './columnSample'
import type { TableBegin } from './openTable'
import { problemsOfError } from './proposal'

/** Whether no row could be read, of which the table says why: then nothing can be said of its columns. */
export function isUnread({ read, problems }: TableBegin): boolean {
  return read === 0 && problems.some(({ severity }) => severity === 'error')
}

export function nothingToPredict(path: string, { columns, whole, read }: TableBegin): Problem {
  return {
    code: 'data-label',
    severity: 'error',
    place: { file: path },
    message: `No column can be the label: ${whole ? '' : `in the first ${read} rows `}each is empty, always the same, or different in every row.`,
    expected: 'a column with classes or numbers to predict',
    received: listed(columns.map(({ name }) => name)),
    fix: 'Choose the label yourself, or check the delimiter.',
    data: { case: 'no-label' },
  }
}

/** Whether the first row was taken for names by nothing but a guess. */
export function isHeaderDoubt({ code, place }: Problem): boolean {
  return code === 'data-dialect' && place.line === 1
}

/** Where a column lists images that are not beside the table. */
export function withoutImages(path: string, image: ColumnSample): Problem {
  return {
    code: 'data-missing',
    severity: 'warning',
    place: { file: path, column: image.name },
    message: `Column ${image.name} lists images, but the first of them are not there.`,
    expected: 'paths relative to the folder of the table',
    received: image.examples[0] ?? '',
    fix: `Move ${basename(path)} to where its paths begin, if the images are meant to be used.`,
    data: { case: 'images', column: image.name },
  }
}

/** Of the rows that were looked at. */
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
  return [
    {
      code: 'data-cell',
      severity: 'warning',
      place: { file, column: column.name },
      message: `The numbers of ${column.name} have a comma in place of the point, so they are taken for texts.`,
      expected: 'numbers like 1.5',
      received: column.examples[0] ?? '',
      fix: 'Set the decimal mark of the file to the comma.',
      data: { case: 'comma', column: column.name },
    },
  ]
}

/** Columns that are used and hold a number like -999 again and again. */
function sentinels(file: string, { columns }: TableBegin, { ignored, split }: ColumnRoles): Problem[] {
  const found = columns.flatMap((column) => {
    const value = column === split || ignored.has(column) ? undefined : column.sentinel
    return value === undefined ? [] : [{ column: column.name, value }]
  })
  const [first] = found
  if (!first) return []
  const others = found.filter(({ value }) => value === first.value).map(({ column }) => column)
  return [
    {
      code: 'data-suspicious',
      severity: 'warning',
      place: { file, column: first.column, param: 'data.source.sentinels' },
      message: `${first.value} stands again and again in ${others.join(', ')}, far from all other values: it seems to stand for a missing cell.`,
      expected: 'measured values',
      received: `${first.value}`,
      fix: `Add ${first.value} to the values that mean “missing” of the table, unless it was measured.`,
      data: { case: 'sentinel', columns: others.join(', '), value: `${first.value}` },
    },
  ]
}

export function problemsOfLabel(path: string, begin: TableBegin, { label, task }: ColumnRoles): Problem[] {
  const { name, counts, overflows, present, missing } = label
  if (begin.whole && present === 0 && missing > 0)
    return failing(() => failUnlabelled(placeOf(path, begin), name, missing))
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
