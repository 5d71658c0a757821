/**
 * The shape of a prepared sample if the source alone determines it, so that a network has its shapes before its data is
 * read.
 */
import type { DataSettings } from './dataSettings'

export function knownShape({ source }: DataSettings): readonly number[] | undefined {
  return source.kind === 'builtin' && source.name === 'mnist' ? [1, 28, 28] : undefined
}
