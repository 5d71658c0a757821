/** Time by the clock that a run takes, without its pauses. */
export class Stopwatch {
  #since: number | undefined
  #before = 0

  /** Seconds so far. */
  get seconds(): number {
    return this.#before + (this.#since === undefined ? 0 : (performance.now() - this.#since) / 1000)
  }

  /** Goes on from `seconds`, standing still. */
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
