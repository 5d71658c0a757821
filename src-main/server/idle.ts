/** Ends the browser-mode server after a while without windows and running work. */

export interface IdleOptions {
  /** ms; 0 disables it. */
  readonly timeout: number
  /** Whether any work is running. */
  readonly busy: () => boolean
  readonly onIdle: () => void
}

/** Call `update` whenever the result of `busy` may have changed. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(private readonly options: IdleOptions) {
    this.update()
  }

  update(): void {
    clearTimeout(this.#timer)
    const { timeout, busy, onIdle } = this.options
    if (timeout > 0 && !this.#stopped && !busy()) this.#timer = setTimeout(onIdle, timeout)
  }

  /**
   * Permanent: windows that disconnect as the server ends do not restart the timer, which would keep the process alive.
   */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
