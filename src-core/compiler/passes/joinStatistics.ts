/** Joins the next running statistics into one flat output. */
import { joinVector } from '../packing'
import type { PackedStep } from './packStep'

export function joinStatistics({ b, state, packed }: PackedStep): void {
  const { statistics } = state
  if (statistics.total === 0) return
  const joined = b.within('state', () => joinVector(b, statistics, ({ name }) => packed.result(`next.${name}`)))
  b.output(joined, 'next.statistics')
}
