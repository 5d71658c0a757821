/** Ends the server of browser mode when nobody has looked for a while and nothing is running. */

export interface IdleOptions {
  /** ms; 0 never ends it. */
  readonly timeout: number
  /** Whether something is going on. */
  readonly busy: () => boolean
  readonly onIdle: () => void
}

/** Call `update` whenever what `busy` looks at may have changed. */
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

  /** For good: windows that go when the server ends do not start it again, which would keep the process. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
