/** Time left for a preparation step, from its speed in the last seconds. */
import { Meter } from '../download/meter'
import type { Progress } from './work'

/** Seconds between marks; work reports far more often. */
const SPACING = 0.1

export class TimeLeft {
  #step = ''
  #marked = -Infinity
  #meter = new Meter()

  /** Seconds until the end of the step; null while unknown. `now` in seconds of any clock. */
  take({ step, done, total }: Progress, now = performance.now() / 1000): number | null {
    if (step !== this.#step) {
      this.#step = step
      this.#meter = new Meter()
      this.#marked = -Infinity
    }
    if (now - this.#marked >= SPACING) {
      this.#meter.mark(done, now)
      this.#marked = now
    }
    const { rate } = this.#meter
    return total === null || rate <= 0 ? null : Math.max(0, total - done) / rate
  }
}
