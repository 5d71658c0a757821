/**
 * Number formatting of the UI: grouped digits, a true minus sign, a space before units, four decimals for metrics below
 * a thousand.
 */
import type { Language } from './messages'

const MINUS = '−'

function signed(text: string): string {
  // The exponent keeps its ASCII sign, so that the number can be pasted into code.
  return text.replace(/^-/, MINUS)
}

function rounded(value: number, options: Intl.NumberFormatOptions): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  return signed(new Intl.NumberFormat('en-US', options).format(value))
}

/** `206922` → `206,922`; fractions keep up to six significant digits. Both languages group by thousands. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return rounded(value, { maximumFractionDigits: 0 })
  const magnitude = Math.abs(value)
  if (magnitude < 1e-4) return formatRate(value)
  return rounded(value, { maximumSignificantDigits: 6 })
}

/** Integers in the data are written in full up to here: `20,140,103`. */
const WHOLE = 1e9

/**
 * A value from the data: integers as they are, others with `digits` significant digits, `3511.75` → `3512`. No
 * separator below ten thousand, because it may be a year.
 */
export function formatFigure(value: number, digits = 4): string {
  const shown = Number.isInteger(value) && Math.abs(value) < WHOLE ? value : Number(value.toPrecision(digits))
  if (shown !== 0 && Math.abs(shown) < 1e-4) return formatRate(shown)
  return rounded(shown, { maximumSignificantDigits: 12, useGrouping: 'min2' })
}

/** `1220000` → `1.22 M`; three significant digits; unchanged below ten thousand. */
export function formatCompact(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude < 1e4) return formatNumber(Math.round(value))
  const units = ['k', 'M', 'G', 'T', 'P'] as const
  let scaled = value
  let unit = ''
  for (const next of units) {
    if (Math.abs(scaled) < 999.5) break
    scaled /= 1000
    unit = next
  }
  return `${rounded(scaled, { maximumSignificantDigits: 3 })} ${unit}`
}

/**
 * Loss, accuracy and other metrics: four decimals, fewer for large numbers, and an exponent where the result would be
 * all zeros or
 * too long. The command line uses the same format.
 */
export function formatMetric(value: number): string {
  const size = Math.abs(value)
  if (size >= 999_999.5 || (size !== 0 && size < 5e-5)) return formatRate(value)
  if (size >= 9_999.995) return rounded(value, { maximumFractionDigits: 0 })
  const digits = size >= 999.99995 ? 2 : 4
  // Adding 0 turns −0 into 0.
  return rounded(value + 0, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })
}

/** Learning rates and other very small or large numbers: `0.001` → `1.0e-3`. */
export function formatRate(value: number): string {
  if (!Number.isFinite(value) || value === 0) return rounded(value, {})
  return signed(value.toExponential(1).replace('e+', 'e'))
}

/** Memory in binary units: `26318000` → `25.1 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const
  let scaled = bytes
  let index = 0
  while (Math.abs(scaled) >= 1023.95 && index < units.length - 1) {
    scaled /= 1024
    index += 1
  }
  const digits = index === 0 || Math.abs(scaled) >= 99.95 ? 0 : 1
  return `${rounded(scaled, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${units[index] ?? ''}`
}

/** A fraction as percent: `0.8845` → `88.45 %`, in Chinese `88.45%`; tiny values read `< 0.01 %`. */
export function formatPercent(share: number, language: Language, digits = 1): string {
  const unit = language === 'zh-CN' ? '%' : ' %'
  const smallest = 10 ** -digits
  const percent = share * 100
  if (percent > 0 && percent < smallest / 2) return `< ${smallest.toFixed(digits)}${unit}`
  return `${rounded(percent, { minimumFractionDigits: digits, maximumFractionDigits: digits })}${unit}`
}

/** A tensor shape: `['N', 16, 28, 28]` → `N×16×28×28`. */
export function formatShape(shape: readonly (number | string)[]): string {
  return shape.join('×')
}

const durationUnits = {
  en: { ms: ' ms', s: ' s', min: ' min', h: ' h', gap: ' ' },
  'zh-CN': { ms: ' 毫秒', s: ' 秒', min: ' 分', h: ' 小时', gap: ' ' },
} as const satisfies Record<Language, Record<string, string>>

/** Elapsed or remaining time in seconds: `0.0004` → `0.4 ms`, `3.71` → `3.7 s`, `125` → `2 min 5 s`, `7380` → `2 h 3 min`. */
export function formatDuration(seconds: number, language: Language): string {
  const unit = durationUnits[language]
  if (seconds < 0.9995) {
    const milliseconds = seconds * 1000
    return `${rounded(milliseconds, { maximumFractionDigits: milliseconds < 9.95 ? 1 : 0 })}${unit.ms}`
  }
  if (seconds < 9.95 && !Number.isInteger(seconds)) return `${seconds.toFixed(1)}${unit.s}`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}${unit.s}`
  if (whole < 3600) return joinUnits(Math.floor(whole / 60), unit.min, whole % 60, unit.s, unit.gap)
  const minutes = Math.round(seconds / 60)
  return joinUnits(Math.floor(minutes / 60), unit.h, minutes % 60, unit.min, unit.gap)
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string, gap: string): string {
  const head = `${formatNumber(large)}${largeUnit}`
  return small === 0 ? head : `${head}${gap}${small}${smallUnit}`
}

/** A time in milliseconds since 1970, in conversational form: `today 13:41`, `yesterday`, `Nov 18`, `Nov 18, 2024`. */
export function formatWhen(time: number, language: Language, now = Date.now()): string {
  const then = new Date(time)
  const today = new Date(now)
  const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  const days = Math.round((startOfDay(today) - startOfDay(then)) / 86_400_000)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (days === 0) {
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      then,
    )
    return `${relative.format(0, 'day')} ${clock}`
  }
  if (days === 1) return relative.format(-1, 'day')
  const sameYear = then.getFullYear() === today.getFullYear()
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    ...(!sameYear && { year: 'numeric' }),
  }).format(then)
}
