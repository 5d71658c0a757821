/** What is said of files that could not be read. */
import { counted } from '#core/base/counted'

/** `first` is what is wrong with the first of them. */
export function skippedMessage(count: number, total: number, first: string): string {
  const left = count === 1 ? 'was left out:' : 'were left out. The first:'
  return `${count} of ${counted(total, 'file')} could not be read and ${left} ${first}`
}
