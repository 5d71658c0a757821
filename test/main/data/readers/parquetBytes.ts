/** Parquet files in memory, written with hyparquet-writer, including invalid ones. */
import { ByteWriter, parquetWriteBuffer, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer'
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js'
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js'

type Options = Omit<ParquetWriteOptions, 'writer' | 'columnData'>
/** A Thrift struct: values by `field_1`, `field_2`, … in the format's numbering. */
export type Struct = Parameters<typeof serializeTCompactProtocol>[1]

const FOOTER = 8

export function parquetBytes(columnData: ColumnSource[], options: Options = {}): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, ...options }))
}

/** The file with a different value in its metadata, at a path of field numbers and list indices. */
export function withField(file: Buffer, path: readonly number[], value: unknown): Buffer {
  const end = descriptionBegin(file)
  const view = new DataView(file.buffer, file.byteOffset + end, file.length - end)
  const description = deserializeTCompactProtocol({ view, offset: 0 })
  let node: Record<string | number, unknown> = description
  path.forEach((step, i) => {
    const key = Array.isArray(node) ? step : `field_${step}`
    if (i === path.length - 1) setField(node, key, value)
    else node = node[key] as typeof node
  })
  return withDescription(file.subarray(0, end), structBytes(description))
}

/** Fields are written in the order of their numbers. */
function setField(node: Record<string | number, unknown>, key: string | number, value: unknown): void {
  const others = Object.entries(node).filter(([name]) => name !== `${key}`)
  const fields = [...others, [`${key}`, value] as const]
  const numberOf = ([name]: readonly [string, unknown]) => Number(name.replace('field_', ''))
  fields.sort((a, b) => numberOf(a) - numberOf(b))
  for (const [name, field] of fields) {
    delete node[name]
    node[name] = field
  }
}

/** The bytes before the metadata, then any metadata. */
export function withDescription(before: Uint8Array, description: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(description.length)
  return Buffer.concat([before, description, length, Buffer.from('PAR1')])
}

/** Four rows of a required column `n` with the given pages. */
export function pagesBytes(column: Pick<ColumnSource, 'data' | 'type'>, ...pages: Uint8Array[]): Buffer {
  const file = parquetBytes([{ name: 'n', encoding: 'PLAIN', nullable: false, ...column }], { codec: 'UNCOMPRESSED' })
  const chunk = [4, 0, 1, 0, 3]
  const content = Buffer.concat(pages)
  const sized = withField(withField(file, [...chunk, 7], BigInt(content.length)), [...chunk, 9], 4n)
  const description = sized.subarray(descriptionBegin(sized), -FOOTER)
  return withDescription(Buffer.concat([Buffer.from('PAR1'), content]), description)
}

export function structBytes(struct: Struct): Buffer {
  const writer = new ByteWriter()
  serializeTCompactProtocol(writer, struct)
  return Buffer.from(writer.getBytes())
}

function descriptionBegin(file: Buffer): number {
  return file.length - FOOTER - file.readUInt32LE(file.length - FOOTER)
}
