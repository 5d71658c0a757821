/**
 * Reader for tar archives (ustar, GNU and pax names) as a stream: nothing is unpacked, and names that lead outside are
 * rejected.
 */
import { fail } from '#core/problems/problem'

export interface TarMember {
  readonly name: string
  readonly size: number
  /** The content in chunks; content not read before the next member is skipped. */
  readonly pieces: AsyncGenerator<Buffer>
}

const BLOCK = 512
/** Maximum bytes of a name or of extended headers. */
const NAME_LIMIT = 2 ** 16
const MEMBER_LIMIT = 100_000

/** The regular files of an archive of up to `limit` bytes, in archive order. */
export async function* readTar(file: string, stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<TarMember> {
  const reader = new BlockReader(file, stream)
  try {
    yield* readMembers(file, reader, limit)
  } finally {
    await reader.close()
  }
}

async function* readMembers(file: string, reader: BlockReader, limit: number): AsyncGenerator<TarMember> {
  let longName: string | undefined
  let longSize: number | undefined
  for (let count = 0; ; count++) {
    if (count > MEMBER_LIMIT) fail('data-format', 'tar-members', { most: MEMBER_LIMIT }, { file, byte: reader.at })
    const header = await reader.take(BLOCK)
    // Two zero blocks end an archive; some writers omit them.
    if (header.length === 0 || header.every((byte) => byte === 0)) return
    const { type, ...plain } = parseHeader(file, header, reader.at - BLOCK)
    const extended = type === 'L' || type === 'x' || type === 'g'
    const name = longName ?? plain.name
    const size = extended ? plain.size : (longSize ?? plain.size)
    const padded = Math.ceil(size / BLOCK) * BLOCK
    const end = reader.at + padded
    if (end > limit) {
      const values = { most: limit, size, name: name.slice(0, 100) }
      fail('data-format', 'tar-size', values, { file, byte: reader.at - BLOCK })
    }
    if (extended) {
      if (size > NAME_LIMIT) fail('data-format', 'tar-name', { most: NAME_LIMIT, size }, { file, byte: reader.at })
      const content = (await reader.exactly(padded)).subarray(0, size)
      if (type === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '')
      if (type === 'x') ({ name: longName = longName, size: longSize = longSize } = parsePax(file, content, reader.at))
      continue
    }
    longName = undefined
    longSize = undefined
    if (type === '0' || type === '\0' || type === '7') {
      refuseEscape(file, name, reader.at - BLOCK)
      yield { name, size, pieces: reader.pieces(size) }
    }
    await reader.skipTo(end)
  }
}

class BlockReader {
  /** Bytes taken so far. */
  at = 0
  private rest: Buffer = Buffer.alloc(0)
  private readonly pieced: AsyncIterator<Buffer>

  constructor(
    private readonly file: string,
    stream: AsyncIterable<Buffer>,
  ) {
    this.pieced = stream[Symbol.asyncIterator]()
  }

  /** `length` bytes, or none at the end of the stream. */
  async take(length: number): Promise<Buffer> {
    if (this.rest.length === 0 && !(await this.more())) return Buffer.alloc(0)
    return this.exactly(length)
  }

  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const piece of this.pieces(length)) parts.push(piece)
    return Buffer.concat(parts)
  }

  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.rest.length === 0 && !(await this.more())) this.failShort(left)
      const piece = this.rest.subarray(0, left)
      this.rest = this.rest.subarray(piece.length)
      this.at += piece.length
      left -= piece.length
      yield piece
    }
  }

  async skipTo(end: number): Promise<void> {
    for await (const piece of this.pieces(Math.max(0, end - this.at))) void piece
  }

  async close(): Promise<void> {
    await this.pieced.return?.()
  }

  private async more(): Promise<boolean> {
    const step = await this.pieced.next()
    if (step.done === true) return false
    this.rest = step.value
    return true
  }

  private failShort(bytes: number): never {
    return fail('data-truncated', 'tar-end', { bytes }, { file: this.file, byte: this.at })
  }
}

function parseHeader(file: string, header: Buffer, byte: number): { name: string; size: number; type: string } {
  const text = (begin: number, length: number) => header.toString('utf8', begin, begin + length).replace(/\0.*$/s, '')
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!
  const checksum = text(148, 8).trim()
  if (sum !== parseInt(checksum, 8))
    fail('data-format', 'tar-checksum', { sum: sum.toString(8), received: JSON.stringify(checksum) }, { file, byte })
  const size = header[124]! & 0x80 ? Number(header.readBigUInt64BE(128)) : parseInt(text(124, 12).trim() || '0', 8)
  if (!Number.isSafeInteger(size) || size < 0) failNumber(file, text(124, 12), byte)
  const prefix = text(257, 5) === 'ustar' && header[263] === 0x30 ? text(345, 155) : ''
  return {
    name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
    size,
    type: String.fromCharCode(header[156]!),
  }
}

/** Records of `length key=value` and a line feed. */
function parsePax(file: string, content: Buffer, byte: number): { name?: string; size?: number } {
  const found: { name?: string; size?: number } = {}
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(32, at)
    const length = parseInt(content.toString('latin1', at, space), 10)
    if (space < 0 || !(length > 0 && at + length <= content.length))
      fail('data-format', 'tar-extended', {}, { file, byte })
    const record = content.toString('utf8', space + 1, at + length - 1)
    const [key, value] = [record.slice(0, record.indexOf('=')), record.slice(record.indexOf('=') + 1)]
    if (key === 'path') found.name = value
    if (key === 'size')
      found.size = /^\d{1,15}$/.test(value) ? Number(value) : failNumber(file, value.slice(0, 20), byte)
    at += length
  }
  return found
}

function refuseEscape(file: string, name: string, byte: number): void {
  const parts = name.split(/[/\\]/)
  if (!/^([/\\]|[a-z]:)/i.test(name) && !parts.includes('..') && !name.includes('\0') && name !== '') return
  fail('data-format', 'tar-escape', { received: JSON.stringify(name.slice(0, 100)) }, { file, byte })
}

function failNumber(file: string, received: string, byte: number): never {
  return fail('data-format', 'tar-number', { received: JSON.stringify(received) }, { file, byte })
}
