/** Number formatting shared by all output: `206,922`, `1.22 M`, `25.1 MiB`, `1 min 20 s`, a true minus. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** To three significant digits. */
function shortened(value: number): string {
  return value >= 99.95 ? grouped.format(value) : value.toFixed(value >= 9.995 ? 1 : 2)
}

const withMinus = (text: string): string => text.replaceAll('-', '−')

export function formatCount(value: number): string {
  return withMinus(grouped.format(value))
}

/** `1 file`, `2,000 files`; `many` for an irregular plural. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** With a suffix from one million: `1.22 M`, `9.35 M`, `4.10 G`. */
export function formatLarge(value: number): string {
  if (value < 1e6) return formatCount(value)
  if (value < 1e9) return `${shortened(value / 1e6)} M`
  return `${shortened(value / 1e9)} G`
}

export function formatBytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let scaled = value
  let unit = 0
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1024
    unit++
  }
  return `${unit === 0 ? formatCount(scaled) : shortened(scaled)} ${units[unit]}`
}

/** `21 ms`, `0.8 s`, `12 s`, `1 min 20 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  if (seconds < 0.0995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  const minutes = Math.round(whole / 60)
  return `${formatCount(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`
}

/**
 * A loss or metric in at most eight characters: four decimals, fewer for large numbers, and a power of ten where it would
 * be all zeros or too long.
 */
export function formatFigure(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  const size = Math.abs(value)
  if (size === Infinity) return value > 0 ? '∞' : '−∞'
  if (size >= 999_999.5 || (size !== 0 && size < 0.00005)) return withMinus(value.toExponential(1).replace('e+', 'e'))
  if (size >= 9_999.995) return formatCount(value)
  return withMinus(value.toFixed(size >= 999.99995 ? 2 : 4))
}

/** A setting as in the project file, in its shortest form. */
export function formatSetting(value: unknown): string {
  if (typeof value === 'number') return withMinus(String(value))
  if (Array.isArray(value)) return value.map(formatSetting).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
