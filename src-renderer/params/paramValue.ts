/** Parameter values as the form shows and stores them. */
import type { Choice, ParamValue } from '#core/graph/choice'
import type { ParamSpec } from '#core/params/params'

/** Whether two values of the document are equal; they are plain JSON. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What to store for `value`: nothing where it is the default, so that files hold only what was changed. */
export function storedValue(spec: ParamSpec, value: ParamValue): ParamValue | undefined {
  return sameValue(value, spec.default) ? undefined : value
}

/** The choice with one parameter set to `value`; without it where that is the default. */
export function choiceWith<C extends Choice>(choice: C, name: string, spec: ParamSpec, value: ParamValue): C {
  const stored = storedValue(spec, value)
  if (stored !== undefined) return { ...choice, [name]: stored }
  const { [name]: _before, ...others } = choice
  return others as C
}

/** A value as one short text, for reset buttons and mixed selections. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ').replaceAll('-', '−')
  return String(value).replace('-', '−')
}

/** Numbers separated by commas, blanks or ×, also in brackets: `[1, 28, 28]`, `1×28×28`. Null where it is something else. */
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
