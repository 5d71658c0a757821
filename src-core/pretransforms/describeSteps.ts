/** Steps in a few words: `color (mode grayscale), resize (size 28, mode fit)`; nothing where there are none. */
import type { PreTransformChoice } from './preprocess'

export function describeSteps(steps: readonly PreTransformChoice[]): string {
  return steps.map(describeStep).join(', ')
}

function describeStep({ kind, ...params }: PreTransformChoice): string {
  const words = Object.entries(params).map(([name, value]) => `${name} ${valueText(value)}`)
  return words.length === 0 ? kind : `${kind} (${words.join(', ')})`
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? value.join(' × ') : String(value)
}
