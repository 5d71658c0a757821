/** Where things lie in a Parquet file: its footer read, and every count and offset in it compared with the file. */
import type { CompressionCodec, SchemaElement } from 'hyparquet'
import { fail, ProblemError } from '#core/problems/problem'
import { fileSize, readAt, withFile } from '../file'
import { COLUMN_LIMIT, nameProblems, shortened } from '../rows'
import { cellType, type CellType } from './cells'
import { knownCodecs } from './codecs'
import { parseParquetMetadata, type ChunkMetadata, type ParquetMetadata } from './metadata'
import { ThriftError, walkStruct } from './thrift'

export interface ParquetColumn {
  readonly name: string
  /** Kind of the values; absent where they cannot be read. */
  readonly type?: CellType
  /** Why the values cannot be read: what they are instead. */
  readonly refusal?: string
  readonly element: SchemaElement
  /** Whether a value may be missing. */
  readonly optional: boolean
}

/** The values of one column in one row group. */
export interface ColumnChunk {
  readonly begin: number
  readonly end: number
  readonly codec: CompressionCodec
}

export interface ParquetGroup {
  readonly rows: number
  /** By the name of the column. */
  readonly chunks: ReadonlyMap<string, ColumnChunk>
}

export interface ParquetFile {
  readonly path: string
  readonly columns: readonly ParquetColumn[]
  readonly rowCount: number
  readonly groups: readonly ParquetGroup[]
}

const MAGIC = 'PAR1'
const FOOTER = 8
const METADATA_LIMIT = 16 * 2 ** 20
/** Values in the metadata. */
const VALUE_LIMIT = 2_000_000
const ROW_LIMIT = 2 ** 31

/** Names, types and places of everything; no value is read. */
export async function readLayout(path: string): Promise<ParquetFile> {
  const size = await fileSize(path)
  const { metadata, end } = await readMetadata(path, size)
  const columns = topColumns(path, metadata.schema, end)
  const problems = nameProblems(
    path,
    columns.map(({ name }) => name),
  )
  if (problems.length > 0) throw new ProblemError(problems)
  const byName = new Map(columns.map((column) => [column.name, column]))
  const groups = metadata.groups.map((group, index) => readGroup(path, group, index, byName, end))
  const rowCount = groups.reduce((sum, { rows }) => sum + rows, 0)
  if (rowCount !== metadata.rows || rowCount > ROW_LIMIT) {
    failMetadata(
      path,
      end,
      `at most ${ROW_LIMIT} rows, as many as the row groups have`,
      `${known(metadata.rows)} and ${rowCount} rows`,
    )
  }
  if (rowCount === 0) failEmpty(path)
  return { path, columns, rowCount, groups }
}

/** The metadata, and where it begins: the end of what it describes. */
async function readMetadata(path: string, size: number): Promise<{ metadata: ParquetMetadata; end: number }> {
  return withFile(path, async (file) => {
    const begin = await readAt(file, 0, Math.min(4, size))
    const footer = await readAt(file, Math.max(0, size - FOOTER), Math.min(FOOTER, size))
    const magics = [begin, footer.subarray(-4)].map((bytes) => bytes.toString('latin1'))
    if (magics[0] !== MAGIC || size < 4 + FOOTER)
      failMagic(path, 0, size === 0 ? 'an empty file' : JSON.stringify(magics[0]))
    if (magics[1] === 'PARE') failMagic(path, size - 4, 'an encrypted file')
    if (magics[1] !== MAGIC) failCut(path, size, magics[1]!)
    const length = footer.readUInt32LE(0)
    const end = size - FOOTER - length
    if (end < 4) failMetadata(path, size - FOOTER, `at most ${size - FOOTER - 4} bytes`, `${length} bytes`)
    if (length > METADATA_LIMIT) failMetadata(path, size - FOOTER, `at most ${METADATA_LIMIT} bytes`, `${length} bytes`)
    const bytes = await readAt(file, end, length + FOOTER)
    try {
      walkStruct(bytes.subarray(0, length), 0, VALUE_LIMIT)
      return { metadata: parseParquetMetadata(bytes.subarray(0, length)), end }
    } catch (error) {
      const byte = error instanceof ThriftError ? end + error.at : end
      return failMetadata(path, byte, 'a complete description of the file', (error as Error).message)
    }
  })
}

/** The children of the root; those with children of their own, and repeated ones, cannot be cells of a table. */
function topColumns(path: string, schema: readonly SchemaElement[], byte: number): ParquetColumn[] {
  const [root] = schema
  const count = root?.num_children ?? 0
  if (count < 1 || count > COLUMN_LIMIT) failMetadata(path, byte, `1 to ${COLUMN_LIMIT} columns`, `${count}`)
  const columns: ParquetColumn[] = []
  let at = 1
  for (let i = 0; i < count; i++) {
    const element = schema[at]
    if (typeof element?.name !== 'string')
      return failMetadata(path, byte, `a schema of ${count} columns`, `${i} columns`)
    const end = skipSubtree(schema, at)
    if (end < 0) failMetadata(path, byte, 'a schema that is a tree', `column ${shortened(element.name)}`)
    columns.push(describeColumn(element, end > at + 1))
    at = end
  }
  return columns
}

/** Where the elements after the one at `at` and all below it begin, or -1. */
function skipSubtree(schema: readonly SchemaElement[], at: number): number {
  let open = 1
  let next = at
  for (; open > 0; next++) {
    const element = schema[next]
    if (!element) return -1
    const children = element.num_children ?? 0
    if (children < 0) return -1
    open += children - 1
  }
  return next
}

function describeColumn(element: SchemaElement, nested: boolean): ParquetColumn {
  const { name, repetition_type: repetition } = element
  const base = { name, element, optional: repetition !== 'REQUIRED' }
  if (nested || (element.num_children ?? 0) > 0)
    return { ...base, refusal: `nested values (${element.converted_type ?? element.logical_type?.type ?? 'a group'})` }
  if (repetition === 'REPEATED') return { ...base, refusal: 'lists of values' }
  const length = element.type_length ?? 0
  if (element.type === 'FIXED_LEN_BYTE_ARRAY' && (length < 1 || length > 64))
    return { ...base, refusal: `values of ${length} bytes` }
  const type = cellType(element)
  return 'refusal' in type ? { ...base, refusal: type.refusal } : { ...base, type }
}

function readGroup(
  path: string,
  { rows, chunks }: ParquetMetadata['groups'][number],
  index: number,
  columns: ReadonlyMap<string, ParquetColumn>,
  end: number,
): ParquetGroup {
  const refuse = (expected: string, received: string) => failGroup(path, end, index, expected, received)
  if (!(rows >= 0 && rows <= ROW_LIMIT)) refuse(`0 to ${ROW_LIMIT} rows`, `${known(rows)} rows`)
  const places = new Map<string, ColumnChunk>()
  if (rows === 0) return { rows, chunks: places }
  let total = 0
  for (const chunk of chunks) {
    if (chunk.file !== undefined) refuse('columns in this file', `a column in ${shortened(chunk.file)}`)
    if (chunk.encrypted) refuse('columns that are not encrypted', 'an encrypted column')
    const [name = '', ...below] = chunk.path
    const column = columns.get(name)
    if (!column) return refuse('columns of the schema', `a column ${shortened(name)}`)
    const place = readChunk(chunk, end, refuse)
    total += place.end - place.begin
    if (below.length > 0 || !column.type) continue
    if (chunk.type !== column.element.type)
      refuse(nameOf(column.element.type), `${nameOf(chunk.type)} in ${shortened(name)}`)
    places.set(name, place)
  }
  if (total > end) refuse(`at most ${end} bytes`, `columns of ${total} bytes`)
  for (const { name, type } of columns.values())
    if (type && !places.has(name)) refuse(`a column ${shortened(name)}`, 'none')
  return { rows, chunks: places }
}

function readChunk(
  chunk: ChunkMetadata,
  end: number,
  refuse: (expected: string, received: string) => never,
): ColumnChunk {
  const { dictionaryOffset, dataOffset, compressedSize, codec } = chunk
  // Some writers name a dictionary that does not lie before the data.
  const begin = dictionaryOffset > 0 && dictionaryOffset < dataOffset ? dictionaryOffset : dataOffset
  const last = begin + compressedSize
  if (!(begin >= 4 && last >= begin && last <= end))
    refuse(`columns in bytes 4 to ${end}`, `bytes ${known(begin, 'unknown')} to ${known(last, 'unknown')}`)
  if (codec === undefined || !knownCodecs.includes(codec)) {
    return refuse(knownCodecs.join(', '), `the compression ${codec ?? 'unknown'}`)
  }
  return { begin, end: last, codec }
}

/** A number of the description, for messages: a damaged one may lack it. */
function known(value: number, unknown = 'an unknown number of'): string {
  return Number.isNaN(value) ? unknown : `${value}`
}

const nameOf = (type: string | undefined): string => type ?? 'an unknown type'

function failMagic(path: string, byte: number, received: string): never {
  return fail({
    code: 'data-format',
    place: { file: path, byte },
    message: 'This is not a Parquet file that can be read.',
    expected: `${MAGIC} at the begin and at the end`,
    received,
    fix: 'Give a Parquet file that is not encrypted.',
  })
}

function failCut(path: string, size: number, received: string): never {
  return fail({
    code: 'data-truncated',
    place: { file: path, byte: size },
    message: 'The Parquet file ends too early: its description stands at the end.',
    expected: `${MAGIC} as the last bytes`,
    received: JSON.stringify(received),
    fix: 'Copy or download the file again.',
  })
}

function failMetadata(path: string, byte: number, expected: string, received: string): never {
  return fail({
    code: 'data-format',
    place: { file: path, byte },
    message: 'The description at the end of the Parquet file is damaged.',
    expected,
    received,
    fix: 'Copy or download the file again, or write it again.',
  })
}

function failGroup(path: string, byte: number, index: number, expected: string, received: string): never {
  return fail({
    code: 'data-format',
    place: { file: path, byte },
    message: `Row group ${index + 1} of the Parquet file cannot be read.`,
    expected,
    received,
    fix: 'Copy or download the file again, or write it again in one file with common settings.',
  })
}

function failEmpty(path: string): never {
  return fail({
    code: 'data-empty',
    place: { file: path },
    message: 'The table has no rows.',
    expected: 'at least one row',
    received: 'a Parquet file without rows',
    fix: 'Check that it is the right file and that it was exported completely.',
  })
}
