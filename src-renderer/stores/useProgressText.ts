/** Data preparation progress in words, for the panel, the import and the status bar. */
import { findPreTransform } from '#core/pretransforms/index'
import type { PreparationProgress } from '#core/runs/events'
import { inLanguage, useText } from '../i18n/useText'

export function useProgressText() {
  const { t, format } = useText()

  /** What is being done, e.g. "Preparing: Resize". */
  function nameOf({ step }: PreparationProgress): string {
    if (step === 'read') return t('data.reading')
    if (step === 'decode') return t('data.decoding')
    if (step === 'describe') return t('data.describing')
    const title = findPreTransform(step)?.title
    if (title === undefined) return t('data.preparing', { step })
    return t('data.preparing', { step: inLanguage(title) })
  }

  /** The count, and the remaining time if it can be estimated. */
  function detailOf({ done, total, secondsLeft }: PreparationProgress): string {
    const count = total === null ? format.number(done) : t('data.doneOf', { done, total })
    if (secondsLeft === null || secondsLeft < 1) return count
    const time = format.duration(Math.ceil(secondsLeft))
    return `${count} · ${t('frame.timeLeft', { time })}`
  }

  /** 0 to 1. */
  function shareOf({ done, total }: PreparationProgress): number {
    return total === null || total === 0 ? 0 : done / total
  }

  return { nameOf, detailOf, shareOf }
}
