/** Operators that move, select, repeat or lay out elements. */
import { array64, eachPlace, fill, reader, sizeOf, type Array64 } from './array'
import {
  listInput,
  number,
  numbers,
  onlySupports,
  positiveAxis,
  required,
  type Invocation,
  type Operator,
} from './operator'

const list = (call: Invocation, index: number): number[] => [...required(call, index).data]

function reshape(call: Invocation): Array64[] {
  const x = required(call, 0)
  const shape = list(call, 1).map((size, axis) => (size === 0 ? x.shape[axis]! : size))
  const hole = shape.indexOf(-1)
  if (hole >= 0) shape[hole] = x.data.length / sizeOf(shape.filter((_, axis) => axis !== hole))
  return [array64(x.dtype, shape, x.data)]
}

function slice(call: Invocation): Array64[] {
  const x = required(call, 0)
  const [starts, ends] = [list(call, 1), list(call, 2)]
  const axes = listInput(call, 3) ?? starts.map((_, i) => i)
  const steps = listInput(call, 4) ?? starts.map(() => 1)
  const ranges = x.shape.map((size) => ({ start: 0, step: 1, count: size }))
  axes.forEach((given, i) => {
    const axis = positiveAxis(given, x.shape.length)
    const [size, step] = [x.shape[axis]!, steps[i]!]
    const clamp = (value: number, low: number, high: number) =>
      Math.min(Math.max(value < 0 ? value + size : value, low), high)
    const start = step > 0 ? clamp(starts[i]!, 0, size) : clamp(starts[i]!, 0, size - 1)
    const end = step > 0 ? clamp(ends[i]!, 0, size) : clamp(ends[i]!, -1, size - 1)
    ranges[axis] = { start, step, count: Math.max(0, Math.ceil((end - start) / step)) }
  })
  const read = reader(x)
  const shape = ranges.map(({ count }) => count)
  return [fill(x.dtype, shape, (place) => read(place.map((at, i) => ranges[i]!.start + at * ranges[i]!.step)))]
}

function pad(call: Invocation): Array64[] {
  onlySupports(call, 'mode', ['constant'])
  const x = required(call, 0)
  const pads = list(call, 1)
  const value = call.inputs[2]?.data[0] ?? 0
  const shape = x.shape.map((size, axis) => size + pads[axis]! + pads[axis + x.shape.length]!)
  const read = reader(x)
  return [
    fill(x.dtype, shape, (place) => {
      const from = place.map((at, axis) => at - pads[axis]!)
      return from.every((at, axis) => at >= 0 && at < x.shape[axis]!) ? read(from) : value
    }),
  ]
}

function concat(call: Invocation): Array64[] {
  const inputs = call.inputs.map((_, i) => required(call, i))
  const axis = positiveAxis(number(call, 'axis', 0), inputs[0]!.shape.length)
  const owner = inputs.flatMap((x) => Array.from({ length: x.shape[axis]! }, (_, at) => ({ read: reader(x), at })))
  const shape = inputs[0]!.shape.map((size, i) => (i === axis ? owner.length : size))
  return [
    fill(inputs[0]!.dtype, shape, (place) => {
      const { read, at } = owner[place[axis]!]!
      return read(place.map((p, i) => (i === axis ? at : p)))
    }),
  ]
}

function split(call: Invocation): Array64[] {
  const x = required(call, 0)
  const axis = positiveAxis(number(call, 'axis', 0), x.shape.length)
  const read = reader(x)
  let start = 0
  return list(call, 1).map((count) => {
    const from = start
    start += count
    const shape = x.shape.map((size, i) => (i === axis ? count : size))
    return fill(x.dtype, shape, (place) => read(place.map((p, i) => (i === axis ? p + from : p))))
  })
}

function gather(call: Invocation): Array64[] {
  const [x, indices] = [required(call, 0), required(call, 1)]
  const axis = positiveAxis(number(call, 'axis', 0), x.shape.length)
  const [read, pick] = [reader(x), reader(indices)]
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)]
  return [
    fill(x.dtype, shape, (place) => {
      const at = positiveAxis(pick(place.slice(axis, axis + indices.shape.length)), x.shape[axis]!)
      return read([...place.slice(0, axis), at, ...place.slice(axis + indices.shape.length)])
    }),
  ]
}

function gatherElements(call: Invocation): Array64[] {
  const [x, indices] = [required(call, 0), required(call, 1)]
  const axis = positiveAxis(number(call, 'axis', 0), x.shape.length)
  const [read, pick] = [reader(x), reader(indices)]
  const element = (place: number[]) =>
    read(place.map((p, i) => (i === axis ? positiveAxis(pick(place), x.shape[axis]!) : p)))
  return [fill(x.dtype, indices.shape, element)]
}

function scatterElements(call: Invocation): Array64[] {
  onlySupports(call, 'reduction', ['none', 'add'])
  const [x, indices, updates] = [required(call, 0), required(call, 1), required(call, 2)]
  const axis = positiveAxis(number(call, 'axis', 0), x.shape.length)
  const result = array64(x.dtype, x.shape, x.data.slice())
  const adds = call.attributes.reduction === 'add'
  eachPlace(indices.shape, (place, index) => {
    const target = x.shape.reduce((at, size, i) => {
      const p = i === axis ? positiveAxis(indices.data[index]!, size) : place[i]!
      return at * size + p
    }, 0)
    result.data[target] = updates.data[index]! + (adds ? result.data[target]! : 0)
  })
  return [result]
}

/** Unsqueeze: axes of size one are inserted at `axes` of the result. */
function unsqueeze(call: Invocation): Array64[] {
  const x = required(call, 0)
  const rank = x.shape.length + list(call, 1).length
  const axes = new Set(list(call, 1).map((axis) => positiveAxis(axis, rank)))
  const rest = [...x.shape]
  return [
    array64(
      x.dtype,
      Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : rest.shift()!)),
      x.data,
    ),
  ]
}

function expand(call: Invocation): Array64[] {
  const x = required(call, 0)
  const asked = list(call, 1)
  const rank = Math.max(asked.length, x.shape.length)
  const at = <T>(values: readonly T[], axis: number, fallback: T) => values[axis - rank + values.length] ?? fallback
  const shape = Array.from({ length: rank }, (_, axis) => {
    const [a, b] = [at(asked, axis, 1), at(x.shape, axis, 1)]
    if (a !== b && a !== 1 && b !== 1)
      throw new Error(`reference: cannot expand [${x.shape.join()}] to [${asked.join()}]`)
    return Math.max(a, b)
  })
  const read = reader(x)
  const offset = rank - x.shape.length
  return [fill(x.dtype, shape, (place) => read(x.shape.map((size, i) => (size === 1 ? 0 : place[i + offset]!))))]
}

function resize(call: Invocation): Array64[] {
  onlySupports(call, 'mode', ['nearest'])
  onlySupports(call, 'coordinate_transformation_mode', ['asymmetric'])
  onlySupports(call, 'nearest_mode', ['floor'])
  const x = required(call, 0)
  const scales = list(call, 2)
  const read = reader(x)
  const shape = x.shape.map((size, axis) => Math.floor(size * scales[axis]!))
  return [fill(x.dtype, shape, (place) => read(place.map((at, axis) => Math.floor(at / scales[axis]!))))]
}

export const movement = {
  Reshape: reshape,
  Transpose: (call) => {
    const x = required(call, 0)
    const perm = numbers(
      call,
      'perm',
      x.shape.map((_, i) => x.shape.length - 1 - i),
    )
    const read = reader(x)
    const source = x.shape.map((_, axis) => perm.indexOf(axis))
    return [
      fill(
        x.dtype,
        perm.map((axis) => x.shape[axis]!),
        (place) => read(source.map((at) => place[at]!)),
      ),
    ]
  },
  Unsqueeze: unsqueeze,
  Squeeze: (call) => {
    const x = required(call, 0)
    const axes = listInput(call, 1)?.map((axis) => positiveAxis(axis, x.shape.length))
    return [
      array64(
        x.dtype,
        x.shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1)),
        x.data,
      ),
    ]
  },
  Expand: expand,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Tile: (call) => {
    const x = required(call, 0)
    const repeats = list(call, 1)
    const read = reader(x)
    const shape = x.shape.map((size, axis) => size * repeats[axis]!)
    return [fill(x.dtype, shape, (place) => read(place.map((at, axis) => at % x.shape[axis]!)))]
  },
  Gather: gather,
  GatherElements: gatherElements,
  ScatterElements: scatterElements,
  OneHot: (call) => {
    const [indices, values] = [required(call, 0), required(call, 2)]
    const depth = list(call, 1)[0]!
    if (number(call, 'axis', -1) !== -1) throw new Error('reference: OneHot along an axis other than the last')
    const read = reader(indices)
    const on = (place: number[]) => positiveAxis(read(place.slice(0, -1)), depth) === place.at(-1)
    return [fill(values.dtype, [...indices.shape, depth], (place) => values.data[on(place) ? 1 : 0]!)]
  },
  Resize: resize,
} satisfies Record<string, Operator>
