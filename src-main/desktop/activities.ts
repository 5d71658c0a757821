/** Work that continues without an open window, such as a training run: its progress, its end, and stopping it. */
import type { Desktop, DesktopNotice } from './desktop'

export interface Activity {
  /** 0 to 1, or null while unknown. */
  progress(fraction: number | null): void
  /** Call once, however the work ended. The notice is shown if the user is looking elsewhere. */
  end(notice?: DesktopNotice): void
}

interface Running {
  readonly title: string
  readonly stop: () => Promise<void>
  fraction: number | null
}

export class Activities {
  readonly #running = new Set<Running>()
  readonly #listeners: (() => void)[] = []

  constructor(
    private readonly desktop: Pick<Desktop, 'setProgress'>,
    private readonly notify: (notice: DesktopNotice) => void,
  ) {}

  /** Registers work. While any is registered, the app asks before it quits and the browser-mode server stays up. */
  begin(options: { title: string; stop: () => Promise<void> }): Activity {
    const running: Running = { ...options, fraction: null }
    this.#running.add(running)
    this.#changed()
    return {
      progress: (fraction) => {
        running.fraction = fraction
        if (this.#running.has(running)) this.#showProgress()
      },
      end: (notice) => {
        if (!this.#running.delete(running)) return
        this.#changed()
        if (notice !== undefined) this.notify(notice)
      },
    }
  }

  get titles(): string[] {
    return [...this.#running].map(({ title }) => title)
  }

  /** Stops all work and waits until it has stopped; one failure does not keep the rest from stopping. */
  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.#running].map(({ stop }) => stop()))
  }

  /** Called whenever work begins or ends. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  #changed(): void {
    this.#showProgress()
    for (const listener of this.#listeners) listener()
  }

  #showProgress(): void {
    const latest = [...this.#running].at(-1)
    this.desktop.setProgress(latest === undefined ? null : (latest.fraction ?? -1))
  }
}
