/**
 * ONNX Runtime's internal NCHWc operators. A blocked array has the shape [N, C, H, W] and the memory order N, C/B, H,
 * W, B,
 * which is transparent to elementwise operators. Implemented from that definition: unblock, apply the plain operator,
 * block.
 */
import { array64, fill, reader, sizeOf, type Array64 } from './array'
import { averagePool, convolve, globalAveragePool, maxPool } from './convolution'
import { number, numbers, onlySupports, required, type Invocation, type Operator } from './operator'

/** For every element of an array in plain order, its position in the blocked memory order. */
function blockedOrder(shape: readonly number[], block: number): Int32Array {
  const [images, channels, height, width] = shape as [number, number, number, number]
  if (channels % block !== 0) throw new Error(`reference: ${channels} channels do not fill blocks of ${block}`)
  const order = new Int32Array(sizeOf(shape))
  let plain = 0
  for (let n = 0; n < images; n++)
    for (let c = 0; c < channels; c++) {
      const start = (n * (channels / block) + Math.floor(c / block)) * height * width
      for (let pixel = 0; pixel < height * width; pixel++) order[plain++] = (start + pixel) * block + (c % block)
    }
  return order
}

/** Plain order from blocked order. */
function unblock(x: Array64, block: number): Array64 {
  const order = blockedOrder(x.shape, block)
  return { ...x, data: x.data.map((_, plain) => x.data[order[plain]!]!) }
}

/** Blocked order from plain order. */
function toBlocked(x: Array64, block: number): Array64 {
  const result = array64(x.dtype, x.shape)
  blockedOrder(x.shape, block).forEach((place, plain) => (result.data[place] = x.data[plain]!))
  return result
}

/** Weights [O, C, kh, kw] from the order O/B, C/B, kh, kw, B (in), B (out), or O/B, C, kh, kw, B (out) for a plain input. */
function unblockWeight(w: Array64, block: number, blockedInput: boolean): Array64 {
  const [, channels, kh, kw] = w.shape as [number, number, number, number]
  const inner = blockedInput ? block : 1
  return fill(w.dtype, w.shape, ([o, c, i, j]) => {
    const outer = (Math.floor(o! / block) * (channels / inner) + Math.floor(c! / inner)) * kh + i!
    return w.data[((outer * kw + j!) * inner + (c! % inner)) * block + (o! % block)]!
  })
}

function activate(call: Invocation, y: Array64): Array64 {
  onlySupports(call, 'activation', ['Relu'])
  return call.attributes.activation === undefined ? y : { ...y, data: y.data.map((value) => Math.max(value, 0)) }
}

/**
 * The kernel depends on the channels per group: a full block reads blocked input, one channel is depthwise, else plain
 * input.
 */
function conv(call: Invocation): Array64[] {
  const [x, weight] = [required(call, 0), required(call, 1)]
  const block = call.blockSize
  const group = number(call, 'group', 1)
  const perGroup = x.shape[1]! / group
  const depthwise = group > 1 && perGroup === 1 && weight.shape[0] === group
  const blockedInput = perGroup >= block
  const plainX = blockedInput || depthwise ? unblock(x, block) : x
  const y = convolve(call, plainX, unblockWeight(weight, block, blockedInput), call.inputs[2])
  const blocked = toBlocked(y, block)
  const sum = call.inputs[3]
  return [activate(call, sum ? { ...blocked, data: blocked.data.map((value, i) => value + sum.data[i]!) } : blocked)]
}

/** Channels are padded with zeros to whole blocks. */
function reorderInput(call: Invocation): Array64[] {
  const x = required(call, 0)
  const last = number(call, 'channels_last', 0) === 1
  const [n, ...rest] = x.shape as [number, number, number, number]
  const [channels, height, width] = last ? [rest[2], rest[0], rest[1]] : rest
  const read = reader(x)
  const padded = Math.ceil(channels / call.blockSize) * call.blockSize
  const plain = fill(x.dtype, [n, padded, height, width], ([i, c, h, w]) => {
    if (c! >= channels) return 0
    return read(last ? [i!, h!, w!, c!] : [i!, c!, h!, w!])
  })
  return [toBlocked(plain, call.blockSize)]
}

function reorderOutput(call: Invocation): Array64[] {
  const plain = unblock(required(call, 0), call.blockSize)
  const [n, , height, width] = plain.shape as [number, number, number, number]
  const channels = number(call, 'channels', 0)
  const read = reader(plain)
  if (number(call, 'channels_last', 0) === 1)
    return [fill(plain.dtype, [n, height, width, channels], ([i, h, w, c]) => read([i!, c!, h!, w!]))]
  return [fill(plain.dtype, [n, channels, height, width], read)]
}

const pooled =
  (f: (call: Invocation, x: Array64) => Array64): Operator =>
  (call) => [toBlocked(f(call, unblock(required(call, 0), call.blockSize)), call.blockSize)]

export const blocked = {
  'nchwc.Conv': conv,
  'nchwc.MaxPool': pooled((call, x) => maxPool(call, x)[0]!),
  'nchwc.AveragePool': pooled(averagePool),
  'nchwc.GlobalAveragePool': pooled((_, x) => globalAveragePool(x)),
  'nchwc.Upsample': pooled((call, x) => {
    onlySupports(call, 'mode', ['nearest'])
    const scales = numbers(call, 'scales', [1, 1, 1, 1])
    const read = reader(x)
    const shape = x.shape.map((size, axis) => size * scales[axis]!)
    return fill(x.dtype, shape, (place) => read(place.map((at, axis) => Math.floor(at / scales[axis]!))))
  }),
  'nchwc.ReorderInput': reorderInput,
  'nchwc.ReorderOutput': reorderOutput,
} satisfies Record<string, Operator>
