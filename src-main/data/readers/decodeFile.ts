/** Decodes text files chunk by chunk in bounded memory; invalid bytes and NULs become problems with line and byte. */
import type { FileHandle } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { fail } from '#core/problems/problem'
import { encodingNames, type Encoding, type FoundEncoding } from './encoding'
import { encodingTables, type OldEncoding } from './encodingGuess'
import { openFile, readAt } from './file'

interface Decoder {
  /** The text of the next bytes, without a trailing incomplete character; undefined if they are invalid. */
  write(bytes: Buffer): string | undefined
  end(): string | undefined
}

const PIECE = 2 ** 18

/** Uses iconv-lite's tables, which are the same in every runtime; those of ICU vary and may be missing. */
const decoders: Readonly<Record<Encoding, () => Decoder>> = {
  'utf-8': () => unicodeDecoder('utf-8'),
  'utf-16le': () => unicodeDecoder('utf-16le'),
  'utf-16be': () => unicodeDecoder('utf-16be'),
  'windows-1252': () => tableDecoder('windows-1252'),
  gb18030: () => tableDecoder('gb18030'),
  shift_jis: () => tableDecoder('shift_jis'),
  'euc-kr': () => tableDecoder('euc-kr'),
}

/** The text of a file after its byte-order mark; fails if bytes are invalid in the encoding, or include a NUL. */
export async function* decodeFile(path: string, { encoding, mark }: FoundEncoding): AsyncGenerator<string> {
  const file = await openFile(path)
  try {
    const decoder = decoders[encoding]()
    for (let at = mark; ; at += PIECE) {
      const bytes = await readAt(file, at, PIECE)
      const text = bytes.length === 0 ? decoder.end() : decoder.write(bytes)
      if (text?.includes('\0') !== false) {
        const wrong = isWrong(encoding, text, bytes)
        const byte = wrong ? wrongByte(encoding, bytes, at, at === mark) : nulByte(encoding, bytes, at)
        failText(path, encoding, wrong, byte, await lineAt(file, encoding, byte))
      }
      if (text !== '') yield text
      if (bytes.length === 0) return
    }
  } finally {
    await file.close()
  }
}

/** The text of bytes in memory; fails in the same cases. */
export function decodeBytes(path: string, bytes: Buffer, { encoding, mark }: FoundEncoding): string {
  const decoder = decoders[encoding]()
  const body = bytes.subarray(mark)
  const parts = [decoder.write(body), decoder.end()]
  const text = parts.join('')
  if (!parts.includes(undefined) && !text.includes('\0')) return text
  const wrong = isWrong(encoding, parts.includes(undefined) ? undefined : text, body)
  const byte = wrong ? wrongByte(encoding, body, mark, true) : nulByte(encoding, body, mark)
  const line = isWide(encoding) ? undefined : 1 + breaksIn(bytes.subarray(0, byte))
  return failText(path, encoding, wrong, byte, line)
}

/** Whether the encoding is wrong; bytes with NULs are not text in any encoding but UTF-16. */
function isWrong(encoding: Encoding, text: string | undefined, bytes: Buffer): boolean {
  return text === undefined && (isWide(encoding) || !bytes.includes(0))
}

function unicodeDecoder(encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const decode = (bytes: Buffer | undefined) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      return undefined
    }
  }
  return { write: decode, end: () => decode(undefined) }
}

function tableDecoder(encoding: OldEncoding): Decoder {
  const decoder = iconv.getDecoder(encodingTables[encoding])
  const checked = (text: string) => (text.includes('\ufffd') ? undefined : text)
  return { write: (bytes) => checked(decoder.write(bytes)), end: () => checked(decoder.end() ?? '') }
}

/**
 * Byte offset of the first invalid line in a chunk that starts at `at`; a line break is never part of a longer
 * character. The first line of a later chunk is incomplete, so it is blamed only if no other line is invalid.
 */
function wrongByte(encoding: Encoding, piece: Buffer, at: number, first: boolean): number {
  if (isWide(encoding)) return at
  let begin = 0
  for (let feed = piece.indexOf(10); feed >= 0; feed = piece.indexOf(10, begin)) {
    const decoder = decoders[encoding]()
    const wrong = decoder.write(piece.subarray(begin, feed + 1)) === undefined || decoder.end() === undefined
    if (wrong && (begin > 0 || first)) return at + begin
    begin = feed + 1
  }
  const decoder = decoders[encoding]()
  return decoder.write(piece.subarray(begin)) === undefined || first ? at + begin : at
}

function nulByte(encoding: Encoding, piece: Buffer, at: number): number {
  if (!isWide(encoding)) return at + piece.indexOf(0)
  for (let i = 0; i < piece.length; i += 2) if (piece[i] === 0 && piece[i + 1] === 0) return at + i
  return at
}

function isWide(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
}

/** The 1-based line that contains byte `byte`; unknown in UTF-16. */
async function lineAt(file: FileHandle, encoding: Encoding, byte: number): Promise<number | undefined> {
  if (isWide(encoding)) return undefined
  let line = 1
  for (let at = 0; at < byte; at += PIECE) line += breaksIn(await readAt(file, at, Math.min(PIECE, byte - at)))
  return line
}

/** Line breaks in some bytes: line feeds, or carriage returns if there are no line feeds. */
function breaksIn(bytes: Buffer): number {
  const count = (breaking: number) => {
    let breaks = 0
    for (let at = bytes.indexOf(breaking); at >= 0; at = bytes.indexOf(breaking, at + 1)) breaks++
    return breaks
  }
  return count(10) || count(13)
}

function failText(file: string, encoding: Encoding, wrong: boolean, byte: number, line?: number): never {
  const place = { file, ...(line !== undefined && { line }), byte }
  if (wrong) return fail('data-encoding', 'wrong', { encoding: encodingNames[encoding] }, place)
  return fail('data-format', 'nul-byte', {}, place)
}
