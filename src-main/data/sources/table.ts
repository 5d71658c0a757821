/** Rows of a table as samples: columns of numbers and category codes, or the texts of one column. */
import { basename, dirname, resolve } from 'node:path'
import type { RowArray } from '#core/data/facts'
import type { Project } from '#core/graph/project'
import { allocate, bytesPerElement } from '#core/tensor/dtype'
import { cacheKey } from '../prepare/cacheStore'
import type { EntryWriter } from '../prepare/entryWriter'
import { SampleWriter } from '../prepare/sampleWriter'
import type { Work } from '../prepare/work'
import { isMissing } from '../readers/cells'
import { CellProblems, cellCode } from './cellCodes'
import { labelCode } from './labelCodes'
import { fileStamp } from './fileStamp'
import { openRows, type RowReader } from './rows'
import type { ReadResult, SourceReader } from './source'
import { splitCode } from './splitCode'
import { checkColumns, decideColumns, isTextTable, type TableColumns, type TableSource } from './tableColumns'
import { profileTable } from './tableProfile'
import { TextWriter } from './textWriter'

/** Version of how cells are interpreted, so that nothing read differently is reused. */
const READING = 2

export async function openTableSource(
  source: TableSource,
  task: Project['task'],
  projectFolder: string,
  title?: string,
): Promise<SourceReader> {
  const path = resolve(projectFolder, source.path)
  const { path: _path, ...settings } = source
  return {
    title: title ?? basename(path),
    kind: isTextTable(source) ? 'text' : 'table',
    root: dirname(path),
    fingerprint: cacheKey('table', READING, await fileStamp(path), settings, task),
    async read(writer, work) {
      const names = [source.label, ...source.columns.map(({ name }) => name)]
      const reader = await openRows(path, source, { names })
      const label = checkColumns(reader, source)
      const profile = await profileTable(reader, label, (done) => work.advance({ step: 'read', done, total: null }))
      const columns = decideColumns(reader, profile, source, task)
      await writeRows(reader, columns, profile.rows, writer, work)
      const result = resultOf(columns, profile.rows)
      return { ...result, notes: [...reader.notes, ...result.notes] }
    },
  }
}

function resultOf({ features, dtype, text, target, split, notes }: TableColumns, count: number): ReadResult {
  const common = { count, target, splits: split !== undefined, notes }
  if (text !== undefined) return { ...common, sample: null }
  const columns = features.map(({ facts }) => facts)
  return { ...common, sample: { dtype, shape: [columns.length] }, columns }
}

/** Second pass: every labeled row becomes a sample, a target and possibly a split. */
async function writeRows(
  reader: RowReader,
  columns: TableColumns,
  total: number,
  writer: EntryWriter,
  work: Work,
): Promise<void> {
  const { label, split, text, target } = columns
  const problems = new CellProblems()
  const codeOf = labelCode(target, reader.names[label]!, problems)
  const targets = await writer.file('targets.bin')
  const given = split === undefined ? undefined : await writer.file('given.bin')
  const samples =
    text === undefined
      ? await SampleWriter.open(writer, bytesPerElement[columns.dtype] * columns.features.length)
      : undefined
  const texts = text === undefined ? undefined : await TextWriter.open(writer)
  const encode = featureEncoder(columns, problems)
  const TargetArray = target.kind === 'numbers' ? Float32Array : Int32Array
  let done = 0
  for await (const { rows, lines } of reader.batches()) {
    const kept = rows.flatMap((row, i) => (isMissing(row[label]!) ? [] : [{ row, line: lines[i]! }]))
    const placeOf = (line: number, column: number) => () => ({ file: reader.path, line, column: reader.names[column]! })
    const codes = kept.map(({ row, line }) => codeOf(row[label]!, placeOf(line, label)))
    await targets.append(TargetArray.from(codes))
    if (samples) await samples.append(encode(kept, placeOf))
    for (const { row } of texts ? kept : []) await texts!.append(row[text!]!)
    if (given) {
      const bytes = kept.map(({ row, line }) => splitCode(row[split!]!, placeOf(line, split!), problems))
      await given.append(Uint8Array.from(bytes))
    }
    done += kept.length
    await work.advance({ step: 'read', done, total })
  }
  problems.check()
  await samples?.finish()
  await texts?.finish()
}

type KeptRows = readonly { readonly row: readonly string[]; readonly line: number }[]
type PlaceOf = (line: number, column: number) => () => { file: string; line: number; column: string }

function featureEncoder({ features, dtype }: TableColumns, problems: CellProblems) {
  const coders = features.map(({ index, facts }) => ({ index, code: cellCode(facts, problems) }))
  return (rows: KeptRows, placeOf: PlaceOf): RowArray => {
    const values = allocate(dtype, rows.length * coders.length)
    let at = 0
    for (const { row, line } of rows)
      for (const { index, code } of coders) values[at++] = code(row[index]!, placeOf(line, index))
    return values
  }
}
