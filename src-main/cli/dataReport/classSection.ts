/** Classes with their sample counts per split, and bars that show the balance. */
import type { Terminal } from '../terminal'
import { formatCount } from '../view/numbers'
import { alignRows } from '../view/table'
import { cellWidth, cut, printable } from '../view/text'
import type { Section } from './describe'
import { barOf, formatShare } from './figures'
import type { PreparedData } from './inspection'

/** Classes to list; the largest if there are more. */
const LISTED = 20
const NAME_WIDTH = 24
const FIGURES_WIDTH = 44
const BAR = { min: 8, max: 32 }

interface ClassCounts {
  readonly name: string
  readonly splits: readonly number[]
  readonly all: number
}

export function classSection({ look: { balance, counts } }: PreparedData, { columns, paint }: Terminal): Section {
  if (!balance) return { title: 'Classes', lines: [] }
  const classes = balance.classes.map((name, c): ClassCounts => {
    const splits = [balance.counts.train[c]!, balance.counts.validation[c]!, balance.counts.test[c]!]
    return { name, splits, all: splits.reduce((sum, count) => sum + count, 0) }
  })
  const total = counts.train + counts.validation + counts.test
  const many = classes.length > LISTED
  const listed = many ? classes.toSorted((a, b) => b.all - a.all).slice(0, LISTED) : classes
  const most = Math.max(...classes.map(({ all }) => all))
  const names = listed.map(({ name }) => cut(printable(name), NAME_WIDTH))
  const room = columns - FIGURES_WIDTH - Math.max(5, ...names.map(cellWidth))
  const width = Math.min(BAR.max, Math.max(BAR.min, room))
  const rows = listed.map(({ splits, all }, i) => [
    names[i]!,
    barOf(all / most, width).padEnd(width),
    formatShare(all, total),
    ...splits.map(formatCount),
  ])
  const head = ['class', ''.padEnd(width), 'share', 'training', 'validation', 'test']
  const [first, ...lines] = alignRows([head, ...rows], ['left', 'left', 'right', 'right', 'right', 'right'])
  const colored = lines.map((line) => line.replace(/[█▉▊▋▌▍▎▏]+/, (bar) => paint('cyan', bar)))
  const rest = many ? [`  … and ${formatCount(classes.length - LISTED)} more, ${restText(classes)}`] : []
  return { title: 'Classes', lines: [paint('dim', first!), ...colored, ...rest] }
}

function restText(classes: readonly ClassCounts[]): string {
  const sizes = classes.map(({ all }) => all).sort((a, b) => b - a)
  return `with ${formatCount(sizes.at(-1)!)} to ${formatCount(sizes[LISTED]!)} samples`
}
