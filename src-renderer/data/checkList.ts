/** What a look at the data found, as a list to tick off: every check that is passed is said as well. */
import { translateProblem } from '../i18n/problemTexts'
import type { DataLook } from '#core/data/look'
import type { Problem } from '#core/problems/problem'
import { useText } from '../i18n/text'

export interface CheckLine {
  readonly tone: 'ok' | 'info' | 'warn'
  readonly text: string
  /** What to do about it. */
  readonly fix?: string
  /** The column that it is about. */
  readonly column?: string
}

export function useCheckList() {
  const { t, format, language } = useText()

  function warn(problem: Problem): CheckLine {
    const { message, fix, place } = translateProblem(problem, language.value)
    return { tone: 'warn', text: message, fix, ...(place.column !== undefined && { column: place.column }) }
  }

  /** `notes` are the warnings of reading the data. */
  function linesOf(look: DataLook, notes: readonly Problem[]): readonly CheckLine[] {
    const cases = new Set(look.checks.map(({ data }) => data?.case))
    const passed = (text: string): CheckLine => ({ tone: 'ok', text })
    const info = (text: string): CheckLine => ({ tone: 'info', text })
    return [
      ...look.checks.map(warn),
      ...notes.map(warn),
      ...(cases.has('duplicates-across') ? [] : [passed(t('data.noDuplicatesAcross'))]),
      ...repetitionLine(look, cases.has('duplicates-within'), passed, info),
      ...(notes.length === 0 ? [passed(t('data.everythingRead'))] : []),
      ...balanceLines(look, cases.has('unseen'), passed, info),
      ...columnLines(look, cases, passed, info),
    ]
  }

  type Line = (text: string) => CheckLine

  function repetitionLine({ duplicates }: DataLook, warned: boolean, passed: Line, info: Line): readonly CheckLine[] {
    const { train } = duplicates.within
    if (warned) return []
    return [train === 0 ? passed(t('data.noDuplicatesWithin')) : info(t('data.fewDuplicates', { n: train }))]
  }

  function balanceLines({ balance }: DataLook, unseen: boolean, passed: Line, info: Line): readonly CheckLine[] {
    if (balance === null) return []
    const { train } = balance.counts
    const [rarest, largest] = [Math.min(...train), Math.max(...train)]
    const lines = unseen ? [] : [passed(t('data.allClassesSeen', { n: train.length }))]
    if (largest === 0) return lines
    return [...lines, info(t('data.rarestClass', { share: (rarest / largest).toFixed(2) }))]
  }

  function columnLines(
    { columns }: DataLook,
    cases: ReadonlySet<unknown>,
    passed: Line,
    info: Line,
  ): readonly CheckLine[] {
    if (columns.length === 0) return []
    const gaps = columns.filter(({ missing }) => missing > 0)
    const cells = gaps.reduce((sum, { missing }) => sum + missing, 0)
    return [
      gaps.length === 0
        ? passed(t('data.noGaps'))
        : info(t('data.gaps', { cells: format.number(cells), n: gaps.length })),
      ...(cases.has('constant') ? [] : [passed(t('data.noConstant'))]),
      ...(cases.has('outliers') || columns.every(({ type }) => type === 'categorical')
        ? []
        : [passed(t('data.fewOutliers'))]),
    ]
  }

  return { linesOf }
}
