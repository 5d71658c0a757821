/** Adds an output `next.<statistic>` for every running statistic; one that its layer leaves as it is keeps its value. */
import type { Forward } from '../network'

export function nextStatistics({ b, network }: Forward): void {
  for (const { name, value, next } of network.statistics) b.output(next ?? value, `next.${name}`)
}
