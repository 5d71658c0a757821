/** Wall-clock time of a run, without its pauses. */
export class Stopwatch {
  #since: number | undefined
  #before = 0

  /** Seconds so far. */
  get seconds(): number {
    return this.#before + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1000)
  }

  /** Continues from `seconds`, paused. */
  set(seconds: number): void {
    this.#before = seconds
    this.#since = undefined
  }

  start(): void {
    this.#since ??= performance.now()
  }

  stop(): void {
    this.set(this.seconds)
  }
}
