/** Text encodings, and detection of a file's encoding: by a byte-order mark, by its bytes, or as a guess in doubt. */
import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import type { SourceOf } from '#core/graph/dataSettings'
import { text, type Text } from '#core/base/text'
import type { Problem } from '#core/problems/problem'
import { makeProblem } from '#core/problems/wording'
import { guessEncoding } from './encodingGuess'
import { fileSize, readAt, withFile } from './file'

export type Encoding = NonNullable<SourceOf<'table'>['encoding']>

export interface FoundEncoding {
  readonly encoding: Encoding
  /** Length in bytes of the byte-order mark. */
  readonly mark: number
  /** Why it may be a different one; absent if the bytes are unambiguous. */
  readonly doubt?: Text
}

/** Display names of encodings. */
export const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  gb18030: 'GB18030',
  shift_jis: 'Shift_JIS',
  'euc-kr': 'EUC-KR',
}

const marks: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]

const PIECE = 2 ** 18
/** How much of a file to search to detect its encoding. */
const SEARCH_LIMIT = 64 * 2 ** 20
/** Minimum share of the bytes 10 that are UTF-16 line feeds; the others are halves of letters, such as of 上 (4E 0A). */
const WIDE_SHARE = 0.5

/** The encoding of a file; a chosen one is used as it is. */
export async function detectEncoding(path: string, chosen?: Encoding): Promise<FoundEncoding> {
  await fileSize(path)
  return withFile(path, async (file) => {
    const head = await readAt(file, 0, PIECE)
    const found = fromHead(head, chosen)
    if (found) return found
    const doubtful = await firstDoubtful(file, head)
    return doubtful ? { ...guessEncoding(doubtful), mark: 0 } : { encoding: 'utf-8', mark: 0 }
  })
}

/** The encoding of a text in memory. */
export function detectBytes(bytes: Buffer, chosen?: Encoding): FoundEncoding {
  const found = fromHead(bytes.subarray(0, PIECE), chosen)
  if (found) return found
  return isUtf8(bytes) ? { encoding: 'utf-8', mark: 0 } : { ...guessEncoding(bytes.subarray(0, PIECE)), mark: 0 }
}

/** The warning that an encoding was guessed, if it was. */
export function encodingNote(file: string, { encoding, doubt }: FoundEncoding): Problem[] {
  if (doubt === undefined) return []
  const values = { encoding: encodingNames[encoding], doubt }
  return [makeProblem('data-encoding', 'guessed', values, { file, severity: 'warning' })]
}

function fromHead(head: Buffer, chosen: Encoding | undefined): FoundEncoding | undefined {
  const marked = marks.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte))
  if (chosen) return { encoding: chosen, mark: marked?.encoding === chosen ? marked.bytes.length : 0 }
  if (marked) return { encoding: marked.encoding, mark: marked.bytes.length }
  const wide = unmarkedUtf16(head)
  return wide && { encoding: wide, mark: 0, doubt: text('there is no byte-order mark', '没有字节顺序标记') }
}

/** Aligned two-byte line feeds indicate UTF-16; a stray NUL in other text is not next to its line feeds. */
function unmarkedUtf16(head: Buffer): Encoding | undefined {
  let feeds = 0
  let little = 0
  let big = 0
  for (let at = head.indexOf(10); at >= 0; at = head.indexOf(10, at + 1)) {
    feeds++
    if (at % 2 === 0 && head[at + 1] === 0) little++
    if (at % 2 === 1 && head[at - 1] === 0) big++
  }
  if (feeds === 0) return undefined
  if (little >= feeds * WIDE_SHARE) return 'utf-16le'
  return big >= feeds * WIDE_SHARE ? 'utf-16be' : undefined
}

/** The first chunk of the file that is not UTF-8; undefined if everything searched is. */
async function firstDoubtful(file: FileHandle, head: Buffer): Promise<Buffer | undefined> {
  let rest = Buffer.alloc(0)
  let before = rest
  let piece = head
  for (let at = 0; at < SEARCH_LIMIT;) {
    const bytes = Buffer.concat([rest, piece])
    const whole = piece.length === 0 ? bytes.length : completeLength(bytes)
    // A file that ends within a character is judged by what precedes it.
    if (!isUtf8(bytes.subarray(0, whole))) return piece.length === 0 ? before : bytes
    if (piece.length === 0) return undefined
    before = bytes
    rest = bytes.subarray(whole)
    at += piece.length
    piece = await readAt(file, at, PIECE)
  }
  return undefined
}

/** The length of the bytes without a trailing incomplete UTF-8 sequence. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
