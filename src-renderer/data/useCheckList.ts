/** The findings of a data inspection as a checklist; passed checks are listed too. */
import type { DataLook } from '#core/data/look'
import type { Problem } from '#core/problems/problem'
import { translateProblem } from '#core/problems/translate'
import { useText } from '../i18n/useText'

/** An edit that makes a check pass. */
export type Repair = { readonly kind: 'balance' | 'stratify' } | { readonly kind: 'ignore'; readonly column: string }

export interface CheckLine {
  readonly tone: 'ok' | 'info' | 'warn'
  readonly text: string
  /** What to do about it. */
  readonly fix?: string
  /** The column it refers to. */
  readonly column?: string
  /** The file it refers to, or the first of them. */
  readonly file?: string
  /** The one-click fix. */
  readonly repair?: Repair
}

type Line = (text: string) => CheckLine
const passed: Line = (text) => ({ tone: 'ok', text })
const info: Line = (text) => ({ tone: 'info', text })

/** Texts for checks that found nothing, or only something to note. */
function usePassedChecks() {
  const { t, format } = useText()

  function repetitionLine({ duplicates }: DataLook, warned: boolean): readonly CheckLine[] {
    const { train } = duplicates.within
    if (warned) return []
    return [train === 0 ? passed(t('data.noDuplicatesWithin')) : info(t('data.fewDuplicates', { n: train }))]
  }

  function balanceLines({ balance }: DataLook, unseen: boolean): readonly CheckLine[] {
    if (balance === null) return []
    const { train } = balance.counts
    const [rarest, largest] = [Math.min(...train), Math.max(...train)]
    const lines = unseen ? [] : [passed(t('data.allClassesSeen', { n: train.length }))]
    if (largest === 0) return lines
    return [...lines, info(t('data.rarestClass', { share: (rarest / largest).toFixed(2) }))]
  }

  function columnLines({ columns }: DataLook, cases: ReadonlySet<unknown>): readonly CheckLine[] {
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

  return { repetitionLine, balanceLines, columnLines }
}

export function useCheckList() {
  const { t, language } = useText()
  const { repetitionLine, balanceLines, columnLines } = usePassedChecks()

  /** With its folder, which is its class. */
  function fileText(path: string, count: number): string {
    const file = path.split(/[\\/]/).slice(-2).join('/')
    return count > 1 ? t('data.firstFile', { file }) : file
  }

  function warn(problem: Problem): CheckLine {
    const { data } = problem
    const { message, fix, place } = translateProblem(problem, language.value)
    const repair = repairOf(problem)
    return {
      tone: 'warn',
      text: message,
      fix,
      ...(place.column !== undefined && { column: place.column }),
      ...(place.file !== undefined && data?.case === 'skipped' && { file: fileText(place.file, Number(data.count)) }),
      ...(repair && { repair }),
    }
  }

  /** `notes` are the warnings from reading the data. */
  function linesOf(look: DataLook, notes: readonly Problem[]): readonly CheckLine[] {
    const cases = new Set(look.checks.map(({ data }) => data?.case))
    return [
      ...look.checks.map(warn),
      ...notes.map(warn),
      ...(cases.has('duplicates-across') ? [] : [passed(t('data.noDuplicatesAcross'))]),
      ...repetitionLine(look, cases.has('duplicates-within')),
      ...(notes.length === 0 ? [passed(t('data.everythingRead'))] : []),
      ...balanceLines(look, cases.has('unseen')),
      ...columnLines(look, cases),
    ]
  }

  return { linesOf }
}

/** If a single edit is the natural fix. */
export function repairOf({ data, place }: Problem): Repair | undefined {
  switch (data?.case) {
    case 'rare':
      return { kind: 'balance' }
    case 'unseen':
      return { kind: 'stratify' }
    case 'constant':
    case 'missing':
      return place.column === undefined ? undefined : { kind: 'ignore', column: place.column }
    default:
      return undefined
  }
}
