/**
 * The metadata at the end of a Parquet file: its schema and the column positions of each row group. Nothing else is
 * kept.
 */
import type { CompressionCodec, LogicalType, ParquetType, SchemaElement, TimeUnit } from 'hyparquet'
import { CompressionCodecs, ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js'
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js'
import { Damage } from './damage'

export interface ChunkMetadata {
  /** For a column stored in another file. */
  readonly file: string | undefined
  readonly encrypted: boolean
  readonly type: ParquetType | undefined
  readonly path: readonly string[]
  readonly codec: CompressionCodec | undefined
  readonly compressedSize: number
  readonly dataOffset: number
  readonly dictionaryOffset: number
}

export interface ParquetMetadata {
  readonly schema: readonly SchemaElement[]
  readonly rows: number
  readonly groups: readonly { readonly rows: number; readonly chunks: readonly ChunkMetadata[] }[]
}

/** A Thrift struct as the library returns it: values by field number. */
class Struct {
  constructor(private readonly fields: unknown) {
    if (typeof fields !== 'object' || fields === null)
      throw new Damage('a value where a struct should be', '应为结构之处是一个值')
  }

  field(id: number): unknown {
    return (this.fields as Readonly<Record<string, unknown>>)[`field_${id}`]
  }

  struct(id: number): Struct | undefined {
    const value = this.field(id)
    return value === undefined ? undefined : new Struct(value)
  }

  structs(id: number): Struct[] {
    return this.list(id).map((value) => new Struct(value))
  }

  list(id: number): unknown[] {
    const value = this.field(id)
    if (!Array.isArray(value)) throw new Damage(`no list as field ${id}`, `字段 ${id} 不是列表`)
    return value
  }

  number(id: number): number | undefined {
    const value = this.field(id)
    if (value === undefined) return undefined
    const number = typeof value === 'bigint' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number))
      throw new Damage(`no whole number as field ${id}`, `字段 ${id} 不是整数`)
    return number
  }

  text(id: number): string | undefined {
    const value = this.field(id)
    return value === undefined ? undefined : textOf(value)
  }
}

/** Parses bytes that `walkStruct` has validated; throws if they are a different struct. */
export function parseParquetMetadata(bytes: Uint8Array): ParquetMetadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const root = new Struct(deserializeTCompactProtocol({ view, offset: 0 }))
  return {
    schema: root.structs(2).map(schemaElement),
    rows: root.number(3) ?? NaN,
    groups: root.structs(4).map((group) => ({
      rows: group.number(3) ?? NaN,
      chunks: group.structs(1).map(chunkMetadata),
    })),
  }
}

function chunkMetadata(chunk: Struct): ChunkMetadata {
  const meta = chunk.struct(3)
  return {
    file: chunk.text(1),
    encrypted: meta === undefined || chunk.field(8) !== undefined,
    type: ParquetTypes[meta?.number(1) ?? -1],
    path: meta?.list(3).map(textOf) ?? [],
    codec: CompressionCodecs[meta?.number(4) ?? -1],
    compressedSize: meta?.number(7) ?? NaN,
    dataOffset: meta?.number(9) ?? NaN,
    dictionaryOffset: meta?.number(11) ?? 0,
  }
}

function schemaElement(element: Struct): SchemaElement {
  return withoutUndefined({
    type: ParquetTypes[element.number(1) ?? -1],
    type_length: element.number(2),
    repetition_type: FieldRepetitionTypes[element.number(3) ?? -1],
    name: element.text(4) ?? '',
    num_children: element.number(5),
    converted_type: ConvertedTypes[element.number(6) ?? -1],
    scale: element.number(7),
    logical_type: logicalType(element.struct(10)),
  })
}

/** The types of a union, by the number of the field that is set. */
const logicalTypes: Readonly<Record<number, (value: Struct) => LogicalType>> = {
  1: () => ({ type: 'STRING' }),
  2: () => ({ type: 'MAP' }),
  3: () => ({ type: 'LIST' }),
  4: () => ({ type: 'ENUM' }),
  5: (value) => ({ type: 'DECIMAL', scale: value.number(1) ?? 0, precision: value.number(2) ?? 0 }),
  6: () => ({ type: 'DATE' }),
  7: (value) => ({ type: 'TIME', isAdjustedToUTC: value.field(1) === true, unit: timeUnit(value.struct(2)) }),
  8: (value) => ({ type: 'TIMESTAMP', isAdjustedToUTC: value.field(1) === true, unit: timeUnit(value.struct(2)) }),
  10: (value) => ({ type: 'INTEGER', bitWidth: value.number(1) ?? 32, isSigned: value.field(2) !== false }),
  11: () => ({ type: 'NULL' }),
  12: () => ({ type: 'JSON' }),
  13: () => ({ type: 'BSON' }),
  14: () => ({ type: 'UUID' }),
  15: () => ({ type: 'FLOAT16' }),
  16: () => ({ type: 'VARIANT' }),
  17: () => ({ type: 'GEOMETRY' }),
  18: () => ({ type: 'GEOGRAPHY' }),
  19: () => ({ type: 'FILE' }),
}

function logicalType(union: Struct | undefined): LogicalType | undefined {
  for (const [id, make] of Object.entries(logicalTypes)) {
    const value = union?.struct(Number(id))
    if (value) return make(value)
  }
  return undefined
}

function timeUnit(union: Struct | undefined): TimeUnit {
  if (union?.struct(1)) return 'MILLIS'
  if (union?.struct(2)) return 'MICROS'
  if (union?.struct(3)) return 'NANOS'
  throw new Damage('a time without a unit', '时间没有单位')
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new Damage('a value where a text should be', '应为文本之处是一个值')
  return new TextDecoder().decode(value)
}

/** Drops undefined fields, for optional properties. */
function withoutUndefined<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
}
