/**
 * Walks a value in Thrift's compact protocol without building it. The library that builds it trusts counts and number
 * lengths, so its input is validated here first.
 */
import { Damage } from './damage'

/** What is wrong with the bytes, and where. */
export class ThriftError extends Damage {
  override name = 'ThriftError'
  constructor(
    readonly at: number,
    readonly ended: boolean,
    en: string,
    zh: string,
  ) {
    super(en, zh)
  }
}

const DEPTH_LIMIT = 32
/** Maximum bytes of a 64-bit number. */
const VARINT_LIMIT = 10

/**
 * Where the struct that starts at `begin` ends; throws a `ThriftError` if it does not end, or has more than `limit`
 * values.
 */
export function walkStruct(bytes: Uint8Array, begin: number, limit: number): number {
  const walker = new Walker(bytes, begin, limit)
  walker.struct(0)
  return walker.at
}

class Walker {
  private count = 0

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly limit: number,
  ) {}

  struct(depth: number): void {
    if (depth > DEPTH_LIMIT) this.fail(`structs nested more than ${DEPTH_LIMIT} deep`, `结构嵌套超过 ${DEPTH_LIMIT} 层`)
    for (;;) {
      const head = this.byte()
      const type = head & 15
      if (type === 0) return
      if (head >> 4 === 0) this.varint()
      // Booleans in a struct are part of the type.
      if (type !== 1 && type !== 2) this.value(type, depth)
      else this.tick()
    }
  }

  private value(type: number, depth: number): void {
    this.tick()
    switch (type) {
      case 1:
      case 2:
      case 3:
        return this.skip(1)
      case 4:
      case 5:
      case 6:
        this.varint()
        return
      case 7:
        return this.skip(8)
      case 8:
        return this.skip(this.varint())
      case 9:
        return this.list(depth)
      case 12:
        return this.struct(depth + 1)
      default:
        this.fail(`a value of the unknown type ${type}`, `未知类型 ${type} 的值`)
    }
  }

  private list(depth: number): void {
    if (depth > DEPTH_LIMIT) this.fail(`lists nested more than ${DEPTH_LIMIT} deep`, `列表嵌套超过 ${DEPTH_LIMIT} 层`)
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    // Each element takes at least one byte.
    if (size > this.bytes.length - this.at) this.end()
    for (let i = 0; i < size; i++) this.value(head & 15, depth + 1)
  }

  private varint(): number {
    let result = 0
    for (let i = 0; i < VARINT_LIMIT; i++) {
      const byte = this.byte()
      result += (byte & 127) * 2 ** (7 * i)
      if (byte < 128) return result
    }
    return this.fail('a number of more than 64 bits', '超过 64 位的数')
  }

  private byte(): number {
    if (this.at >= this.bytes.length) this.end()
    return this.bytes[this.at++]!
  }

  private skip(count: number): void {
    if (count > this.bytes.length - this.at) this.end()
    this.at += count
  }

  private tick(): void {
    if (++this.count > this.limit) this.fail(`more than ${this.limit} values`, `超过 ${this.limit} 个值`)
  }

  private end(): never {
    throw new ThriftError(this.at, true, 'the end of the bytes', '字节已到末尾')
  }

  private fail(en: string, zh: string): never {
    throw new ThriftError(this.at, false, en, zh)
  }
}
