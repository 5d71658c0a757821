/** Detects whether the first row of a table is a header, and the column names. */
import { missingWords } from '#core/data/missingWords'
import { isNumber } from './cells'

type Rows = readonly (readonly string[])[]

const missing = new Set(['', ...missingWords.map((word) => word.toLowerCase())])
const isWord = (cell: string): boolean => !missing.has(cell.toLowerCase()) && !isNumber(cell)
const isWhole = (cell: string): boolean => /^\d{1,9}$/.test(cell)
const isYear = (cell: string): boolean => /^(1[6-9]|20|21)\d\d$/.test(cell)

/**
 * A first row is a header if it contains an expected name, or texts above numbers, or only texts. Numbers can also be
 * names: those that count the columns, years, and, if no names are expected, any next to the name of a column of words.
 * The first cell may be empty, as above row names.
 */
export function looksLikeHeader([head, ...rows]: Rows, expected: readonly string[]): boolean {
  if (expected.some((name) => head!.includes(name))) return true
  if (head!.every((cell) => cell === '')) return false
  const numbers = head!.flatMap((cell, i) => (isNumber(cell) ? [i] : []))
  if (numbers.length > 0)
    return numbersAreNames(head!, rows, numbers) || (expected.length === 0 && besideName(head!, rows, numbers))
  const named = head!.at(-1) === '' ? head!.slice(0, -1) : head!
  return !named.slice(1).includes('') || textAboveNumbers(head!, rows)
}

export function textAboveNumbers(head: readonly string[], rows: Rows): boolean {
  return head.some((cell, i) => isWord(cell) && rows.some((row) => isNumber(row[i] ?? '')))
}

const isDistinct = (cells: readonly string[]): boolean => new Set(cells).size === cells.length

function numbersAreNames(head: readonly string[], rows: Rows, numbers: readonly number[]): boolean {
  if (rows.length === 0 || !isDistinct(head.filter((cell) => cell !== ''))) return false
  if (countColumns(head, numbers) && !rows.some((row) => countColumns(row, numbers)))
    return numbers.length >= 3 || hasNamedTexts(head, rows, numbers)
  const years = numbers.every((i) => isYear(head[i]!) && rows.some((row) => isValue(row[i]) && !isYear(row[i]!)))
  return years && (numbers.length >= 3 || hasNamedTexts(head, rows, numbers))
}

/** Rows needed to see whether words repeat. */
const REPEATING_ROWS = 4

/**
 * Whether distinct numbers are next to a text that is above repeating words but not one of them: `400,410,420,species`.
 */
function besideName(head: readonly string[], rows: Rows, numbers: readonly number[]): boolean {
  const texts = head.flatMap((cell, i) => (cell === '' || numbers.includes(i) ? [] : [i]))
  return (
    rows.length >= REPEATING_ROWS &&
    isDistinct(numbers.map((i) => head[i]!)) &&
    hasNamedTexts(head, rows, numbers) &&
    texts.every((i) => {
      const words = rows.flatMap((row) => (isValue(row[i]) ? [row[i]!] : []))
      return words.length > 0 && new Set(words).size * 2 <= words.length
    })
  )
}

const isValue = (cell: string | undefined): boolean => cell !== undefined && cell !== ''

/** Whether the numbers of a row are 0, 1, 2, … or 1, 2, 3, … */
function countColumns(row: readonly string[], numbers: readonly number[]): boolean {
  const first = Number(row[numbers[0]!])
  if (numbers.length < 2 || (first !== 0 && first !== 1)) return false
  return numbers.every((at, i) => isWhole(row[at] ?? '') && Number(row[at]) === first + i)
}

/**
 * Whether the texts of the first row are column names: they are above numbers, or do not occur among repeating values
 * below.
 */
function hasNamedTexts(head: readonly string[], rows: Rows, numbers: readonly number[]): boolean {
  const texts = head.flatMap((_, i) => (numbers.includes(i) ? [] : [i]))
  return (
    texts.length > 0 &&
    texts.every(
      (i) =>
        head[i] === '' ||
        isName(
          head[i]!,
          rows.flatMap((row) => row[i] ?? []),
        ),
    )
  )
}

function isName(cell: string, below: readonly string[]): boolean {
  return isWord(cell) && !below.includes(cell)
}

/** Makes column names unique; columns without a name in the file are numbered. */
export function columnNames(head: readonly string[]): { names: string[]; unnamed: number[] } {
  const names = [...head]
  const unnamed = head.flatMap((cell, i) => (cell === '' ? [i] : []))
  for (const i of unnamed) {
    let name = `column ${i + 1}`
    while (names.includes(name)) name = `${name}'`
    names[i] = name
  }
  return { names, unnamed }
}
