/** The unit of predicted numbers, as far as the data reveals it. */
import type { TargetFacts } from './facts'

/** A unit in parentheses or square brackets after a name: `Length (cm)`, `temperature [°C]`. */
const inBrackets = /[([]\s*([^()[\]]{1,16})\s*[)\]]\s*$/
/** Names that do not describe the numbers. */
const empty = new Set(['', 'label', 'target', 'y', 'value'])
const LONGEST = 24

/** Targets of the bundled datasets with known units. */
const known: Readonly<Record<string, string>> = { Miles_per_Gallon: 'mpg' }

/**
 * The unit of the target if known or part of its column name, else that name. Undefined for classes,
 * multiple targets and generic names.
 */
export function unitOf(target: TargetFacts): string | undefined {
  if (target.kind !== 'numbers' || target.names.length !== 1) return undefined
  const name = target.names[0]!.trim()
  if (Object.hasOwn(known, name)) return known[name]
  const unit = inBrackets.exec(name)?.[1]?.trim()
  if (unit) return unit
  if (empty.has(name.toLowerCase())) return undefined
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name
}

/** The unit as an optional property for objects with metrics. */
export function withUnit({ target }: { readonly target: TargetFacts }): { readonly unit?: string } {
  const unit = unitOf(target)
  return unit === undefined ? {} : { unit }
}
