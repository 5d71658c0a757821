/** Tar archives in memory, including invalid ones. */

export interface Member {
  readonly name: string
  readonly content?: Uint8Array
  /** The size in the header, if it is wrong. */
  readonly size?: number
  readonly type?: string
}

export function tarBytes(...members: Member[]): Buffer {
  return Buffer.concat([...members.flatMap(memberBlocks), Buffer.alloc(1024)])
}

function memberBlocks({ name, content = new Uint8Array(), size = content.length, type = '0' }: Member): Buffer[] {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]
}
