/** Stepping a number by arrow keys, spin buttons and scrubbing: exact decimals, clamped to the range. */

export interface NumberRange {
  readonly min?: number
  readonly max?: number
  /** True where `min` itself is not allowed. */
  readonly above?: boolean
  /** `max` itself is excluded. */
  readonly below?: boolean
  readonly integer?: boolean
}

/** Decimals the step needs, so that 0.1 + 0.2 shows 0.3. */
function decimalsOf(step: number): number {
  const text = step.toExponential()
  const [mantissa = '', exponent = '0'] = text.split('e')
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
}

/** `value` moved by `count` steps; Alt means tenths, which integers round up to one whole step. */
export function stepNumber(value: number, count: number, step: number, range: NumberRange): number {
  const raw = count * step
  const move = range.integer === true && Math.abs(raw) < 1 ? Math.sign(raw) : raw
  const decimals = Math.max(decimalsOf(Math.abs(move) || step), decimalsOf(value || 1))
  const moved = Number((value + move).toFixed(Math.min(decimals, 15)))
  // Adding zero turns −0 into 0.
  const next = clampNumber((range.integer === true ? Math.round(moved) : moved) + 0, range)
  return range.above === true && next === range.min ? value : next
}

export function clampNumber(value: number, range: NumberRange): number {
  return Math.min(range.max ?? Infinity, Math.max(range.min ?? -Infinity, value))
}

export type RangeFault = 'notNumber' | 'notInteger' | 'tooSmall' | 'tooLarge' | 'notAbove' | 'notBelow'

/** Why a value is outside this range, or null. */
export function findRangeFault(value: number | null, range: NumberRange): RangeFault | null {
  if (value === null) return 'notNumber'
  if (range.integer === true && !Number.isInteger(value)) return 'notInteger'
  if (range.min !== undefined && range.above === true && value <= range.min) return 'notAbove'
  if (range.min !== undefined && value < range.min) return 'tooSmall'
  if (range.max !== undefined && range.below === true && value >= range.max) return 'notBelow'
  if (range.max !== undefined && value > range.max) return 'tooLarge'
  return null
}

/** The number as shown in the field: plain digits that can be typed back. */
export function writeNumber(value: number | null): string {
  if (value === null) return ''
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e15)) return value.toExponential().replace('e+', 'e')
  return String(value)
}

/** A number in ARIA format, without an exponent, e.g. 1e-8 as `0.00000001`. Undefined if there is none. */
export function ariaNumber(value: number | null | undefined): string | undefined {
  if (value === null || value === undefined || !Number.isFinite(value)) return undefined
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 15 })
}
