/**
 * How many steps to take per runtime call: enough to hide the overhead, few enough to respond to a stop immediately.
 */

/** Target duration of a call in milliseconds; a stop or a pause waits for at most one call. */
const AIM = 100
const MOST_STEPS = 2000

export class ChunkSize {
  #millisecondsPerStep: number | undefined
  #calls = 0

  /** `mostSteps` limits the size of one call's results. */
  constructor(private readonly mostSteps: number) {}

  /** Steps for the next call. The first call of a session includes setup, so it is a poor estimate for the others. */
  get steps(): number {
    if (this.#millisecondsPerStep === undefined) return this.#calls === 0 ? 1 : Math.min(4, this.mostSteps)
    const fitting = Math.round(AIM / this.#millisecondsPerStep)
    return Math.max(1, Math.min(fitting, this.mostSteps, MOST_STEPS))
  }

  /** Records the duration of a call. */
  took(steps: number, milliseconds: number): void {
    if (this.#calls++ === 0 && milliseconds < AIM) return
    const measured = milliseconds / steps
    // One slow call, while another program uses the cores, must not halve the size immediately.
    this.#millisecondsPerStep =
      this.#millisecondsPerStep === undefined ? measured : (this.#millisecondsPerStep + measured) / 2
  }

  get millisecondsPerStep(): number | undefined {
    return this.#millisecondsPerStep
  }
}
