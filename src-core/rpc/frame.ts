/**
 * One message as one binary WebSocket frame: the socket's counterpart of structured clone on a message port.
 *
 * u32 magic · u32 length of the text · JSON text, padded to 8 · the binary values in text order, each padded to 8
 *
 * Typed arrays appear in the text as `{"$bin":["Float32Array",byteLength]}` and decode to views into the frame, without
 * a copy. The offset of each follows from the lengths before it, so no frame can point outside itself or to one buffer
 * twice. Numbers that JSON lacks are `{"$bin":"NaN"}` and so on. Frames use the machine's byte order, which is
 * little-endian on all platforms this app runs on.
 */

const MAGIC = 0x4c4f4f4d // "LOOM"
const HEADER = 8
const TAG = '$bin'

const arrays = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
}
type ArrayName = keyof typeof arrays
const specialNumbers: Record<string, number> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 }

const align = (bytes: number): number => Math.ceil(bytes / 8) * 8
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A received frame in another format. */
export class FrameError extends Error {
  override name = 'FrameError'
}

/**
 * Encodes plain data: null, booleans, numbers, strings, arrays, plain objects, typed arrays and ArrayBuffers.
 * @throws TypeError for bigints, cycles, and objects with a key `$bin` or `__proto__`
 */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  let binaryBytes = 0
  const text = JSON.stringify(
    { m: message },
    function (this: Record<string, unknown>, key: string, converted: unknown) {
      if (key === '__proto__') throw new TypeError('A message must not have a key "__proto__"')
      // The value before `toJSON`, which Node's Buffer has.
      const value = this[key]
      if (typeof value === 'number') return specialNumber(value)
      if (value === null || typeof value !== 'object') return converted
      const bytes = bytesOf(value)
      if (bytes === undefined) {
        if (Object.hasOwn(value, TAG)) throw new TypeError(`A message must not have a key "${TAG}"`)
        return converted
      }
      parts.push(bytes)
      binaryBytes += align(bytes.byteLength)
      return { [TAG]: [nameOf(value), bytes.byteLength] }
    },
  )
  return assemble(encoder.encode(text), parts, binaryBytes)
}

function specialNumber(value: number): unknown {
  if (Object.is(value, -0)) return { [TAG]: '-0' }
  return Number.isFinite(value) ? value : { [TAG]: String(value) }
}

/** By tag rather than `instanceof`, which fails for values from another realm. */
function nameOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

function bytesOf(value: object): Uint8Array | undefined {
  const name = nameOf(value)
  if (name === 'ArrayBuffer') return new Uint8Array(value as ArrayBuffer)
  if (!Object.hasOwn(arrays, name)) return undefined
  const view = value as Uint8Array
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

function assemble(text: Uint8Array, parts: readonly Uint8Array[], binaryBytes: number): Uint8Array<ArrayBuffer> {
  let offset = align(HEADER + text.byteLength)
  const frame = new Uint8Array(offset + binaryBytes)
  const header = new DataView(frame.buffer)
  header.setUint32(0, MAGIC, true)
  header.setUint32(4, text.byteLength, true)
  frame.set(text, HEADER)
  for (const part of parts) {
    frame.set(part, offset)
    offset += align(part.byteLength)
  }
  return frame
}

/**
 * Decodes a frame; typed arrays in the result are views into `frame`.
 * @throws FrameError for anything that `encodeFrame` does not produce
 */
export function decodeFrame(frame: ArrayBuffer): unknown {
  if (frame.byteLength < HEADER) throw new FrameError('shorter than its header')
  const header = new DataView(frame)
  if (header.getUint32(0, true) !== MAGIC) throw new FrameError('not a Layerloom frame')
  const textBytes = header.getUint32(4, true)
  if (HEADER + textBytes > frame.byteLength) throw new FrameError('shorter than its text')
  let offset = align(HEADER + textBytes)
  const take = (name: unknown, bytes: unknown): unknown => {
    if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0 || offset + bytes > frame.byteLength)
      throw new FrameError('shorter than its binary values')
    const start = offset
    offset += align(bytes)
    return view(frame, name, start, bytes)
  }
  const message = parse(decoder.decode(new Uint8Array(frame, HEADER, textBytes)), take)
  if (offset !== frame.byteLength) throw new FrameError('longer than its content')
  return message
}

function parse(text: string, take: (name: unknown, bytes: unknown) => unknown): unknown {
  let envelope: unknown
  try {
    envelope = JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new FrameError('a key "__proto__"')
      if (value === null || typeof value !== 'object' || !Object.hasOwn(value, TAG)) return value
      const reference = (value as Record<string, unknown>)[TAG]
      if (Array.isArray(reference)) return take(reference[0], reference[1])
      if (typeof reference === 'string' && Object.hasOwn(specialNumbers, reference)) return specialNumbers[reference]
      throw new FrameError('an unknown special value')
    })
  } catch (error) {
    if (error instanceof FrameError) throw error
    // A SyntaxError, or a RangeError if the nesting is too deep for the parser.
    throw new FrameError(`text that is not JSON (${(error as Error).message})`)
  }
  if (envelope === null || typeof envelope !== 'object' || !Object.hasOwn(envelope, 'm'))
    throw new FrameError('no message')
  return (envelope as { m: unknown }).m
}

function view(frame: ArrayBuffer, name: unknown, start: number, bytes: number): unknown {
  if (name === 'ArrayBuffer') return frame.slice(start, start + bytes)
  if (typeof name !== 'string' || !Object.hasOwn(arrays, name)) throw new FrameError('an unknown array type')
  const constructor = arrays[name as ArrayName]
  if (bytes % constructor.BYTES_PER_ELEMENT !== 0) throw new FrameError('an array that ends inside an element')
  return new constructor(frame, start, bytes / constructor.BYTES_PER_ELEMENT)
}
