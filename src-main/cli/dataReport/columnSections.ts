/**
 * Table columns: numbers with their spread, categories with their most frequent values, and columns that are not
 * features.
 */
import type { ColumnLook } from '#core/data/look'
import type { FoundColumn } from '#core/rpc/contract/data'
import type { Terminal } from '../terminal'
import { formatCount } from '../view/numbers'
import { alignRows, type Align } from '../view/table'
import { cellWidth, cut, padEnd, printable } from '../view/text'
import type { Section } from './describe'
import { blocksOf, formatShare, formatValue } from './figures'
import type { Inspection } from './inspection'

/** Columns to list of each kind. */
const LISTED = 60
const NAME_WIDTH = 20
const FREQUENT = 8
const BLOCKS = 10
/** Cells taken by everything but the name in a table of numbers. */
const NUMBERS_WIDTH = 70
/** The same in a table of categories. */
const CATEGORIES_WIDTH = 25
/** Distinct values to count at most. */
const MOST_VALUES = 1000
const CORRELATED = 0.8
const PAIRS = 5

export function columnSections({ found, prepared }: Inspection, terminal: Terminal): Section[] {
  const columns = found?.table?.columns ?? []
  const values = new Map(columns.map((column) => [column.name, valuesText(column, found?.count === null)]))
  const look = prepared?.look
  const numeric = (look?.columns ?? []).filter(({ type }) => type === 'numeric')
  const categorical = (look?.columns ?? []).filter(({ type }) => type === 'categorical')
  const others = prepared ? columns.filter(({ role, type }) => role !== 'feature' || type === 'text') : columns
  return [
    { title: 'Target', lines: numbers(look?.targets ?? [], values, terminal) },
    { title: 'Numeric columns (training split)', lines: numbers(numeric, values, terminal) },
    { title: 'Categorical columns (training split)', lines: categories(categorical, terminal) },
    { title: 'Correlated columns', lines: look?.correlation ? pairs(look.correlation, terminal) : [] },
    { title: prepared ? 'Other columns' : 'Columns', lines: otherColumns(others, values, terminal) },
  ]
}

function valuesText({ values }: FoundColumn, isPart: boolean): string {
  if (values > MOST_VALUES) return `> ${formatCount(MOST_VALUES)}`
  return isPart ? `≥ ${formatCount(values)}` : formatCount(values)
}

function numbers(
  columns: readonly ColumnLook[],
  values: ReadonlyMap<string, string>,
  { columns: width, paint }: Terminal,
): string[] {
  if (columns.length === 0) return []
  const nameWidth = Math.min(30, Math.max(10, width - NUMBERS_WIDTH))
  const named = columns.some(({ name }) => values.has(name))
  const rows = columns
    .slice(0, LISTED)
    .map(({ name, present, missing, histogram, ...of }) => [
      cut(printable(name), nameWidth),
      padEnd(histogram ? blocksOf(histogram.counts, BLOCKS) : '', BLOCKS),
      formatShare(missing, present + missing),
      ...(named ? [values.get(name) ?? ''] : []),
      formatValue(of.mean ?? NaN),
      `± ${formatValue(of.deviation ?? NaN)}`,
      formatValue(of.min ?? NaN),
      formatValue(of.max ?? NaN),
    ])
  const head = ['column', '', 'missing', ...(named ? ['values'] : []), 'mean', '', 'min', 'max']
  const aligns: Align[] = ['left', 'left', 'right', ...right(named ? 2 : 1), 'left', ...right(2)]
  return table(head, rows, aligns, { paint, listed: columns.length })
}

const right = (count: number): Align[] => new Array<Align>(count).fill('right')

function categories(columns: readonly ColumnLook[], { columns: width, paint }: Terminal): string[] {
  if (columns.length === 0) return []
  const nameWidth = Math.max(6, ...columns.map(({ name }) => cellWidth(cut(printable(name), NAME_WIDTH))))
  const rows = columns.slice(0, LISTED).map(({ name, present, missing, categories: all = [] }) => {
    const largest = all.toSorted((a, b) => b.count - a.count).slice(0, FREQUENT)
    const words = largest.map(({ name: word, count }) => `${printable(word)} ${formatShare(count, present)}`)
    return [
      cut(printable(name), NAME_WIDTH),
      formatShare(missing, present + missing),
      formatCount(all.length),
      cut(words.join(' · ') + (all.length > FREQUENT ? ' …' : ''), Math.max(20, width - nameWidth - CATEGORIES_WIDTH)),
    ]
  })
  const head = ['column', 'missing', 'values', 'most frequent']
  return table(head, rows, ['left', ...right(2), 'left'], { paint, listed: columns.length })
}

function pairs({ names, values }: { names: readonly string[]; values: Float64Array }, { columns }: Terminal): string[] {
  const n = names.length
  const found: { a: string; b: string; r: number }[] = []
  for (let i = 0; i < n; i++)
    for (let k = i + 1; k < n; k++) {
      const r = values[i * n + k]!
      if (Math.abs(r) >= CORRELATED) found.push({ a: names[i]!, b: names[k]!, r })
    }
  found.sort((x, y) => Math.abs(y.r) - Math.abs(x.r))
  const width = Math.floor((columns - 20) / 2)
  return alignRows(
    found
      .slice(0, PAIRS)
      .map(({ a, b, r }) => [cut(printable(a), width), cut(printable(b), width), formatCorrelation(r)]),
    ['left', 'left', 'right'],
  )
}

function formatCorrelation(r: number): string {
  // Only identical columns show as 1.
  return r.toFixed(Math.abs(r) > 0.99 ? 4 : 2).replace('-', '−')
}

const roles: Readonly<Record<FoundColumn['role'], string>> = {
  feature: 'feature',
  label: 'label',
  split: 'split',
  ignored: 'ignored',
}

function otherColumns(
  columns: readonly FoundColumn[],
  values: ReadonlyMap<string, string>,
  { columns: width, paint }: Terminal,
): string[] {
  if (columns.length === 0) return []
  const rows = columns
    .slice(0, LISTED)
    .map(({ name, role, type, missing, examples }) => [
      cut(printable(name), NAME_WIDTH),
      roles[role],
      type,
      missing === 0 ? '–' : formatCount(missing),
      values.get(name) ?? '',
      cut(printable(examples.slice(0, 3).join(', ')), Math.max(12, width - 70)),
    ])
  return table(
    ['column', 'role', 'type', 'missing', 'values', 'examples'],
    rows,
    ['left', 'left', 'left', ...right(2), 'left'],
    {
      paint,
      listed: columns.length,
    },
  )
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  { paint, listed }: { paint: Terminal['paint']; listed: number },
): string[] {
  const [first, ...lines] = alignRows([head, ...rows], aligns)
  const rest = listed > rows.length ? [`  … and ${formatCount(listed - rows.length)} more`] : []
  return [paint('dim', first!), ...lines, ...rest]
}
