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

  constructor(private readonly options: IdleOptions) {
    this.update()
  }

  update(): void {
    clearTimeout(this.#timer)
    const { timeout, busy, onIdle } = this.options
    if (timeout > 0 && !busy()) this.#timer = setTimeout(onIdle, timeout)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
