/**
 * Splits the text of a delimited table into rows of cells (RFC 4180, any delimiter), chunk by chunk: at most one
 * unfinished row of the text is kept. Spaces around cells are trimmed, lines without cells are skipped. A blank as
 * delimiter matches any run of blanks and tabs.
 */
import { fail, type Place } from '#core/problems/problem'
import { CELL_LIMIT, COLUMN_LIMIT, shortened } from './rows'

export interface SplitDialect {
  readonly delimiter: string
  /** Empty if there is no quote character. */
  readonly quote: string
  /** A line that starts with it is skipped; empty if there are no such lines. */
  readonly comment?: string
  /** Lines to skip at the start of the file. */
  readonly skip?: number
}

type Emit = (cells: string[], line: number) => void

/** Maximum characters per row. */
export const ROW_LIMIT = 16 * 2 ** 20
/** The engine keeps the whole chunk alive for a longer substring; shorter ones are copied anyway. */
const COPIED_LENGTH = 12
const FEED = 10
const RETURN = 13
const scratch = Buffer.alloc(4096)

export class RowSplitter {
  private readonly delimiter: number
  /** -1 if there is no quote character. */
  private readonly quote: number
  /** NaN without comments, which equals no character. */
  private readonly comment: number
  /** Whether runs of blanks are delimiters. */
  private readonly blanks: boolean
  private skip: number
  private text = ''
  private line = 1
  /** Column names for messages, once known. */
  names: readonly string[] = []

  constructor(
    private readonly path: string,
    private readonly dialect: SplitDialect,
    private readonly emit: Emit,
  ) {
    this.delimiter = dialect.delimiter.charCodeAt(0)
    this.quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.comment = (dialect.comment ?? '').charCodeAt(0)
    this.blanks = dialect.delimiter === ' '
    this.skip = dialect.skip ?? 0
  }

  /** Emits the rows that end in this chunk. */
  push(piece: string): void {
    this.text = this.text === '' ? piece : this.text + piece
    this.split(false)
    if (this.text.length > ROW_LIMIT) this.failRow()
  }

  /** Emits the last row, which needs no line break. */
  finish(): void {
    this.split(true)
  }

  private split(last: boolean): void {
    const { text } = this
    let at = 0
    while (at < text.length) {
      const end = this.isNoRow(text, at) ? this.pastLine(text, at, last) : this.row(text, at, last)
      if (end < 0) break
      at = end
    }
    // Copied, so that the chunks before it can be freed.
    this.text = at === 0 ? text : ownText(text.slice(at))
  }

  private isNoRow(text: string, begin: number): boolean {
    return this.skip > 0 || text.charCodeAt(this.skipSpaces(text, begin)) === this.comment
  }

  /** Start of the line after the one at `begin`, or -1 if the text ends before. */
  private pastLine(text: string, begin: number, last: boolean): number {
    let at = begin
    while (at < text.length && text.charCodeAt(at) !== FEED && text.charCodeAt(at) !== RETURN) at++
    const isReturn = text.charCodeAt(at) === RETURN
    if (!last && (at >= text.length || (isReturn && at + 1 >= text.length))) return -1
    this.line++
    this.skip = Math.max(0, this.skip - 1)
    return at + (isReturn && text.charCodeAt(at + 1) === FEED ? 2 : 1)
  }

  /** Emits the row at `begin` and returns the start of the next, or -1 if the text ends before. */
  private row(text: string, begin: number, last: boolean): number {
    const cells: string[] = []
    let breaks = 0
    let at = begin
    for (;;) {
      at = this.skipSpaces(text, at)
      const quoted = text.charCodeAt(at) === this.quote
      const end = quoted ? this.quotedEnd(text, at, last, cells.length) : this.plainEnd(text, at, last, cells.length)
      if (end < 0) return -1
      if (cells.length >= COLUMN_LIMIT) this.failColumns()
      const cell = quoted ? this.unquote(text.slice(at + 1, end - 1)) : trimEnd(text, at, end)
      if (quoted) breaks += breaksIn(cell)
      cells.push(ownText(cell))
      at = quoted || this.blanks ? this.skipSpaces(text, end) : end
      // The end of the chunk is not the end of the text, and a carriage return may be followed by a line feed.
      if (!last && (at >= text.length || (text.charCodeAt(at) === RETURN && at + 1 >= text.length))) return -1
      const code = text.charCodeAt(at)
      if (at >= text.length || code === FEED || code === RETURN) {
        if (cells.length > 1 || quoted || cells[0] !== '') this.emit(cells, this.line)
        this.line += breaks + 1
        return at + (code === RETURN && text.charCodeAt(at + 1) === FEED ? 2 : 1)
      }
      if (this.blanks ? at === end : code !== this.delimiter)
        this.failQuotes(cells.length - 1, text.slice(end, end + 10), 'something after a closed quote')
      if (!this.blanks) at++
    }
  }

  /** End of the unquoted cell at `begin`. */
  private plainEnd(text: string, begin: number, last: boolean, column: number): number {
    const { delimiter, quote } = this
    let at = begin
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === delimiter || code === FEED || code === RETURN || (this.blanks && isSpace(code))) break
      if (code === quote) this.failQuotes(column, text.slice(at, at + 10), 'a quote inside a cell without quotes')
    }
    if (at - begin > CELL_LIMIT) this.failCell(column)
    return at < text.length || last ? at : -1
  }

  /** Position after the closing quote. */
  private quotedEnd(text: string, begin: number, last: boolean, column: number): number {
    const { quote } = this.dialect
    for (let at = text.indexOf(quote, begin + 1); ; at = text.indexOf(quote, at + 2)) {
      if ((at < 0 ? text.length : at) - begin > CELL_LIMIT) this.failCell(column)
      if (at < 0) {
        if (last) this.failQuotes(column, text.slice(begin, begin + 10), 'a quote that is never closed')
        return -1
      }
      if (at + 1 < text.length ? text[at + 1] !== quote : last) return at + 1
      if (at + 1 >= text.length) return -1
    }
  }

  private unquote(content: string): string {
    const { quote } = this.dialect
    return content.includes(quote) ? content.replaceAll(quote + quote, quote) : content
  }

  private skipSpaces(text: string, begin: number): number {
    let at = begin
    while (at < text.length && isSpace(text.charCodeAt(at)) && (this.blanks || text.charCodeAt(at) !== this.delimiter))
      at++
    return at
  }

  private place(column?: number): Place {
    if (column === undefined) return { file: this.path, line: this.line }
    return { file: this.path, line: this.line, column: shortened(this.names[column] ?? `${column + 1}`) }
  }

  private failQuotes(column: number, received: string, what: string): never {
    const { quote } = this.dialect
    return fail(
      'data-format',
      'quotes',
      { quote, received: `${what}: ${JSON.stringify(received)}` },
      this.place(column),
    )
  }

  private failCell(column: number): never {
    return fail('data-too-large', 'long-cell', { most: CELL_LIMIT }, this.place(column))
  }

  private failRow(): never {
    return fail('data-too-large', 'long-row', { most: ROW_LIMIT }, this.place())
  }

  private failColumns(): never {
    return fail('data-too-large', 'many-columns', { most: COLUMN_LIMIT }, this.place())
  }
}

/** A string that shares no memory with the longer one it was cut from. */
function ownText(text: string): string {
  if (text.length <= COPIED_LENGTH) return text
  if (3 * text.length > scratch.length) return Buffer.from(text).toString()
  return scratch.toString('utf8', 0, scratch.write(text))
}

function trimEnd(text: string, begin: number, end: number): string {
  let at = end
  while (at > begin && isSpace(text.charCodeAt(at - 1))) at--
  return text.slice(begin, at)
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12
}

/** Line feeds, and lone carriage returns. */
function breaksIn(cell: string): number {
  let breaks = 0
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at)
    if (code === FEED || (code === RETURN && cell.charCodeAt(at + 1) !== FEED)) breaks++
  }
  return breaks
}
