/** Detects the number format of a table from its first rows: decimal point or comma, thousands separators. */
import type { ThousandsMark } from '#core/data/missingWords'
import { missingWords } from '#core/data/missingWords'
import { isNumber, numberReader, plainNumbers, type NumberForm } from './cells'

export interface FoundNumbers extends NumberForm {
  /** A cell that has a second reading as a number. */
  readonly doubt?: string
}

type Given = { readonly [Key in keyof NumberForm]?: NumberForm[Key] | undefined }

/** Minimum share of numeric cells in a numeric column. */
const MOST = 0.8

const form = (decimal: '.' | ',', thousands: ThousandsMark): NumberForm => ({ decimal, thousands })

/**
 * On a tie, the first one is used. A file with comma delimiters usually has a decimal point; one with semicolons
 * usually does not.
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

/** `given` is not detected; on a tie, `expected` is used. */
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

/** Columns in which a cell has a mark that affects the decision, without their missing cells. */
function columnsWithMarks(rows: readonly (readonly string[])[]): string[][] {
  const missing = new Set(missingWords.map((word) => word.toLowerCase()))
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const columns = Array.from({ length: width }, (_, c) =>
    rows.flatMap((row) => (row[c] === undefined || row[c] === '' || missing.has(row[c].toLowerCase()) ? [] : [row[c]])),
  )
  return columns.filter((cells) => cells.some((cell) => /\d[,.'\s]\d/.test(cell)))
}

/** Number of numeric cells in this format, in numeric columns. The first cell may be a name. */
function score(columns: readonly (readonly string[])[], numbers: NumberForm): number {
  const read = numberReader(numbers)
  let total = 0
  for (const cells of columns) {
    const count = cells.filter((cell) => isNumber(read(cell))).length
    if (count >= MOST * (cells.length - 1)) total += count
  }
  return total
}

/** A cell that another equally good format reads as a different number. */
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
