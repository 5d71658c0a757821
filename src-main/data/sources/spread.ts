/** Size and spread of a stream of numbers, and whether float32 is precise enough for them. */
import { isCoarse } from '#core/data/precision'

export class RunningSpread {
  count = 0
  min = Infinity
  max = -Infinity
  mean = 0
  /** Σ (value − mean)², accumulated in one pass with Welford's algorithm. */
  #squares = 0
  #whole = true

  take(value: number): void {
    this.count++
    const change = value - this.mean
    this.mean += change / this.count
    this.#squares += change * (value - this.mean)
    this.min = Math.min(this.min, value)
    this.max = Math.max(this.max, value)
    if (this.#whole && !Number.isInteger(value)) this.#whole = false
  }

  /** Whether float32 would lose too much precision. */
  get isCoarse(): boolean {
    const deviation = Math.sqrt(this.#squares / Math.max(1, this.count))
    return this.count > 0 && isCoarse({ min: this.min, max: this.max, deviation }, this.#whole)
  }
}
