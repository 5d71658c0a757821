/** Unreadable files, each with its reason. */
import { alignRows } from '../view/table'
import { counted } from '../view/numbers'
import { cut, printable } from '../view/text'
import type { Section } from './describe'
import type { Inspection } from './inspection'

/** Files to list. */
const LISTED = 20
const NAME_WIDTH = 48

export function unreadableSection({ unreadable }: Inspection): Section {
  const rows = unreadable
    .slice(0, LISTED)
    .map(({ file, problem }) => [cut(printable(file), NAME_WIDTH), printable(problem.message)])
  const rest = unreadable.length - rows.length
  return {
    title: 'Files that cannot be read',
    lines: [...alignRows(rows), ...(rest > 0 ? [`  … and ${counted(rest, 'more file')}; --json lists them all`] : [])],
  }
}
