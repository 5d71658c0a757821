/** Layout of a Parquet file: reads its footer, and checks every count and offset in it against the file. */
import type { CompressionCodec, SchemaElement } from 'hyparquet'
import { text, type Text } from '#core/base/text'
import { fail, ProblemError } from '#core/problems/problem'
import { fileSize, readAt, withFile } from '../file'
import { COLUMN_LIMIT, nameProblems, shortened } from '../rows'
import { cellType, type CellType } from './cells'
import { knownCodecs } from './codecs'
import { detailOf } from './damage'
import { parseParquetMetadata, type ChunkMetadata, type ParquetMetadata } from './metadata'
import { ThriftError, walkStruct } from './thrift'

export interface ParquetColumn {
  readonly name: string
  /** Value type; absent if the values cannot be read. */
  readonly type?: CellType
  /** Why the values cannot be read: their actual type. */
  readonly refusal?: Text
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
  /** Keyed by column name. */
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
/** Maximum number of values in the metadata. */
const VALUE_LIMIT = 2_000_000
const ROW_LIMIT = 2 ** 31

/** Names, types and positions of everything, without reading values. */
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
    const values = { most: ROW_LIMIT, said: known(metadata.rows), rows: rowCount }
    fail('data-format', 'parquet-rows', values, { file: path, byte: end })
  }
  if (rowCount === 0) fail('data-empty', 'parquet-rows', {}, { file: path })
  return { path, columns, rowCount, groups }
}

/** The metadata, and where it starts, which is the end of the data it describes. */
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
    const most = Math.min(size - FOOTER - 4, METADATA_LIMIT)
    if (length > most)
      fail('data-format', 'parquet-footer', { most, size: length }, { file: path, byte: size - FOOTER })
    const bytes = await readAt(file, end, length + FOOTER)
    try {
      walkStruct(bytes.subarray(0, length), 0, VALUE_LIMIT)
      return { metadata: parseParquetMetadata(bytes.subarray(0, length)), end }
    } catch (error) {
      const byte = error instanceof ThriftError ? end + error.at : end
      return fail('data-format', 'parquet-description', { detail: detailOf(error) }, { file: path, byte })
    }
  })
}

/** The children of the root; nested and repeated ones cannot be table cells. */
function topColumns(path: string, schema: readonly SchemaElement[], byte: number): ParquetColumn[] {
  const [root] = schema
  const count = root?.num_children ?? 0
  if (count < 1 || count > COLUMN_LIMIT)
    fail('data-format', 'parquet-columns', { most: COLUMN_LIMIT, received: count }, { file: path, byte })
  const columns: ParquetColumn[] = []
  let at = 1
  for (let i = 0; i < count; i++) {
    const element = schema[at]
    if (typeof element?.name !== 'string')
      return fail('data-format', 'parquet-schema', { count, found: i }, { file: path, byte })
    const end = skipSubtree(schema, at)
    if (end < 0) fail('data-format', 'parquet-tree', { column: shortened(element.name) }, { file: path, byte })
    columns.push(describeColumn(element, end > at + 1))
    at = end
  }
  return columns
}

/** Index after the element at `at` and its subtree, or -1. */
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
    return { ...base, refusal: nestedIn(element.converted_type ?? element.logical_type?.type) }
  if (repetition === 'REPEATED') return { ...base, refusal: text('lists of values', '值的列表') }
  const length = element.type_length ?? 0
  if (element.type === 'FIXED_LEN_BYTE_ARRAY' && (length < 1 || length > 64))
    return { ...base, refusal: text(`values of ${length} bytes`, `${length} 字节的值`) }
  const type = cellType(element)
  return 'refusal' in type ? { ...base, refusal: type.refusal } : { ...base, type }
}

const nestedIn = (type: string | undefined): Text =>
  text(`nested values (${type ?? 'a group'})`, `嵌套的值（${type ?? '组'}）`)

function readGroup(
  path: string,
  { rows, chunks }: ParquetMetadata['groups'][number],
  index: number,
  columns: ReadonlyMap<string, ParquetColumn>,
  end: number,
): ParquetGroup {
  const group = index + 1
  const place = { file: path, byte: end }
  if (!(rows >= 0 && rows <= ROW_LIMIT))
    fail('data-format', 'group-rows', { group, most: ROW_LIMIT, rows: known(rows) }, place)
  const places = new Map<string, ColumnChunk>()
  if (rows === 0) return { rows, chunks: places }
  let total = 0
  for (const chunk of chunks) {
    if (chunk.file !== undefined) fail('data-format', 'group-file', { group, other: shortened(chunk.file) }, place)
    if (chunk.encrypted) fail('data-format', 'group-encrypted', { group }, place)
    const [name = '', ...below] = chunk.path
    const column = columns.get(name)
    if (!column) return fail('data-format', 'group-column', { group, column: shortened(name) }, place)
    const stretch = readChunk(path, group, chunk, end)
    total += stretch.end - stretch.begin
    if (below.length > 0 || !column.type) continue
    if (chunk.type !== column.element.type) {
      const types = { said: nameOf(column.element.type), stored: nameOf(chunk.type) }
      fail('data-format', 'group-type', { group, ...types, column: shortened(name) }, place)
    }
    places.set(name, stretch)
  }
  if (total > end) fail('data-format', 'group-bytes', { group, most: end, size: total }, place)
  for (const { name, type } of columns.values())
    if (type && !places.has(name)) fail('data-format', 'group-missing', { group, column: shortened(name) }, place)
  return { rows, chunks: places }
}

function readChunk(path: string, group: number, chunk: ChunkMetadata, end: number): ColumnChunk {
  const place = { file: path, byte: end }
  const { dictionaryOffset, dataOffset, compressedSize, codec } = chunk
  // Some writers declare a dictionary that does not precede the data.
  const begin = dictionaryOffset > 0 && dictionaryOffset < dataOffset ? dictionaryOffset : dataOffset
  const last = begin + compressedSize
  if (!(begin >= 4 && last >= begin && last <= end))
    fail('data-format', 'group-place', { group, end, begin: known(begin, unknown), last: known(last, unknown) }, place)
  if (codec === undefined || !knownCodecs.includes(codec)) {
    const values = { group, expected: knownCodecs.join(', '), codec: codec ?? unknown }
    return fail('data-format', 'group-codec', values, place)
  }
  return { begin, end: last, codec }
}

/** A number from the metadata, for messages: it may be missing in a damaged file. */
function known(value: number, otherwise: Text = text('an unknown number of', '数量不明的')): string | Text {
  return Number.isNaN(value) ? otherwise : `${value}`
}

const unknown = text('unknown', '未知')
const nameOf = (type: string | undefined): string | Text => type ?? text('an unknown type', '未知类型')

function failMagic(file: string, byte: number, received: string): never {
  return fail('data-format', 'parquet-magic', { received }, { file, byte })
}

function failCut(file: string, size: number, received: string): never {
  return fail('data-truncated', 'parquet-end', { received: JSON.stringify(received) }, { file, byte: size })
}
