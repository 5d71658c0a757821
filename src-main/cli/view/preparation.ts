/** Progress of data preparation, in one line. */
import { findPreTransform } from '#core/pretransforms/index'
import type { PreparationProgress } from '#core/runs/events'
import { formatCount, formatDuration } from './numbers'

const stepTexts: Readonly<Record<string, string>> = {
  read: 'Reading',
  decode: 'Decoding images',
  describe: 'Computing statistics',
  look: 'Checking for issues',
}

export function describePreparation({ step, done, total, secondsLeft }: PreparationProgress): string {
  const what = stepTexts[step] ?? findPreTransform(step)?.title.en ?? step
  const count =
    total === null ? (done === 0 ? '' : `  ${formatCount(done)}`) : `  ${formatCount(done)} of ${formatCount(total)}`
  return `${what} …${count}${secondsLeft === null ? '' : `  ${formatDuration(secondsLeft)} left`}`
}
