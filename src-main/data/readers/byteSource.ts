/** Random access to bytes without loading the rest: of a file, or of a compressed archive member. */
import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { fail } from '#core/problems/problem'
import { withFile } from './file'

/** A range of bytes to read: as long as `target`. */
export interface Run {
  readonly at: number
  readonly target: Uint8Array
}

export interface ByteSource {
  /** Name for messages: the file, and after `#` the archive member. */
  readonly name: string
  readonly size: number
  /** Whether random access is cheap; otherwise seeking back means starting over. */
  readonly random: boolean
  /** Fills all targets. */
  read(runs: readonly Run[]): Promise<void>
  /** Releases open resources; reading again reopens them. */
  close(): Promise<void>
}

/** An uncompressed range of a file. */
export function fileSource(path: string, size: number, begin = 0, name = path): ByteSource {
  return {
    name,
    size,
    random: true,
    read: (runs) =>
      withFile(path, async (file) => {
        for (const { at, target } of runs) {
          let filled = 0
          while (filled < target.length) {
            const { bytesRead } = await file.read(target, filled, target.length - filled, begin + at + filled)
            if (bytesRead === 0) failShort(name, begin + at + target.length, begin + at + filled)
            filled += bytesRead
          }
        }
      }),
    close: () => Promise.resolve(),
  }
}

export interface DeflatedStretch {
  readonly path: string
  readonly name: string
  readonly begin: number
  /** Bytes in the file. */
  readonly compressedSize: number
  /** Bytes after inflation, verified at the end, as is the CRC-32. */
  readonly size: number
  readonly checksum: number
}

/** Deflated bytes, inflated while reading; memory is bounded by one chunk. */
export function inflatedSource(stretch: DeflatedStretch): ByteSource {
  const inflater = new Inflater(stretch)
  let queue: Promise<void> = Promise.resolve()
  const inTurn = (action: () => Promise<void>) => {
    const turn = queue.then(action)
    queue = turn.catch(() => {})
    return turn
  }
  return {
    name: stretch.name,
    size: stretch.size,
    random: false,
    read: (runs) =>
      inTurn(async () => {
        for (const { at, target } of runs) await inflater.fill(at, target)
      }),
    close: () => inTurn(() => inflater.stop()),
  }
}

class Inflater {
  private pieces: AsyncIterator<Buffer> | undefined
  private piece: Buffer = Buffer.alloc(0)
  /** Offset of the first byte of `piece`. */
  private at = 0
  private checksum = 0

  constructor(private readonly stretch: DeflatedStretch) {}

  async fill(at: number, target: Uint8Array): Promise<void> {
    if (at < this.at) await this.stop()
    let filled = 0
    while (filled < target.length) {
      const skip = at + filled - this.at
      if (skip < this.piece.length) {
        const part = this.piece.subarray(skip, skip + target.length - filled)
        target.set(part, filled)
        filled += part.length
      } else await this.next()
    }
    if (at + filled === this.stretch.size && this.at + this.piece.length === this.stretch.size) await this.finish()
  }

  async stop(): Promise<void> {
    await this.pieces?.return?.()
    this.pieces = undefined
    this.piece = Buffer.alloc(0)
    this.at = 0
    this.checksum = 0
  }

  private async next(): Promise<void> {
    const { name, size } = this.stretch
    this.at += this.piece.length
    this.piece = Buffer.alloc(0)
    this.pieces ??= this.open()
    const { value, done } = await this.pull()
    if (done) failShort(name, size, this.at)
    this.piece = value
    this.checksum = crc32(value, this.checksum)
    if (this.at + value.length > size) await this.failLong()
  }

  /** All bytes were read: nothing may follow, and the checksum has to match. */
  private async finish(): Promise<void> {
    const { name, checksum } = this.stretch
    // With no bytes, no chunk was pulled yet.
    this.pieces ??= this.open()
    const { done } = await this.pull()
    if (!done) await this.failLong()
    if (this.checksum === checksum) return
    await this.stop()
    fail(
      'data-checksum',
      'member',
      { checksum: checksum.toString(16), received: this.checksum.toString(16) },
      { file: name },
    )
  }

  private async pull(): Promise<IteratorResult<Buffer, undefined>> {
    const { name } = this.stretch
    try {
      return (await this.pieces!.next()) as IteratorResult<Buffer, undefined>
    } catch (error) {
      await this.stop()
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (!code.startsWith('Z_')) throw error
      return fail(
        code === 'Z_BUF_ERROR' ? 'data-truncated' : 'data-format',
        'deflated',
        { received: (error as Error).message },
        { file: name },
      )
    }
  }

  private open(): AsyncIterator<Buffer> {
    const { path, begin, compressedSize } = this.stretch
    const end = begin + compressedSize - 1
    const file = end < begin ? Readable.from([]) : createReadStream(path, { start: begin, end })
    // An error of either stream surfaces where the chunks are pulled; the callback is merely required.
    return pipeline(file, createInflateRaw(), () => {})[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  private async failLong(): Promise<never> {
    await this.stop()
    const { name, size } = this.stretch
    return fail('data-format', 'long-member', { bytes: size }, { file: name, byte: size })
  }
}

function failShort(file: string, bytes: number, size: number): never {
  return fail('data-truncated', 'end', { bytes, size }, { file, byte: size })
}
