/** Names of figures as shown in tables. */
import { isInUnit, metrics } from '#core/metrics/index'
import type { Figures } from '#core/runs/events'
import { formatFigure } from './numbers'
import { printable } from './text'

/** `loss`, `accuracy`, `MAE`, `R²`: the metric's title in lower case, or its abbreviation if the title is long. */
export function figureName(kind: string): string {
  const title = metrics.find((metric) => metric.kind === kind)?.title.en ?? kind
  if (title.length > 10) return kind.toUpperCase()
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.toLowerCase() : title
}

/** `0.0312`, and `2.1432 mpg` for figures in the target's unit. */
export function formatFigureOf(kind: string, value: number, unit?: string): string {
  return unit !== undefined && isInUnit(kind) ? `${formatFigure(value)} ${printable(unit)}` : formatFigure(value)
}

/** `loss 0.0312 · accuracy 0.9912` */
export function describeFigures(figures: Figures, order: readonly string[], unit?: string): string {
  return order
    .filter((kind) => figures[kind] !== undefined)
    .map((kind) => `${figureName(kind)} ${formatFigureOf(kind, figures[kind]!, unit)}`)
    .join(' · ')
}
