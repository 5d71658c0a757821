/**
 * The losses of all steps of a run as a curve that never holds more than 2,000 points, however long the run: whoever joins
 * late gets it whole, and drawing it costs the same at the end as at the start.
 */
import type { StepEvent } from './events'

/** Points of a curve of means over `stride` steps each; a point stands at the last of its steps. */
export interface StepPoints {
  readonly stride: number
  /** Steps done in the whole run. */
  readonly step: Float32Array<ArrayBuffer>
  readonly loss: Float32Array<ArrayBuffer>
  /** The first metric over the steps of the point; NaN where it was not told. */
  readonly metric: Float32Array<ArrayBuffer>
}

export const MOST_POINTS = 2000

/** Metrics that are means over samples: what a few steps contributed follows from the running figures around them. */
const meanMetrics: readonly string[] = ['accuracy', 'mae']

export class StepCurve {
  #stride = 1
  readonly #step: number[] = []
  readonly #loss: number[] = []
  readonly #metric: number[] = []
  /** Steps that do not fill a point yet. */
  #open = { count: 0, loss: 0, metric: 0 }
  #before = { epoch: 0, stepInEpoch: 0, figure: 0 }

  /** `metric` is the kind of the first metric. */
  constructor(
    private readonly metric: string | undefined,
    private readonly stepsPerEpoch: number,
  ) {}

  /** Goes on from points that were made elsewhere. */
  static from(points: StepPoints, metric: string | undefined, stepsPerEpoch: number): StepCurve {
    const curve = new StepCurve(metric, stepsPerEpoch)
    curve.#stride = points.stride
    curve.#step.push(...points.step)
    curve.#loss.push(...points.loss)
    curve.#metric.push(...points.metric)
    return curve
  }

  add(event: StepEvent): void {
    const figure = this.#recentFigure(event)
    event.losses.forEach((loss, i) => this.#addStep(event.step - event.losses.length + 1 + i, loss, figure))
  }

  points(): StepPoints {
    return {
      stride: this.#stride,
      step: Float32Array.from(this.#step),
      loss: Float32Array.from(this.#loss),
      metric: Float32Array.from(this.#metric),
    }
  }

  /** The metric over the steps of this event alone where that can be known, else the running one. */
  #recentFigure({ epoch, step, train }: StepEvent): number {
    const figure = (this.metric === undefined ? undefined : train[this.metric]) ?? NaN
    const stepInEpoch = step - (epoch - 1) * this.stepsPerEpoch
    const before = this.#before.epoch === epoch ? this.#before : { stepInEpoch: 0, figure: 0 }
    this.#before = { epoch, stepInEpoch, figure }
    const steps = stepInEpoch - before.stepInEpoch
    if (steps <= 0 || this.metric === undefined || !meanMetrics.includes(this.metric)) return figure
    const recent = (figure * stepInEpoch - before.figure * before.stepInEpoch) / steps
    return this.metric === 'accuracy' ? Math.min(1, Math.max(0, recent)) : Math.max(0, recent)
  }

  #addStep(step: number, loss: number, metric: number): void {
    const open = { count: this.#open.count + 1, loss: this.#open.loss + loss, metric: this.#open.metric + metric }
    this.#open = open
    if (open.count < this.#stride) return
    this.#step.push(step)
    this.#loss.push(open.loss / open.count)
    this.#metric.push(open.metric / open.count)
    this.#open = { count: 0, loss: 0, metric: 0 }
    if (this.#step.length >= MOST_POINTS) this.#halve()
  }

  /** Joins every two points into their mean. */
  #halve(): void {
    const half = this.#step.length >> 1
    for (let i = 0; i < half; i++) {
      this.#step[i] = this.#step[2 * i + 1]!
      this.#loss[i] = (this.#loss[2 * i]! + this.#loss[2 * i + 1]!) / 2
      this.#metric[i] = (this.#metric[2 * i]! + this.#metric[2 * i + 1]!) / 2
    }
    for (const list of [this.#step, this.#loss, this.#metric]) list.length = half
    this.#stride *= 2
  }
}

/** One step event that says all that two in a row said. */
export function joinSteps(earlier: StepEvent, later: StepEvent): StepEvent {
  return { ...later, losses: [...earlier.losses, ...later.losses] }
}
