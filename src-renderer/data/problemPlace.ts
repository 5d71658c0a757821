/** Location of a problem within a file, in the UI language and without the path of the folder. */
import type { Problem } from '#core/problems/problem'
import { useText } from '../i18n/useText'

export function problemPlace({ place: { file, line, column } }: Problem): string {
  const { t, format } = useText()
  const name = file?.split(/[\\/]/).at(-1)
  const parts = [
    name ?? '',
    line === undefined ? '' : t('data.line', { n: format.number(line) }),
    column === undefined ? '' : t('data.columnNamed', { name: column }),
  ]
  return parts.filter((part) => part !== '').join(', ')
}
