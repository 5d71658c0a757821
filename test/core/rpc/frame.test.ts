import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, FrameError } from '#core/rpc/frame'

const roundTrip = (message: unknown): unknown => decodeFrame(encodeFrame(message).buffer)

const typedArrays = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint8ClampedArray(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
)
const key = fc.string().filter((name) => name !== '$bin' && name !== '__proto__')
const { message } = fc.letrec((tie) => ({
  message: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    typedArrays,
    fc.uint8Array().map((bytes) => bytes.slice().buffer),
    fc.array(tie('message')),
    fc.dictionary(key, tie('message'), { noNullPrototype: true }),
  ),
}))

/** A frame with this text followed by these bytes, well-formed or not. */
function frameOf(text: string, binary = new Uint8Array(0), magic = 0x4c4f4f4d, textBytes?: number): ArrayBuffer {
  const encoded = new TextEncoder().encode(text)
  const frame = new Uint8Array(Math.ceil((8 + encoded.length) / 8) * 8 + binary.length)
  const header = new DataView(frame.buffer)
  header.setUint32(0, magic, true)
  header.setUint32(4, textBytes ?? encoded.length, true)
  frame.set(encoded, 8)
  frame.set(binary, frame.length - binary.length)
  return frame.buffer
}

describe('a frame', () => {
  it('round-trips any plain data with typed arrays, special numbers and any text', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(roundTrip(value)).toStrictEqual(value)
      }),
      { numRuns: 500, seed: 7 },
    )
  })

  it('contains only the viewed part of a larger array, and shares its memory with the decoded arrays', () => {
    const frame = encodeFrame({
      part: new Float32Array([1, 2, 3, 4]).subarray(1, 3),
      after: new Uint8Array([9]),
    }).buffer
    const decoded = decodeFrame(frame) as { part: Float32Array; after: Uint8Array }
    expect([...decoded.part]).toEqual([2, 3])
    expect(decoded.part.buffer).toBe(frame)
    expect(decoded.after.buffer).toBe(frame)
  })

  it("carries Node's Buffer as bytes, not as its toJSON output", () => {
    expect(roundTrip({ bytes: Buffer.from('abc') })).toEqual({ bytes: new Uint8Array([97, 98, 99]) })
  })

  it('is not created from data with reserved keys or without a JSON form', () => {
    expect(() => encodeFrame({ $bin: ['Uint8Array', 1] })).toThrow(TypeError)
    expect(() => encodeFrame(JSON.parse('{"__proto__":{"admin":true}}'))).toThrow(TypeError)
    expect(() => encodeFrame({ count: 1n })).toThrow(TypeError)
  })
})

describe('decoding rejects', () => {
  const eight = new Uint8Array(8)
  it.each<[string, ArrayBuffer]>([
    ['nothing at all', new ArrayBuffer(0)],
    ['half a header', new ArrayBuffer(7)],
    ['another magic number', frameOf('{"m":1}', undefined, 0x4e4e5250)],
    ['a text longer than the frame', frameOf('{"m":1}', undefined, undefined, 4_000_000_000)],
    ['text that is not JSON', frameOf('{"m":')],
    ['no message', frameOf('{}')],
    ['a message that is a bare value', frameOf('3')],
    ['bytes that nothing refers to', frameOf('{"m":1}', eight)],
    ['an array longer than the frame', frameOf('{"m":{"$bin":["Uint8Array",9]}}', eight)],
    ['an array of negative length', frameOf('{"m":{"$bin":["Uint8Array",-8]}}', eight)],
    ['an array of fractional length', frameOf('{"m":{"$bin":["Uint8Array",7.5]}}', eight)],
    ['an array of a length that is a text', frameOf('{"m":{"$bin":["Uint8Array","8"]}}', eight)],
    ['an array of huge length', frameOf('{"m":{"$bin":["Uint8Array",9007199254740991]}}', eight)],
    ['an array that ends inside an element', frameOf('{"m":{"$bin":["Float32Array",7]}}', eight)],
    ['an array of an unknown type', frameOf('{"m":{"$bin":["constructor",8]}}', eight)],
    ['one buffer for two arrays', frameOf('{"m":[{"$bin":["Uint8Array",8]},{"$bin":["Uint8Array",8]}]}', eight)],
    ['an unknown special value', frameOf('{"m":{"$bin":"toString"}}')],
    ['a reference that is an object', frameOf('{"m":{"$bin":{}}}')],
    ['a key __proto__', frameOf('{"m":{"__proto__":{"admin":true}}}')],
    ['a key __proto__ in disguise', frameOf('{"m":{"\\u005f_proto__":1}}')],
    ['a hundred thousand nested lists', frameOf('{"m":' + '['.repeat(100_000) + ']'.repeat(100_000) + '}')],
  ])('%s', (_what, frame) => {
    expect(() => decodeFrame(frame)).toThrow(FrameError)
  })

  it('any bytes with a FrameError or decodes them, and never fails otherwise', () => {
    const decode = (bytes: Uint8Array): void => {
      try {
        decodeFrame(bytes.slice().buffer)
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), decode), { numRuns: 500, seed: 7 })
    const changed = fc.tuple(message, fc.nat(), fc.nat(255)).map(([value, position, byte]) => {
      const frame = encodeFrame(value)
      frame[position % frame.length] = byte
      return frame
    })
    fc.assert(fc.property(changed, decode), { numRuns: 1000, seed: 7 })
  })
})
