/** Parameter values as the form displays and stores them. */
import type { Choice, ParamValue } from '#core/graph/choice'
import type { ParamSpec } from '#core/params/params'

/** Whether two project values are equal; they are plain JSON. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What to store for `value`: undefined for the default, so that files contain only changes. */
export function storedValue(spec: ParamSpec, value: ParamValue): ParamValue | undefined {
  return sameValue(value, spec.default) ? undefined : value
}

/** The choice with one parameter set to `value`, or removed if that is the default. */
export function choiceWith<C extends Choice>(choice: C, name: string, spec: ParamSpec, value: ParamValue): C {
  const stored = storedValue(spec, value)
  if (stored !== undefined) return { ...choice, [name]: stored }
  const { [name]: _before, ...others } = choice
  return others as C
}

/** A value as a short text, for reset buttons and mixed selections. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ').replaceAll('-', '−')
  return String(value).replace('-', '−')
}

/**
 * Numbers separated by commas, spaces or ×, optionally in brackets: `[1, 28, 28]`, `1×28×28`. Null for anything else.
 */
export function parseList(text: string, integer: boolean): number[] | null {
  const parts = text
    .replaceAll(/[[\]()]/g, '')
    .replaceAll('−', '-')
    .split(/[\s,，、×x]+/)
    .filter((part) => part !== '')
  const numbers = parts.map(Number)
  const valid = numbers.every((number) => Number.isFinite(number) && (!integer || Number.isInteger(number)))
  return parts.length > 0 && valid ? numbers : null
}
