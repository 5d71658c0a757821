/**
 * Which labels mean the same class: programs write 0 as `0.0` and true as `True` or `TRUE`, and an accented letter in
 * two
 * ways. Any other difference makes another class, including letter case: letters may be what is learned.
 */

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const wholeWithPoint = /^[+-]?\d+\.0*$/
const answers: readonly (readonly string[])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
]
const truths: readonly string[] = answers[0]!

/** How the labels of a dataset are written. */
interface Writing {
  /** All are numbers, so that numbers of equal value are one class. */
  readonly numbers: boolean
  /** The case-insensitive words. */
  readonly words: readonly string[]
}

function writingOf(values: readonly string[]): Writing {
  const lower = new Set(values.map((value) => clean(value).toLowerCase()))
  const words = answers.find((pair) => [...lower].every((value) => pair.includes(value))) ?? truths
  return { numbers: values.length > 0 && values.every(isDecimal), words }
}

const clean = (value: string): string => value.trim().normalize('NFC')
const isDecimal = (value: string): boolean => decimal.test(value.trim())

/** Equal for all labels of one class. */
function keyOf(value: string, { numbers, words }: Writing): string {
  const label = clean(value)
  const isNumber = numbers ? isDecimal(label) : wholeWithPoint.test(label)
  // Longer numbers are names; float64 would merge distinct ones.
  if (isNumber && Math.abs(Number(label)) <= Number.MAX_SAFE_INTEGER) return String(Number(label) + 0)
  const lower = label.toLowerCase()
  return words.includes(lower) ? lower : label
}

/**
 * The classes of these labels: numbers by value, others by their UTF-16 code units. A class is named by the shortest
 * form
 * of its label, integers without a decimal point, and words with several spellings in lower case.
 */
export function classesOf(labels: Iterable<string>): string[] {
  const values = [...labels]
  const writing = writingOf(values)
  const spellings = new Map<string, string[]>()
  for (const value of values) {
    const key = keyOf(value, writing)
    const known = spellings.get(key)
    if (known) known.push(clean(value))
    else spellings.set(key, [clean(value)])
  }
  const isMixed = [...spellings].some(([key, ways]) => writing.words.includes(key) && new Set(ways).size > 1)
  const isWhole = writing.numbers && [...spellings.keys()].every((key) => Number.isInteger(Number(key)))
  const names = [...spellings].map(([key, ways]) =>
    isMixed && writing.words.includes(key) ? key : nameOf(ways, isWhole || !writing.numbers),
  )
  names.sort()
  return writing.numbers ? names.sort((a, b) => Number(a) - Number(b)) : names
}

function nameOf(ways: readonly string[], isWhole: boolean): string {
  const shortest = [...ways].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0]!
  return isWhole && wholeWithPoint.test(shortest) ? shortest.replace(/\.0*$/, '') : shortest
}

/** Finds the class of a label, in any spelling; undefined if there is none. */
export function classFinder(classes: readonly string[]): (label: string) => number | undefined {
  const writing = writingOf(classes)
  const codes = new Map(classes.map((name, code) => [keyOf(name, writing), code]))
  const exact = new Map(classes.map((name, code) => [name, code]))
  return (label) => exact.get(label) ?? codes.get(keyOf(label, writing))
}
