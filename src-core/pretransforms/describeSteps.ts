/** A short description of steps: `color (mode grayscale), resize (size 28, mode fit)`; empty if there are none. */
import { isEnabled, type PreTransformChoice } from './preTransformList'

export function describeSteps(steps: readonly PreTransformChoice[]): string {
  return steps.filter(isEnabled).map(describeStep).join(', ')
}

function describeStep({ kind, enabled: _on, ...params }: PreTransformChoice): string {
  const words = Object.entries(params).map(([name, value]) => `${name} ${valueText(value)}`)
  return words.length === 0 ? kind : `${kind} (${words.join(', ')})`
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? value.join(' × ') : String(value)
}
