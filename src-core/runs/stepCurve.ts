/**
 * The losses of all steps of a run as a curve with at most 2,000 points for a run of any length: a window that joins
 * late gets all of it, and drawing it costs the same at the end as at the start. Its content follows from the steps
 * alone,
 * not from how they were grouped into events, so a run looks the same live, joined late and opened from disk.
 */
import { findMetric } from '../metrics/index'
import type { StepEvent } from './events'

/** Points of a curve of means over `stride` steps each; a point is located at the last of its steps. */
export interface StepPoints {
  readonly stride: number
  /** Steps done in the whole run. */
  readonly step: Float32Array<ArrayBuffer>
  readonly loss: Float32Array<ArrayBuffer>
  /** Mean of the first metric over the steps of the point; NaN if it was not reported. */
  readonly metric: Float32Array<ArrayBuffer>
  /** Sums over the latest steps, which do not fill a point yet. */
  readonly open: OpenPoint
}

export interface OpenPoint {
  readonly count: number
  /** The last step of the point. */
  readonly step: number
  readonly loss: number
  readonly metric: number
}

export const MOST_POINTS = 2000

const NOTHING: OpenPoint = { count: 0, step: 0, loss: 0, metric: 0 }

/**
 * Points are sent as 32-bit floats and rounded when created, so that all copies of the curve continue from the same
 * values.
 */
const half = (a: number, b: number): number => Math.fround((a + b) / 2)

export class StepCurve {
  #stride = 1
  readonly #step: number[] = []
  readonly #loss: number[] = []
  readonly #metric: number[] = []
  #open = NOTHING
  #before = { epoch: 0, stepInEpoch: 0, figure: 0 }

  /** `metric` is the kind of the first metric. */
  constructor(
    private readonly metric: string | undefined,
    private readonly stepsPerEpoch: number,
  ) {}

  /** Continues from existing points. */
  static from(points: StepPoints, metric: string | undefined, stepsPerEpoch: number): StepCurve {
    const curve = new StepCurve(metric, stepsPerEpoch)
    curve.#stride = points.stride
    curve.#step.push(...points.step)
    curve.#loss.push(...points.loss)
    curve.#metric.push(...points.metric)
    curve.#open = points.open
    return curve
  }

  add(event: StepEvent): void {
    const { step, losses, metrics } = event
    const figure = metrics === undefined ? this.#recentFigure(event) : NaN
    losses.forEach((loss, i) =>
      // Files do not distinguish between non-finite numbers.
      this.#addStep(step - losses.length + 1 + i, Number.isFinite(loss) ? loss : NaN, metrics?.[i] ?? figure),
    )
  }

  points(): StepPoints {
    return {
      stride: this.#stride,
      step: Float32Array.from(this.#step),
      loss: Float32Array.from(this.#loss),
      metric: Float32Array.from(this.#metric),
      open: this.#open,
    }
  }

  /**
   * For runs from before every step reported its metric: the metric over the steps of this event if it can be derived,
   * else the running one.
   */
  #recentFigure({ epoch, step, train }: StepEvent): number {
    const figure = (this.metric === undefined ? undefined : train[this.metric]) ?? NaN
    const stepInEpoch = step - (epoch - 1) * this.stepsPerEpoch
    const before = this.#before.epoch === epoch ? this.#before : { stepInEpoch: 0, figure: 0 }
    this.#before = { epoch, stepInEpoch, figure }
    const steps = stepInEpoch - before.stepInEpoch
    const metric = findMetric(this.metric ?? '')
    if (steps <= 0 || !metric?.isMean) return figure
    const recent = (figure * stepInEpoch - before.figure * before.stepInEpoch) / steps
    return Math.min(metric.most ?? Infinity, Math.max(0, recent))
  }

  #addStep(step: number, loss: number, metric: number): void {
    const { count, loss: losses, metric: metrics } = this.#open
    const open = { count: count + 1, step, loss: losses + loss, metric: metrics + metric }
    this.#open = open
    if (open.count < this.#stride) return
    this.#step.push(step)
    this.#loss.push(Math.fround(open.loss / open.count))
    this.#metric.push(Math.fround(open.metric / open.count))
    this.#open = NOTHING
    if (this.#step.length >= MOST_POINTS) this.#halve()
  }

  /** Merges each pair of points into their mean. */
  #halve(): void {
    const pairs = this.#step.length >> 1
    for (let i = 0; i < pairs; i++) {
      this.#step[i] = this.#step[2 * i + 1]!
      this.#loss[i] = half(this.#loss[2 * i]!, this.#loss[2 * i + 1]!)
      this.#metric[i] = half(this.#metric[2 * i]!, this.#metric[2 * i + 1]!)
    }
    for (const list of [this.#step, this.#loss, this.#metric]) list.length = pairs
    this.#stride *= 2
  }
}

/** Merges two consecutive step events of the same epoch into one, without loss. */
export function joinSteps(earlier: StepEvent, later: StepEvent): StepEvent {
  const losses = [...earlier.losses, ...later.losses]
  if (earlier.metrics === undefined || later.metrics === undefined) return { ...later, losses }
  return { ...later, losses, metrics: [...earlier.metrics, ...later.metrics] }
}
