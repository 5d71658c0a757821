/** ZIP archives in memory, including invalid ones. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Member {
  readonly name: string
  readonly content: Uint8Array
  readonly deflated?: boolean
  /** The size in the headers, if it is wrong. */
  readonly size?: number
  readonly compressedSize?: number
  readonly checksum?: number
  readonly flags?: number
  readonly method?: number
  readonly packed?: Uint8Array
}

export function zipBytes(...members: Member[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const member of members) {
    const packed = Buffer.from(member.packed ?? (member.deflated ? deflateRawSync(member.content) : member.content))
    const name = Buffer.from(member.name)
    const fields = fieldsOf(member, packed, name)
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      Buffer.from([20, 0]),
      fields,
      Buffer.from([0, 0]),
      name,
      packed,
    ])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0, 20, 0]), fields, Buffer.from([0, 0]), place, name]),
    )
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

/** The fields from the flags to the length of the name, common to both headers. */
function fieldsOf(member: Member, packed: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(22)
  fields.writeUInt16LE(member.flags ?? 0, 0)
  fields.writeUInt16LE(member.method ?? (member.deflated ? 8 : 0), 2)
  fields.writeUInt32LE(member.checksum ?? crc32(member.content), 8)
  fields.writeUInt32LE(member.compressedSize ?? packed.length, 12)
  fields.writeUInt32LE(member.size ?? member.content.length, 16)
  fields.writeUInt16LE(name.length, 20)
  return fields
}
