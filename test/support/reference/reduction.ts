/** Reductions, softmax and normalization in float64. */
import { array64, eachPlace, fill, reader, sizeOf, type Array64 } from './array'
import { listInput, number, positiveAxis, required, type Invocation, type Operator } from './operator'

/** All elements that reduce to each element of the result, over `axes`. */
function groups(x: Array64, axes: ReadonlySet<number>): { shape: number[]; members: number[][] } {
  const shape = x.shape.map((size, axis) => (axes.has(axis) ? 1 : size))
  const members: number[][] = Array.from({ length: sizeOf(shape) }, () => [])
  eachPlace(x.shape, (place, index) => {
    const target = shape.reduce((at, size, axis) => at * size + (axes.has(axis) ? 0 : place[axis]!), 0)
    members[target]!.push(x.data[index]!)
  })
  return { shape, members }
}

function axesOf(call: Invocation, rank: number): Set<number> {
  const axes = listInput(call, 1) ?? []
  return new Set(
    axes.length > 0 ? axes.map((axis) => positiveAxis(axis, rank)) : Array.from({ length: rank }, (_, i) => i),
  )
}

const reduce =
  (f: (values: readonly number[]) => number): Operator =>
  (call) => {
    const x = required(call, 0)
    const axes = axesOf(call, x.shape.length)
    const { shape, members } = groups(x, axes)
    const keep = number(call, 'keepdims', 1) === 1
    const final = keep ? shape : shape.filter((_, axis) => !axes.has(axis))
    return [array64(x.dtype, final, Float64Array.from(members, f))]
  }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]) => sum(values) / values.length
const max = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)
const logSumExp = (values: readonly number[]) => {
  const top = max(values)
  return top + Math.log(sum(values.map((value) => Math.exp(value - top))))
}
const variance = (values: readonly number[]) => {
  const center = mean(values)
  return mean(values.map((value) => (value - center) ** 2))
}

/** The statistic of each element's group, by the element's coordinates. */
function perGroup(x: Array64, axes: ReadonlySet<number>, f: (values: readonly number[]) => number) {
  const { shape, members } = groups(x, axes)
  const read = reader(array64(x.dtype, shape, Float64Array.from(members, f)))
  return (place: readonly number[]) => read(place.map((at, axis) => (axes.has(axis) ? 0 : at)))
}

const along = (call: Invocation, x: Array64) => new Set([positiveAxis(number(call, 'axis', -1), x.shape.length)])

/** Mean and population variance per channel (axis 1). */
function channelStatistics(x: Array64): { mean: number[]; variance: number[] } {
  const axes = new Set(x.shape.map((_, axis) => axis).filter((axis) => axis !== 1))
  const { members } = groups(x, axes)
  return { mean: members.map(mean), variance: members.map(variance) }
}

function batchNormalization(call: Invocation): Array64[] {
  const [x, scale, bias, inputMean, inputVariance] = [0, 1, 2, 3, 4].map((i) => required(call, i))
  const epsilon = number(call, 'epsilon', 1e-5)
  const training = number(call, 'training_mode', 0) === 1
  const used = training ? channelStatistics(x!) : { mean: [...inputMean!.data], variance: [...inputVariance!.data] }
  const read = reader(x!)
  const y = fill(x!.dtype, x!.shape, (place) => {
    const c = place[1]!
    const spread = Math.sqrt(used.variance[c]! + epsilon)
    return ((read(place) - used.mean[c]!) / spread) * scale!.data[c]! + bias!.data[c]!
  })
  if (!training) return [y]
  const momentum = number(call, 'momentum', 0.9)
  const running = (old: Array64, now: readonly number[]) =>
    array64(
      old.dtype,
      old.shape,
      old.data.map((value, c) => momentum * value + (1 - momentum) * now[c]!),
    )
  return [y, running(inputMean!, used.mean), running(inputVariance!, used.variance)]
}

function layerNormalization(call: Invocation): Array64[] {
  const x = required(call, 0)
  const rank = x.shape.length
  const axis = positiveAxis(number(call, 'axis', -1), rank)
  const axes = new Set(Array.from({ length: rank - axis }, (_, i) => axis + i))
  const epsilon = number(call, 'epsilon', 1e-5)
  const [center, spread] = [perGroup(x, axes, mean), perGroup(x, axes, (v) => 1 / Math.sqrt(variance(v) + epsilon))]
  const [read, scale] = [reader(x), reader(required(call, 1))]
  const bias = call.inputs[2] ? reader(call.inputs[2]) : () => 0
  const y = fill(x.dtype, x.shape, (place) => {
    const inner = place.slice(axis)
    return (read(place) - center(place)) * spread(place) * scale(inner) + bias(inner)
  })
  const reduced = x.shape.map((size, i) => (i < axis ? size : 1))
  return [y, fill(x.dtype, reduced, center), fill(x.dtype, reduced, spread)]
}

function argMax(call: Invocation): Array64[] {
  const x = required(call, 0)
  const axis = positiveAxis(number(call, 'axis', 0), x.shape.length)
  const { shape, members } = groups(x, new Set([axis]))
  const first = Float64Array.from(members, (values) => values.indexOf(max(values)))
  const final = number(call, 'keepdims', 1) === 1 ? shape : shape.filter((_, i) => i !== axis)
  return [array64('int64', final, first)]
}

export const reduction = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce(mean),
  ReduceMax: reduce(max),
  ReduceLogSumExp: reduce(logSumExp),
  ReduceSumSquare: reduce((values) => sum(values.map((value) => value * value))),
  ArgMax: argMax,
  Softmax: (call) => {
    const x = required(call, 0)
    const [read, total] = [reader(x), perGroup(x, along(call, x), logSumExp)]
    return [fill(x.dtype, x.shape, (place) => Math.exp(read(place) - total(place)))]
  },
  LogSoftmax: (call) => {
    const x = required(call, 0)
    const [read, total] = [reader(x), perGroup(x, along(call, x), logSumExp)]
    return [fill(x.dtype, x.shape, (place) => read(place) - total(place))]
  },
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
} satisfies Record<string, Operator>
