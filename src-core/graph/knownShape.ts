/** The shape of a pre-processed sample where the source alone tells it, so that a network has its shapes before its data is read. */
import type { DataSettings } from './dataSettings'

export function knownShape({ source }: DataSettings): readonly number[] | undefined {
  return source.kind === 'builtin' && source.name === 'mnist' ? [1, 28, 28] : undefined
}
