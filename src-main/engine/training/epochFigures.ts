/** Training loss and metrics over the current epoch, in a form that a checkpoint can store. */
import type { Task } from '#core/losses/task'
import { metricsFor } from '#core/metrics/index'
import type { Figures } from '#core/runs/events'
import { FigureSums } from '../evaluation/figures'

/** Maximum floats of predictions to keep for a checkpoint within an epoch. */
const KEPT_PREDICTIONS = 2 ** 24

export class EpochFigures {
  readonly #sums: FigureSums
  /** Predictions so far, row by row; absent if there would be too many. */
  #predictions: Float32Array | undefined
  #rows = 0

  constructor(
    private readonly task: Task,
    /** Samples per epoch. */
    private readonly samples: number,
  ) {
    this.#sums = new FigureSums(task)
  }

  /**
   * Adds the steps of one call: one loss per step, predictions and targets of all their samples.
   * @returns the first metric on the batch of each step
   */
  take(
    losses: Float32Array,
    predictions: Float32Array,
    targets: Int32Array | Float32Array,
    batchSize: number,
  ): Float32Array {
    const count = losses.length * batchSize
    const width = predictions.length / count
    // The loss of a step is a mean over its batch; this weights a short last batch correctly.
    for (const loss of losses) this.#sums.addLoss(loss * batchSize, batchSize)
    this.#addBatch(predictions, targets, width, count)
    return this.#ofSteps(losses.length, predictions, targets, batchSize)
  }

  #ofSteps(
    steps: number,
    predictions: Float32Array,
    targets: Int32Array | Float32Array,
    batchSize: number,
  ): Float32Array {
    const [metric] = metricsFor(this.task)
    const answers = predictions.length / steps
    const labels = targets.length / steps
    return Float32Array.from({ length: steps }, (_, step) => {
      const one = metric!.accumulate()
      one.add({
        predictions: predictions.subarray(step * answers, (step + 1) * answers),
        targets: targets.subarray(step * labels, (step + 1) * labels),
        width: answers / batchSize,
        count: batchSize,
      })
      return one.result()
    })
  }

  #addBatch(predictions: Float32Array, targets: Int32Array | Float32Array, width: number, count: number): void {
    this.#sums.addBatch({ predictions, targets, width, count })
    if (this.samples * width > KEPT_PREDICTIONS) return
    this.#predictions ??= new Float32Array(this.samples * width)
    this.#predictions.set(predictions.subarray(0, count * width), this.#rows * width)
    this.#rows += count
  }

  /** Resumes from a checkpoint written after `rows` samples. */
  restore(
    lossSum: number,
    rows: number,
    predictions: Float32Array | undefined,
    targets: Int32Array | Float32Array,
  ): void {
    this.#sums.addLoss(lossSum, rows)
    if (predictions) this.#addBatch(predictions, targets, predictions.length / rows, rows)
  }

  get lossSum(): number {
    return this.#sums.lossSum
  }

  /** For a checkpoint; absent before the first step. */
  get predictions(): Float32Array | undefined {
    const width = (this.#predictions?.length ?? 0) / this.samples
    return this.#rows === 0 ? undefined : this.#predictions?.subarray(0, this.#rows * width)
  }

  figures(): Figures {
    return this.#sums.figures()
  }
}
