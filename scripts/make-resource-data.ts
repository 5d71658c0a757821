/**
 * Writes resources/data/*.csv from the tables in vega-datasets; run with `npx tsx scripts/make-resource-data.ts`.
 * What is changed is said in resources/data/README.md, and nothing else is.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

type Row = Record<string, string | number | null>

const require = createRequire(import.meta.url)
// The package exports only its entry point, which lies in a folder beside the data.
const source = join(dirname(require.resolve('vega-datasets')), '../data')
const target = join(import.meta.dirname, '../resources/data')

/** One penguin's sex is written as a full stop, which means that it is unknown. */
function penguin(row: Row): Row {
  return { ...row, Sex: row.Sex === '.' ? null : row.Sex! }
}

/** Model years are written as the first of January. */
function car(row: Row): Row {
  return { ...row, Year: Number(String(row.Year).slice(0, 4)) }
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function writeTable(name: string, change: (row: Row) => Row): void {
  const rows = (JSON.parse(readFileSync(join(source, `${name}.json`), 'utf8')) as Row[]).map(change)
  const names = Object.keys(rows[0]!)
  const lines = [names, ...rows.map((row) => names.map((column) => row[column] ?? null))]
  writeFileSync(join(target, `${name}.csv`), lines.map((line) => `${line.map(cell).join(',')}\n`).join(''))
  console.log(`${name}.csv: ${rows.length} rows, ${names.length} columns`)
}

writeTable('penguins', penguin)
writeTable('cars', car)
