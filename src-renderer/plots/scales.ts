/** Chart scales: the vertical position of a value, and which values get a hairline (at most five). */

export interface Scale {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
  /** 0 at the bottom, 1 at the top; outside that range beyond the ends. */
  position(value: number): number
}

const MOST_TICKS = 5

/** Round values in a range: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function linearTicks(min: number, max: number, most = MOST_TICKS): readonly number[] {
  const span = max - min
  if (!(span > 0)) return [min]
  const power = 10 ** Math.floor(Math.log10(span / most))
  const step =
    [1, 2, 2.5, 5, 10, 20]
      .map((factor) => factor * power)
      .find((candidate) => countTicks(min, max, candidate) <= most) ?? span
  const first = Math.ceil(min / step - 1e-9)
  return Array.from({ length: countTicks(min, max, step) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** Maximum number of decimals among the ticks. */
export function decimalsOf(ticks: readonly number[]): number {
  return Math.max(...ticks.map((tick) => String(tick).split('.')[1]?.length ?? 0))
}

function countTicks(min: number, max: number, step: number): number {
  return Math.floor(max / step + 1e-9) - Math.ceil(min / step - 1e-9) + 1
}

/** Whole epochs in a range; fractions only if the view is narrower than two epochs. */
export function epochTicks(from: number, to: number, most = 9): readonly number[] {
  const ticks = linearTicks(from, to, most)
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0)
  if (step >= 1 && Number.isInteger(step)) return ticks
  if (to - from < 2) return ticks
  const whole = Math.max(1, Math.ceil(step))
  const first = Math.ceil(from / whole - 1e-9)
  return Array.from({ length: countTicks(from, to, whole) }, (_, index) => (first + index) * whole)
}

/** Values of the form 1, 3, 10, 30 … times a power of ten, thinned to at most five. */
function logTicks(min: number, max: number): readonly number[] {
  for (const lattice of [[1, 2, 3, 5], [1, 3], [1]]) {
    const ticks = latticeBetween(min, max, lattice)
    if (ticks.length <= MOST_TICKS) return ticks
  }
  const powers = latticeBetween(min, max, [1])
  const every = Math.ceil(powers.length / MOST_TICKS)
  return powers.filter((_, index) => index % every === 0)
}

function latticeBetween(min: number, max: number, lattice: readonly number[]): readonly number[] {
  const values: number[] = []
  for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.ceil(Math.log10(max)); exponent += 1) {
    for (const factor of lattice) {
      const value = Number((factor * 10 ** exponent).toPrecision(3))
      if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) values.push(value)
    }
  }
  return values
}

function linearScale(min: number, max: number): Scale {
  return { min, max, ticks: linearTicks(min, max), position: (value) => (value - min) / (max - min) }
}

/** A logarithmic scale; values at or below zero map below its bottom. */
export function logScale(min: number, max: number): Scale {
  const bottom = Math.log10(min)
  const span = Math.log10(max) - bottom
  return {
    min,
    max,
    ticks: logTicks(min, max),
    position: (value) => (value > 0 ? (Math.log10(value) - bottom) / span : -1),
  }
}

function finite(values: Iterable<number>): readonly number[] {
  return [...values].filter((value) => Number.isFinite(value))
}

const LOG_LATTICE = [1, 2, 3, 5, 10]

function latticeAtMost(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [...LOG_LATTICE].reverse().find((candidate) => candidate * power <= value * (1 + 1e-9)) ?? 1
  return Number((factor * power).toPrecision(3))
}

function latticeAtLeast(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = LOG_LATTICE.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10
  return Number((factor * power).toPrecision(3))
}

/** Visible values: the training line may leave the chart at its noisy start, epoch points never. */
export interface ShownValues {
  readonly train: Iterable<number>
  /** Points of training and validation. */
  readonly points: Iterable<number>
}

/**
 * Fraction of the smoothed training values that a linear loss or an accuracy may leave outside: about the initial
 * climb.
 */
const FIRST_CLIMB = 0.06

/** The scale of a loss chart for the drawn values. */
export function lossScale(values: ShownValues, kind: 'linear' | 'log', leftOut = FIRST_CLIMB): Scale {
  const points = finite(values.points)
  const train = [...finite(values.train)].sort((a, b) => b - a)
  const known = [...train, ...points]
  if (kind === 'log') {
    const positive = known.filter((value) => value > 0)
    if (positive.length === 0) return logScale(0.01, 10)
    const low = latticeAtMost(Math.min(...positive))
    const high = latticeAtLeast(Math.max(...positive))
    // At least half a decade, so that a flat curve does not fill the chart with noise.
    return high / low >= 3 ? logScale(low, high) : logScale(latticeAtMost(low / 2), latticeAtLeast(high * 1.5))
  }
  if (known.length === 0) return linearScale(0, 1)
  const highest = train[Math.floor(train.length * leftOut)] ?? -Infinity
  return niceLinear(Math.min(0, ...known), Math.max(highest, ...points))
}

function niceLinear(min: number, max: number): Scale {
  const ticks = linearTicks(min, max > min ? max : min + 1)
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0)
  return linearScale(
    Math.floor(min / step + 1e-9) * step,
    Number((Math.ceil(max / step - 1e-9) * step || step).toPrecision(12)),
  )
}

const ACCURACY_SPANS = [0.004, 0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.4, 0.6, 0.8, 1]

/**
 * The scale of an accuracy chart: up to 1, down to a floor that shows the relevant part; log shows the distance to 1.
 */
export function accuracyScale(values: ShownValues, kind: 'linear' | 'log', leftOut = FIRST_CLIMB): Scale {
  const points = finite(values.points)
  const train = [...finite(values.train)].sort((a, b) => a - b)
  if (train.length + points.length === 0) return linearScale(0, 1)
  const low = Math.min(train[Math.floor(train.length * leftOut)] ?? 1, ...points)
  if (kind === 'log') return errorScale(Math.max(train.at(-1) ?? 0, ...points), low)
  const span = ACCURACY_SPANS.find((candidate) => candidate >= 1 - low) ?? 1
  return linearScale(Number((1 - span).toFixed(6)), 1)
}

/** Accuracy on the logarithm of the error: 0.9, 0.97, 0.99, 0.997, … are evenly spaced. */
function errorScale(best: number, low: number): Scale {
  const errors = logScale(
    latticeAtMost(Math.max(1e-4, (1 - best) / 1.2)),
    latticeAtLeast(Math.min(1, Math.max(0.02, 1 - low))),
  )
  return {
    min: 1 - errors.max,
    max: 1 - errors.min,
    ticks: errors.ticks.map((error) => Number((1 - error).toPrecision(6))).reverse(),
    position: (value) => 1 - errors.position(Math.max(1 - value, errors.min / 2)),
  }
}
