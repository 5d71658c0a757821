/** Download speed and time left, over the last seconds. */

/** Seconds to measure the speed over: long enough not to flicker, short enough to follow changes. */
const WINDOW = 5

export class Meter {
  readonly #marks: { readonly time: number; readonly bytes: number }[] = []

  /** `bytes` received so far, with the time in seconds of any clock. */
  mark(bytes: number, time: number): void {
    const last = this.#marks.at(-1)
    // A restarted file has fewer bytes than before.
    if (last && bytes < last.bytes) this.#marks.length = 0
    this.#marks.push({ time, bytes })
    while (this.#marks.length > 2 && this.#marks[1]!.time < time - WINDOW) this.#marks.shift()
  }

  /** Bytes per second; 0 until there are two marks. */
  get rate(): number {
    const [first] = this.#marks
    const last = this.#marks.at(-1)
    if (!first || !last || last.time === first.time) return 0
    return (last.bytes - first.bytes) / (last.time - first.time)
  }
}
