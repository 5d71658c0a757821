/** How many steps to take in one call of the runtime: long enough to cost nothing, short enough to answer a stop at once. */

/** Milliseconds that a call should last; a stop or a pause waits for one at most. */
const AIM = 100
const MOST_STEPS = 2000

export class ChunkSize {
  #millisecondsPerStep: number | undefined
  #calls = 0

  /** `mostSteps` bounds what comes back from one call. */
  constructor(private readonly mostSteps: number) {}

  /** Steps for the next call. The first call of a session also prepares it, so that it says little about the others. */
  get steps(): number {
    if (this.#millisecondsPerStep === undefined) return this.#calls === 0 ? 1 : Math.min(4, this.mostSteps)
    const fitting = Math.round(AIM / this.#millisecondsPerStep)
    return Math.max(1, Math.min(fitting, this.mostSteps, MOST_STEPS))
  }

  /** Tells how long a call took. */
  took(steps: number, milliseconds: number): void {
    if (this.#calls++ === 0 && milliseconds < AIM) return
    const measured = milliseconds / steps
    // One slow call, while another program has the cores, must not halve the size at once.
    this.#millisecondsPerStep =
      this.#millisecondsPerStep === undefined ? measured : (this.#millisecondsPerStep + measured) / 2
  }

  get millisecondsPerStep(): number | undefined {
    return this.#millisecondsPerStep
  }
}
