/** .npy files in memory, including invalid ones. */

/** Like numpy.save, with any header and payload. */
export function npyBytes(descr: string, shape: string, payload: Uint8Array, order = 'False'): Buffer {
  const dict = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`
  const header = `${dict.padEnd(117)}\n`
  const prefix = Buffer.from('\x93NUMPY\x01\x00\0\0', 'latin1')
  prefix.writeUInt16LE(header.length, 8)
  return Buffer.concat([prefix, Buffer.from(header), payload])
}
