/** Parquet values as text: integers and decimals exactly, dates and times in ISO 8601. */
import type { SchemaElement } from 'hyparquet'
import { text, type Text } from '#core/base/text'
import { halfToNumber } from '../half'
import { Damage } from './damage'

export type ParquetKind = 'boolean' | 'integer' | 'real' | 'decimal' | 'date' | 'time' | 'timestamp' | 'text' | 'uuid'

export interface CellType {
  readonly kind: ParquetKind
  /** The text of a raw value; throws if the value does not belong to the column. */
  readonly text: (value: unknown) => string
}

type Unit = 'MILLIS' | 'MICROS' | 'NANOS'

const perSecond: Readonly<Record<Unit, bigint>> = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n }
const digits: Readonly<Record<Unit, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 }
const DAY = 86_400n
/** Days from the start of the Julian calendar, which INT96 counts from, to 1970. */
const JULIAN_EPOCH = 2_440_588n
/** Range of JavaScript dates in seconds, in both directions. */
const SECOND_LIMIT = 8_640_000_000_000n
/** Below this, a float32 has fewer digits. */
const SMALLEST_FLOAT = 2 ** -126
const SCALE_LIMIT = 1000
/** Maximum bytes of a decimal; the format's own limit of 38 digits needs 16. */
const DECIMAL_LIMIT = 64
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What messages call the values of a column. */
export const kindTexts: Readonly<Record<ParquetKind, Text>> = {
  boolean: text('boolean', '布尔值'),
  integer: text('integer', '整数'),
  real: text('real', '实数'),
  decimal: text('decimal', '十进制数'),
  date: text('date', '日期'),
  time: text('time', '时刻'),
  timestamp: text('timestamp', '时间戳'),
  text: text('text', '文本'),
  uuid: text('uuid', 'UUID'),
}

/** How to convert the values of a column to text, or why that is impossible. */
export function cellType(element: SchemaElement): CellType | { readonly refusal: Text } {
  const { type, converted_type: converted, logical_type: logical } = element
  const kind = logical?.type
  if (kind === 'DECIMAL' || converted === 'DECIMAL') return decimal(element)
  if (kind === 'DATE' || converted === 'DATE') return { kind: 'date', text: (value) => date(toBigInt(value)) }
  if (logical?.type === 'TIME') return time(logical.unit)
  if (converted === 'TIME_MILLIS' || converted === 'TIME_MICROS') return time(unitOf(converted))
  if (logical?.type === 'TIMESTAMP') return timestamp(logical.unit, logical.isAdjustedToUTC)
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS') return timestamp(unitOf(converted), true)
  if (kind === 'UUID') return { kind: 'uuid', text: (value) => uuid(value as Uint8Array) }
  if (kind === 'FLOAT16') return { kind: 'real', text: (value) => `${halfToNumber(littleEndian(value as Uint8Array))}` }
  const refused = [kind, converted].find((name) =>
    ['BSON', 'VARIANT', 'GEOMETRY', 'GEOGRAPHY', 'FILE', 'INTERVAL'].includes(name ?? ''),
  )
  if (refused !== undefined) return { refusal: ofType(refused) }
  const unsigned = converted?.startsWith('UINT_') === true || (logical?.type === 'INTEGER' && !logical.isSigned)
  switch (type) {
    case 'BOOLEAN':
      return { kind: 'boolean', text: (value) => (value ? 'true' : 'false') }
    case 'INT32':
    case 'INT64':
      return integer(type === 'INT32' ? 32 : 64, unsigned)
    case 'INT96':
      return { kind: 'timestamp', text: (value) => int96(value as bigint) }
    case 'FLOAT':
      return { kind: 'real', text: (value) => shortestFloat(value as number) }
    case 'DOUBLE':
      return { kind: 'real', text: (value) => `${value as number}` }
    case 'BYTE_ARRAY':
      return { kind: 'text', text: (value) => decoder.decode(value as Uint8Array) }
    default:
      return { refusal: ofType(type) }
  }
}

const ofType = (type: string | undefined): Text =>
  text(`values of the type ${type ?? 'unknown'}`, `${type ?? '未知'} 类型的值`)

function integer(bits: number, unsigned: boolean): CellType {
  return {
    kind: 'integer',
    text: (value) => `${unsigned ? BigInt.asUintN(bits, toBigInt(value)) : (value as number | bigint)}`,
  }
}

function decimal({ logical_type: logical, scale }: SchemaElement): CellType | { refusal: Text } {
  const places = (logical?.type === 'DECIMAL' ? logical.scale : undefined) ?? scale ?? 0
  if (places < 0 || places > SCALE_LIMIT)
    return { refusal: text(`decimals of ${places} places`, `${places} 位小数的十进制数`) }
  return {
    kind: 'decimal',
    text: (value) => {
      const whole = value instanceof Uint8Array ? bigEndian(value) : toBigInt(value)
      const text = `${whole < 0n ? -whole : whole}`.padStart(places + 1, '0')
      const point = text.length - places
      return `${whole < 0n ? '-' : ''}${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ''}`
    },
  }
}

function time(unit: Unit): CellType {
  return { kind: 'time', text: (value) => clock(toBigInt(value), unit) }
}

function timestamp(unit: Unit, utc: boolean): CellType {
  return { kind: 'timestamp', text: (value) => instant(toBigInt(value), unit, utc) }
}

function unitOf(converted: string): Unit {
  return converted.endsWith('MILLIS') ? 'MILLIS' : 'MICROS'
}

function instant(value: bigint, unit: Unit, utc: boolean): string {
  const day = DAY * perSecond[unit]
  const rest = ((value % day) + day) % day
  return `${date((value - rest) / day)}T${clock(rest, unit)}${utc ? 'Z' : ''}`
}

/** Days since 1970. */
function date(days: bigint): string {
  const seconds = days * DAY
  if (seconds > SECOND_LIMIT || seconds < -SECOND_LIMIT)
    throw new Damage(`a date ${days} days from 1970`, `距 1970 年 ${days} 天的日期`)
  return new Date(Number(seconds) * 1000).toISOString().split('T')[0]!
}

function clock(value: bigint, unit: Unit): string {
  const seconds = value / perSecond[unit]
  const part = value % perSecond[unit]
  if (value < 0n || seconds >= DAY) throw new Damage(`a time of day of ${seconds} seconds`, `${seconds} 秒的时刻`)
  const two = (number: bigint) => `${number}`.padStart(2, '0')
  const fraction = part === 0n ? '' : `.${`${part}`.padStart(digits[unit], '0').replace(/0+$/, '')}`
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}${fraction}`
}

/** Nanoseconds of the day in the lower 64 bits, the Julian day in the upper ones. */
function int96(value: bigint): string {
  const nanoseconds = BigInt.asUintN(64, value)
  return instant(((value >> 64n) - JULIAN_EPOCH) * DAY * perSecond.NANOS + nanoseconds, 'NANOS', false)
}

/** The shortest decimal for this float32, as programs print it. */
function shortestFloat(value: number): string {
  if (!Number.isFinite(value)) return `${value}`
  for (let precision = Math.abs(value) < SMALLEST_FLOAT ? 1 : 6; precision < 9; precision++) {
    const text = Number(value.toPrecision(precision))
    if (Math.fround(text) === value) return `${text}`
  }
  return `${Number(value.toPrecision(9))}`
}

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function littleEndian(bytes: Uint8Array): number {
  return bytes[0]! | (bytes[1]! << 8)
}

function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length > DECIMAL_LIMIT)
    throw new Damage(`a decimal of ${bytes.length} bytes`, `${bytes.length} 字节的十进制数`)
  return bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
}

function toBigInt(value: unknown): bigint {
  return BigInt(value as number | bigint)
}
