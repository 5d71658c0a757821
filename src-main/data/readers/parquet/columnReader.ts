/** Reads the values of one column chunk page by page; holds one page and one dictionary per column in memory. */
import type { FileHandle } from 'node:fs/promises'
import type { PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { byteStreamSplit } from 'hyparquet/src/encoding.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { text, type Text } from '#core/base/text'
import { fail, type Place } from '#core/problems/problem'
import { readAt } from '../file'
import { CELL_LIMIT } from '../rows'
import { kindTexts } from './cells'
import { decompressPage } from './codecs'
import { Damage, detailOf } from './damage'
import { readDeltaLengths, readDeltas, readDeltaTexts, readHybrid, type Cursor, type Integers } from './encodings'
import type { ColumnChunk, ParquetColumn } from './layout'
import { ThriftError, walkStruct } from './thrift'

/** Maximum bytes of pages held by all columns together. */
export class Budget {
  private held = 0

  /** Whether that many more bytes may be held; reserves them. */
  take(bytes: number): boolean {
    this.held += bytes
    return this.held <= HELD_LIMIT
  }
}

interface DataPage {
  readonly values: number
  /** Absent if it is not in the format. */
  readonly encoding: string | undefined
  /** 1 for a present value; absent if all are present. */
  readonly present: Integers | undefined
  readonly cursor: Cursor
}

/** Raw values in order, either themselves or as dictionary indices. */
type Values = { readonly places: Integers; readonly raw?: never } | { readonly raw: ArrayLike<unknown> }

/** Values referenced by index, converted to text on first use. */
interface Dictionary {
  readonly raw: ArrayLike<unknown>
  readonly texts: string[]
}

const HELD_LIMIT = 2 ** 29
const PAGE_LIMIT = 64 * 2 ** 20
const VALUE_LIMIT = 16 * 2 ** 20
/** Page headers are short, but may contain long statistics. */
const HEADER_WINDOWS = [2 ** 12, 2 ** 16, 2 ** 20]
const HEADER_VALUES = 1000
const sizes: Readonly<Record<string, number>> = { INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8 }

export class ColumnReader {
  private at: number
  private dictionary: Dictionary | undefined
  private values: Values = { raw: [] }
  private present: Integers | undefined
  /** For the current page: its cells, those returned, and how many of those had a value. */
  private count = 0
  private given = 0
  private taken = 0
  private pageBytes = 0
  /** The 1-based row of the next cell. */
  private row: number

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly column: ParquetColumn,
    private readonly chunk: ColumnChunk,
    /** The first row, and the number of rows. */
    firstRow: number,
    private remaining: number,
    private readonly budget: Budget,
  ) {
    this.at = chunk.begin
    this.row = firstRow
  }

  /** Passes the next `count` cells to `put`, missing ones as empty texts. */
  async read(count: number, put: (index: number, text: string) => void): Promise<void> {
    for (let i = 0; i < count; i++) {
      while (this.given === this.count) await this.nextPage()
      put(i, this.next())
    }
  }

  private next(): string {
    const missing = this.present?.[this.given] === 0
    this.given++
    this.row++
    if (missing) return ''
    const index = this.taken++
    try {
      const text = this.values.raw ? this.toText(this.values.raw[index]) : this.lookUp(this.values.places[index]!)
      if (text.length > CELL_LIMIT)
        throw new Damage(`a text of ${text.length} characters`, `${text.length} 个字符的文本`)
      return text
    } catch (error) {
      return this.failCell(error)
    }
  }

  private lookUp(place: number): string {
    const { raw, texts } = this.dictionary!
    if (place >= raw.length)
      throw new Damage(`value ${place} of a dictionary of ${raw.length}`, `${raw.length} 项字典的第 ${place} 项`)
    return (texts[place] ??= this.toText(raw[place]))
  }

  private toText(value: unknown): string {
    return this.column.type!.text(value)
  }

  private async nextPage(): Promise<void> {
    this.budget.take(-this.pageBytes)
    this.pageBytes = 0
    const page = this.at
    if (this.at >= this.chunk.end) fail('data-truncated', 'page-values', { count: this.remaining }, this.place(page))
    const { header, begin } = await this.readHeader()
    const { compressed_page_size: size, uncompressed_page_size: plainSize } = header
    if (!(size >= 0 && begin + size <= this.chunk.end)) {
      const values = { begin, end: this.chunk.end, size: known(size) }
      fail('data-truncated', 'page-place', values, this.place(page))
    }
    if (!(plainSize >= 0 && plainSize <= PAGE_LIMIT))
      fail('data-too-large', 'page-size', { most: PAGE_LIMIT, size: known(plainSize) }, this.place(page))
    if (!this.budget.take(plainSize)) {
      fail('data-too-large', 'page-total', { most: HELD_LIMIT }, this.place(page))
    }
    const bytes = await readAt(this.file, begin, size)
    this.at = begin + size
    try {
      this.open(header, bytes)
    } catch (error) {
      fail('data-format', 'page-content', { detail: detailOf(error) }, this.place(page))
    }
  }

  private async readHeader(): Promise<{ header: PageHeader; begin: number }> {
    for (const window of HEADER_WINDOWS) {
      const bytes = await readAt(this.file, this.at, Math.min(window, this.chunk.end - this.at))
      try {
        const length = walkStruct(bytes, 0, HEADER_VALUES)
        const view = new DataView(bytes.buffer, bytes.byteOffset, length)
        return { header: withNumbers(parquetHeader({ view, offset: 0 })), begin: this.at + length }
      } catch (error) {
        const more = error instanceof ThriftError && error.ended && window < this.chunk.end - this.at
        if (!more || window === HEADER_WINDOWS.at(-1)) {
          return fail('data-format', 'page-header', { detail: detailOf(error) }, this.place(this.at))
        }
      }
    }
    throw new Error('internal: no window for a page header')
  }

  private open(header: PageHeader, bytes: Uint8Array): void {
    const { type, uncompressed_page_size: size } = header
    if (type === 'DICTIONARY_PAGE' && header.dictionary_page_header) {
      if (this.dictionary) throw new Damage('a second dictionary', '第二个字典')
      const count = checkedCount(header.dictionary_page_header.num_values, VALUE_LIMIT)
      const cursor = { bytes: decompressPage(this.chunk.codec, bytes, size), at: 0 }
      this.dictionary = { raw: this.plain(cursor, count), texts: [] }
      return
    }
    this.pageBytes = size
    if (type === 'INDEX_PAGE') return
    const page = type === 'DATA_PAGE_V2' ? this.openV2(header, bytes) : this.openV1(header, bytes)
    this.present = page.present
    let there = page.values
    if (page.present) for (const present of page.present) there -= 1 - present
    this.values = this.decode(page, there)
    this.count = page.values
    this.given = 0
    this.taken = 0
    this.remaining -= page.values
  }

  private openV1(header: PageHeader, bytes: Uint8Array): DataPage {
    const data = header.data_page_header
    if (!data) throw new Damage('a page without a description', '没有描述的页')
    const values = checkedCount(data.num_values, Math.min(this.remaining, VALUE_LIMIT))
    const cursor = { bytes: decompressPage(this.chunk.codec, bytes, header.uncompressed_page_size), at: 0 }
    const present = this.column.optional ? readPrefixed(cursor, 1, values) : undefined
    return { values, encoding: data.encoding, present, cursor }
  }

  private openV2(header: PageHeader, bytes: Uint8Array): DataPage {
    const data = header.data_page_header_v2
    if (!data) throw new Damage('a page without a description', '没有描述的页')
    const values = checkedCount(data.num_values, Math.min(this.remaining, VALUE_LIMIT))
    const levels = data.definition_levels_byte_length
    const before = data.repetition_levels_byte_length + levels
    if (!(levels >= 0 && data.repetition_levels_byte_length >= 0 && before <= bytes.length))
      throw Number.isNaN(before)
        ? new Damage('levels of an unknown length', '级别的长度不明')
        : new Damage(`levels of ${before} bytes`, `${before} 字节的级别`)
    const level = { bytes: bytes.subarray(0, before), at: before - levels }
    const present = this.column.optional ? readHybrid(level, before, 1, values) : undefined
    const codec = data.is_compressed === false ? 'UNCOMPRESSED' : this.chunk.codec
    const body = decompressPage(codec, bytes.subarray(before), header.uncompressed_page_size - before)
    return { values, encoding: data.encoding, present, cursor: { bytes: body, at: 0 } }
  }

  private decode({ encoding, cursor }: DataPage, count: number): Values {
    const { type, type_length: length } = this.column.element
    switch (encoding) {
      case 'PLAIN':
        return { raw: this.plain(cursor, count) }
      case 'PLAIN_DICTIONARY':
      case 'RLE_DICTIONARY': {
        if (!this.dictionary) throw new Damage('a page without its dictionary', '没有字典的页')
        const width = count === 0 ? 0 : (cursor.bytes[cursor.at++] ?? 0)
        return { places: readHybrid(cursor, cursor.bytes.length, width, count) }
      }
      case 'RLE':
        if (type !== 'BOOLEAN') throw new Damage(`runs of ${type}`, `${type} 的游程`)
        return { raw: readPrefixed(cursor, 1, count) }
      case 'DELTA_BINARY_PACKED':
        if (type !== 'INT32' && type !== 'INT64') throw new Damage(`deltas of ${type}`, `${type} 的差值`)
        return { raw: readDeltas(cursor, count, type === 'INT32' ? 32 : 64) }
      case 'DELTA_LENGTH_BYTE_ARRAY':
      case 'DELTA_BYTE_ARRAY':
        if (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY')
          throw new Damage(`texts of ${type}`, `${type} 的文本`)
        return {
          raw: encoding === 'DELTA_BYTE_ARRAY' ? readDeltaTexts(cursor, count) : readDeltaLengths(cursor, count),
        }
      case 'BYTE_STREAM_SPLIT': {
        const width = type === 'FIXED_LEN_BYTE_ARRAY' ? length! : sizes[type!]
        checkLength(cursor, count * (width ?? Infinity))
        return { raw: byteStreamSplit(readerOf(cursor), count, type!, length) }
      }
      default:
        throw new Damage(`the encoding ${encoding ?? 'of an unknown number'}`, `编码 ${encoding ?? '未知'}`)
    }
  }

  private plain(cursor: Cursor, count: number): ArrayLike<unknown> {
    const { type, type_length: length } = this.column.element
    const each =
      type === 'BOOLEAN' ? 1 / 8 : type === 'BYTE_ARRAY' ? 4 : type === 'FIXED_LEN_BYTE_ARRAY' ? length! : sizes[type!]!
    checkLength(cursor, count * each)
    return readPlain(readerOf(cursor), type!, count, length)
  }

  private place(byte: number): Place {
    return { file: this.path, byte, column: this.column.name }
  }

  private failCell(error: unknown): never {
    return fail(
      'data-cell',
      'parquet-value',
      { kind: kindTexts[this.column.type!.kind], most: CELL_LIMIT, detail: detailOf(error) },
      { file: this.path, line: this.row - 1, column: this.column.name },
    )
  }
}

/** Names of fields that have to be integers. */
const numeric = /^num_|_size$|_length$/

/** Damaged headers may have anything or nothing instead of a number; it becomes NaN. */
function withNumbers<T extends object>(struct: T): T {
  const fields = Object.entries(struct).map(([name, value]): [string, unknown] => {
    if (numeric.test(name)) return [name, Number.isSafeInteger(value) ? value : NaN]
    const isHeader = name.includes('page_header') && typeof value === 'object' && value !== null
    return [name, isHeader ? withNumbers(value) : value]
  })
  return Object.fromEntries(fields) as T
}

/** For messages. */
function known(count: number): string | Text {
  return Number.isNaN(count) ? text('an unknown number of', '数量不明的') : `${count}`
}

function checkedCount(count: number, limit: number): number {
  if (!(count >= 0 && count <= limit)) {
    const said = text('an unknown number of', '数量不明的')
    const { en, zh } = Number.isNaN(count) ? said : text(`${count}`, `${count}`)
    throw new Damage(`${en} values where at most ${limit} can be`, `${zh} 个值，而至多 ${limit} 个`)
  }
  return count
}

function checkLength({ bytes, at }: Cursor, length: number): void {
  if (!(at + length <= bytes.length))
    throw new Damage(
      `${bytes.length - at} bytes for values of ${length}`,
      `值需要 ${length} 字节，只有 ${bytes.length - at}`,
    )
}

function readerOf({ bytes, at }: Cursor): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: at }
}

/** Runs preceded by their length in bytes. */
function readPrefixed(cursor: Cursor, width: number, count: number): Integers {
  checkLength(cursor, 4)
  const { view, offset } = readerOf(cursor)
  const end = offset + 4 + view.getUint32(offset, true)
  if (end > cursor.bytes.length) throw new Damage(`runs of ${end - offset - 4} bytes`, `${end - offset - 4} 字节的游程`)
  cursor.at += 4
  const values = readHybrid(cursor, end, width, count)
  cursor.at = end
  return values
}
