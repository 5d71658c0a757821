/** Parses number field input: `64`, `1,024`, `1e-3`, `2*64`, `(28+4)/2`, `2^7`, with × ÷ − as well. */

interface Cursor {
  readonly text: string
  at: number
}

/** The value of the expression, or null if it is invalid or not finite. */
export function parseNumberExpression(input: string): number | null {
  const text = input
    .replaceAll(/[\s_]/g, '')
    // Only as a thousands separator: `0,5` is not read as 5.
    .replaceAll(/(?<![\d.,])[1-9]\d{0,2}(,\d{3})+(?![\d,])/g, (grouped) => grouped.replaceAll(',', ''))
    .replaceAll('×', '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
  if (text === '') return null
  const cursor: Cursor = { text, at: 0 }
  const value = parseSum(cursor)
  return value !== null && cursor.at === text.length && Number.isFinite(value) ? value : null
}

function take(cursor: Cursor, characters: string): string | null {
  const next = cursor.text[cursor.at]
  if (next === undefined || !characters.includes(next)) return null
  cursor.at += 1
  return next
}

function parseSum(cursor: Cursor): number | null {
  let value = parseProduct(cursor)
  while (value !== null) {
    const operator = take(cursor, '+-')
    if (operator === null) return value
    const right = parseProduct(cursor)
    if (right === null) return null
    value = operator === '+' ? value + right : value - right
  }
  return value
}

function parseProduct(cursor: Cursor): number | null {
  let value = parsePower(cursor)
  while (value !== null) {
    const operator = take(cursor, '*/')
    if (operator === null) return value
    const right = parsePower(cursor)
    if (right === null) return null
    value = operator === '*' ? value * right : value / right
  }
  return value
}

function parsePower(cursor: Cursor): number | null {
  const sign = take(cursor, '+-')
  const base = sign === null ? parseAtom(cursor) : parsePower(cursor)
  if (base === null) return null
  if (sign !== null) return sign === '-' ? -base : base
  if (take(cursor, '^') === null) return base
  const exponent = parsePower(cursor)
  return exponent === null ? null : base ** exponent
}

function parseAtom(cursor: Cursor): number | null {
  if (take(cursor, '(') !== null) {
    const value = parseSum(cursor)
    return value !== null && take(cursor, ')') !== null ? value : null
  }
  const match = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(cursor.text.slice(cursor.at))
  if (match === null) return null
  cursor.at += match[0].length
  return Number(match[0])
}
