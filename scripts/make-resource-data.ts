/**
 * Generates resources/data/*.csv from the tables in vega-datasets and from the SpamAssassin public corpus; run with
 * `npx tsx scripts/make-resource-data.ts`. All changes to the data are listed in resources/data/README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { spamRows } from './resource-data/spam'

type Row = Record<string, string | number | null>

const require = createRequire(import.meta.url)
// The package exports only its entry point, which is in a folder next to the data.
const source = join(dirname(require.resolve('vega-datasets')), '../data')
const target = join(import.meta.dirname, '../resources/data')

/** One penguin's sex is given as a period, which means unknown. */
function penguin(row: Row): Row {
  return { ...row, Sex: row.Sex === '.' ? null : row.Sex! }
}

/** Model years are given as January 1. */
function car(row: Row): Row {
  return { ...row, Year: Number(String(row.Year).slice(0, 4)) }
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Number of previous months whose prices are in the row of a price. */
const MONTHS_BEFORE = 5

/** Every price with those of the previous months; the first months of a stock have none. */
function stocks(): Row[] {
  const [, ...lines] = readFileSync(join(source, 'stocks.csv'), 'utf8').trim().split('\n')
  const prices = lines.map((line) => line.split(',') as [symbol: string, date: string, price: string])
  return prices.flatMap(([symbol, date, price], i) => {
    const before = prices.slice(Math.max(0, i - MONTHS_BEFORE), i).filter(([other]) => other === symbol)
    if (before.length < MONTHS_BEFORE) return []
    const lags = before.map(([, , earlier], k): [string, number] => [`price_${MONTHS_BEFORE - k}`, Number(earlier)])
    return [{ symbol, month: isoMonth(date), ...Object.fromEntries(lags), price: Number(price) }]
  })
}

/** `Mar 1 2000` → `2000-03`. */
function isoMonth(date: string): string {
  const [month, , year] = date.split(' ') as [string, string, string]
  const number = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1
  return `${year}-${String(number).padStart(2, '0')}`
}

const json = (name: string): Row[] => JSON.parse(readFileSync(join(source, `${name}.json`), 'utf8')) as Row[]

function writeTable(name: string, rows: readonly Row[]): void {
  const names = Object.keys(rows[0]!)
  const lines = [names, ...rows.map((row) => names.map((column) => row[column] ?? null))]
  writeFileSync(join(target, `${name}.csv`), lines.map((line) => `${line.map(cell).join(',')}\n`).join(''))
  console.log(`${name}.csv: ${rows.length} rows, ${names.length} columns`)
}

writeTable('penguins', json('penguins').map(penguin))
writeTable('cars', json('cars').map(car))
writeTable('stocks', stocks())
writeTable('spam', spamRows())
