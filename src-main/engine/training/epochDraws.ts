/** Random numbers of the transforms for the calls of a run, per epoch. */
import { drawRows, occurrencesOf, type DrawPlan } from '#core/transforms/draws/draws'

export class EpochDraws {
  #order: Int32Array | undefined
  #occurrences: Int32Array | undefined

  constructor(
    private readonly plan: DrawPlan,
    private readonly seed: number,
  ) {}

  /** The draws of the batches starting at `from` in the epoch's order: [samples, plan.width]. */
  take(epoch: number, order: Int32Array, from: number, samples: number, batchSize: number, firstBatch: number) {
    if (this.plan.width > 0 && order !== this.#order) {
      this.#order = order
      this.#occurrences = occurrencesOf(order)
    }
    return drawRows(this.plan, {
      seed: this.seed,
      epoch,
      samples: order.subarray(from, from + samples),
      ...(this.#occurrences && { occurrences: this.#occurrences.subarray(from, from + samples) }),
      batchSize,
      firstBatch,
    })
  }
}
