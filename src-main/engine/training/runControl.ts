/** User requests to a run in progress. The trainer checks them between runtime calls. */
import { trainingParams } from '#core/graph/trainingParams'
import { accepts } from '#core/params/params'
import type { LiveState } from '#core/runs/runState'
import type { Control } from '../messages'

/** What a run is asked to do. */
type AskedState = Exclude<LiveState, 'preparing'>

export class RunControl {
  #paused = false
  readonly #stop = new AbortController()
  #rate: number | undefined
  #wake: () => void = () => undefined
  #onChange: (state: AskedState) => void = () => undefined

  /** Called as soon as a request arrives, possibly before the trainer can act. */
  onChange(listener: (state: AskedState) => void): void {
    this.#onChange = listener
  }

  apply(control: Control): void {
    if (control.action === 'learning-rate') {
      // The window checks what is typed; a rate out of range changes nothing here.
      if (accepts(trainingParams.learningRate.spec, control.value)) this.#rate = control.value
      return
    }
    if (this.stopping) return
    if (control.action === 'stop') this.#stop.abort()
    this.#paused = control.action === 'pause'
    this.#onChange(this.stopping ? 'stopping' : this.#paused ? 'paused' : 'training')
    this.#wake()
  }

  get stopping(): boolean {
    return this.#stop.signal.aborted
  }

  /** For work that can be canceled at any moment. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal
  }

  get paused(): boolean {
    return this.#paused
  }

  /** A new base learning rate, returned once. */
  takeRate(): number | undefined {
    const rate = this.#rate
    this.#rate = undefined
    return rate
  }

  /** Yields to the event loop: messages wait while the runtime computes. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
  }

  /** Waits until the run should continue or stop. */
  async whilePaused(): Promise<void> {
    while (this.#paused) await new Promise<void>((resolve) => (this.#wake = resolve))
  }
}
