/** How a table writes its numbers, found from its first rows: decimal point or comma, marks between thousands. */
import type { ThousandsMark } from '#core/data/missingWords'
import { missingWords } from '#core/data/missingWords'
import { isNumber, numberReader, plainNumbers, type NumberForm } from './cells'

export interface FoundNumbers extends NumberForm {
  /** A cell that may as well be another number. */
  readonly doubt?: string
}

type Given = { readonly [Key in keyof NumberForm]?: NumberForm[Key] | undefined }

/** Share of the cells of a column that are numbers where it holds numbers. */
const MOST = 0.8

const form = (decimal: '.' | ',', thousands: ThousandsMark): NumberForm => ({ decimal, thousands })

/**
 * Where several fit equally, the first is taken. A file with commas between its cells is written where the point is
 * the decimal mark; one with semicolons usually is not.
 */
function candidates(delimiter: string): NumberForm[] {
  const commas = delimiter === ';' ? [form(',', ''), form('.', ',')] : [form('.', ','), form(',', '')]
  return [
    plainNumbers,
    ...commas,
    form(',', '.'),
    ...[form('.', ' '), form(',', ' ')],
    ...[form('.', "'"), form(',', "'")],
  ]
}

/** `given` is not to be found out; of several forms that fit equally, `expected` is taken. */
export function findNumbers(
  rows: readonly (readonly string[])[],
  delimiter: string,
  given: Given,
  expected: NumberForm = plainNumbers,
): FoundNumbers {
  const fitting = candidates(delimiter).filter(
    ({ decimal, thousands }) => (given.decimal ?? decimal) === decimal && (given.thousands ?? thousands) === thousands,
  )
  const [only] = fitting
  if (!only) return form(given.decimal ?? '.', given.thousands ?? '')
  if (fitting.length === 1) return only
  const open = columnsWithMarks(rows)
  const scores = new Map(fitting.map((each) => [each, score(open, each)]))
  const most = Math.max(...scores.values())
  const best = fitting.filter((each) => scores.get(each) === most)
  const isExpected = (each: NumberForm) => each.decimal === expected.decimal && each.thousands === expected.thousands
  const found = (most > 0 && best.find(isExpected)) || best[0]!
  const doubt = found === plainNumbers ? undefined : ambiguous(open, found, best)
  return { ...found, ...(doubt !== undefined && { doubt }) }
}

/** Columns in which a cell has some mark that a decision hangs on, without their missing cells. */
function columnsWithMarks(rows: readonly (readonly string[])[]): string[][] {
  const missing = new Set(missingWords.map((word) => word.toLowerCase()))
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const columns = Array.from({ length: width }, (_, c) =>
    rows.flatMap((row) => (row[c] === undefined || row[c] === '' || missing.has(row[c].toLowerCase()) ? [] : [row[c]])),
  )
  return columns.filter((cells) => cells.some((cell) => /\d[,.'\s]\d/.test(cell)))
}

/** Cells that are numbers in this form, in columns that hold numbers. The first cell may be a name. */
function score(columns: readonly (readonly string[])[], numbers: NumberForm): number {
  const read = numberReader(numbers)
  let total = 0
  for (const cells of columns) {
    const count = cells.filter((cell) => isNumber(read(cell))).length
    if (count >= MOST * (cells.length - 1)) total += count
  }
  return total
}

/** A cell that another form, which fits as well, reads as another number. */
function ambiguous(
  columns: readonly (readonly string[])[],
  found: NumberForm,
  others: readonly NumberForm[],
): string | undefined {
  const read = numberReader(found)
  for (const other of others) {
    const readOther = numberReader(other)
    for (const cells of columns) {
      const cell = cells.find((each) => isNumber(readOther(each)) && read(each) !== readOther(each))
      if (cell !== undefined) return cell
    }
  }
  return undefined
}
