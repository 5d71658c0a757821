/** The random numbers of one draw: a sequence derived from a key, so that each step can take as many as it needs. */
import { uniform } from '../../base/random'

export class DrawStream {
  #taken = 0

  /** `key` identifies the draw: run, epoch, sample and step. */
  constructor(private readonly key: number) {}

  /** In [0, 1). */
  uniform(): number {
    return uniform(this.key, this.#taken++)
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** 0 … count − 1 */
  integer(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Standard normal (Box-Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Beta(alpha, alpha), as the share of one of two equal gamma variates. */
  beta(alpha: number): number {
    const [a, b] = [this.#logGamma(alpha), this.#logGamma(alpha)]
    // Small alphas make both so small that only their logarithms can be distinguished.
    return 1 / (1 + Math.exp(b - a))
  }

  /** Logarithm of a gamma variate with this shape and scale 1 (Marsaglia and Tsang 2000). */
  #logGamma(shape: number): number {
    if (shape < 1) return this.#logGamma(shape + 1) + Math.log(1 - this.uniform()) / shape
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v)
    }
  }
}
