/** Turns runtime calls into step events: at most thirty per second, with speed, time left and every loss. */
import type { Figures, StepEvent } from '#core/runs/events'

/** Milliseconds between step events. */
const SPACING = 1000 / 30
/** Milliseconds between memory readings. */
const MEMORY_SPACING = 250
/** Milliseconds of training to measure the speed over. */
const WINDOW = 2000

export interface ProgressStep {
  readonly epoch: number
  readonly step: number
  readonly losses: Float32Array
  /** The first metric on the batch of each step. */
  readonly metrics: Float32Array
  readonly learningRate: number
  readonly train: Figures
  readonly samples: number
  /** Elapsed time since the previous step. */
  readonly milliseconds: number
}

export class TrainingProgress {
  #losses: number[] = []
  #metrics: number[] = []
  #latest: ProgressStep | undefined
  #told = -Infinity
  readonly #window: { samples: number; milliseconds: number }[] = []
  #memory = { asked: -Infinity, bytes: 0 }
  /** Seconds per validation. */
  #validation = 0

  constructor(
    private readonly plan: {
      readonly samplesPerEpoch: number
      readonly stepsPerEpoch: number
      readonly epochs: number
    },
    private readonly tell: (event: StepEvent) => Promise<void>,
  ) {}

  /** Adds the steps of one call. */
  async take(step: ProgressStep): Promise<void> {
    for (const loss of step.losses) this.#losses.push(loss)
    // A 32-bit float has seven digits; more would only bloat the log.
    for (const metric of step.metrics) this.#metrics.push(Number(metric.toPrecision(7)))
    this.#latest = step
    this.#window.push(step)
    let covered = this.#window.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
    while (this.#window.length > 1 && covered - this.#window[0]!.milliseconds > WINDOW)
      covered -= this.#window.shift()!.milliseconds
    if (performance.now() - this.#told >= SPACING) await this.flush()
  }

  validated(seconds: number): void {
    this.#validation = seconds
  }

  /** Reports what has not been reported yet. */
  async flush(): Promise<void> {
    const latest = this.#latest
    if (!latest || this.#losses.length === 0) return
    const losses = this.#losses
    const metrics = this.#metrics
    this.#losses = []
    this.#metrics = []
    this.#told = performance.now()
    const { epoch, step, learningRate, train } = latest
    const samplesPerSecond = this.#samplesPerSecond()
    await this.tell({
      event: 'step',
      epoch,
      step,
      loss: losses.at(-1)!,
      train,
      losses,
      metrics,
      learningRate,
      samplesPerSecond,
      secondsLeft: this.#secondsLeft(epoch, step, samplesPerSecond),
      memory: this.#residentMemory(),
    })
  }

  /** Asking the system takes as long as one step of a small network. */
  #residentMemory(): number {
    const now = performance.now()
    if (now - this.#memory.asked > MEMORY_SPACING) this.#memory = { asked: now, bytes: process.memoryUsage.rss() }
    return this.#memory.bytes
  }

  #samplesPerSecond(): number {
    const samples = this.#window.reduce((sum, call) => sum + call.samples, 0)
    const milliseconds = this.#window.reduce((sum, call) => sum + call.milliseconds, 0)
    return (1000 * samples) / Math.max(milliseconds, 1e-3)
  }

  #secondsLeft(epoch: number, step: number, samplesPerSecond: number): number {
    const { samplesPerEpoch, stepsPerEpoch, epochs } = this.plan
    const left = epochs - step / stepsPerEpoch
    return (left * samplesPerEpoch) / samplesPerSecond + (epochs - epoch + 1) * this.#validation
  }
}
