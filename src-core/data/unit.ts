/** The unit that predicted numbers are in, as far as the data tells it. */
import type { TargetFacts } from './facts'

/** A unit in round or square brackets behind a name: `Length (cm)`, `temperature [°C]`. */
const inBrackets = /[([]\s*([^()[\]]{1,16})\s*[)\]]\s*$/
/** Names that say nothing of what the numbers are. */
const empty = new Set(['', 'label', 'target', 'y', 'value'])
const LONGEST = 24

/** Targets of the data sets that come with the app, whose units are known. */
const known: Readonly<Record<string, string>> = { Miles_per_Gallon: 'mpg' }

/**
 * The unit of the target where it is known or stands in the name of its column, else that name. Undefined for classes, for
 * several targets and for names that say nothing.
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

/** The unit as a field of what tells figures. */
export function withUnit({ target }: { readonly target: TargetFacts }): { readonly unit?: string } {
  const unit = unitOf(target)
  return unit === undefined ? {} : { unit }
}
