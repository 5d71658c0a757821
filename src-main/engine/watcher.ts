/** Which epoch is the best so far, and whether it is time to stop early. */
import type { TrainingSettings } from '#core/graph/project'
import type { Task } from '#core/losses/loss'
import type { Figures } from '#core/runs/events'
import type { RunPosition } from '../runs/checkpoint'
import { isHigherBetter } from './figures'

export interface Best {
  readonly epoch: number
  readonly value: number
}

export class Watcher {
  readonly #metric: string
  readonly #higher: boolean
  readonly #stopping: TrainingSettings['earlyStopping']
  #best: Best | undefined
  /** What patience is measured against; it moves only by more than `minDelta`. */
  #reference: number | undefined
  #waited = 0

  constructor(task: Task, stopping: TrainingSettings['earlyStopping']) {
    this.#metric = stopping?.metric ?? 'loss'
    this.#higher = isHigherBetter(task, this.#metric)
    this.#stopping = stopping
  }

  /** Takes the figures of an epoch (from 1): of the validation split, or of training where there is none. */
  take(epoch: number, { train, validation }: { train: Figures; validation?: Figures }): { best: boolean } {
    const value = (validation ?? train)[this.#metric] ?? NaN
    const best = this.#best === undefined || this.#gain(value, this.#best.value) > 0
    if (best) this.#best = { epoch, value }
    if (this.#reference === undefined || this.#gain(value, this.#reference) > (this.#stopping?.minDelta ?? 0)) {
      this.#reference = value
      this.#waited = 0
    } else this.#waited++
    return { best }
  }

  get best(): Best | undefined {
    return this.#best
  }

  get shouldStop(): boolean {
    return this.#stopping !== null && this.#waited >= this.#stopping.patience
  }

  /** By how much `value` is better; anything is better than NaN, and NaN than nothing. */
  #gain(value: number, than: number): number {
    if (Number.isNaN(than)) return Number.isNaN(value) ? 0 : Infinity
    return this.#higher ? value - than : than - value
  }

  save(): Pick<RunPosition, 'best' | 'watched'> {
    const orNull = (value: number) => (Number.isFinite(value) ? value : null)
    return {
      ...(this.#best && { best: { epoch: this.#best.epoch, value: orNull(this.#best.value) } }),
      watched: { best: this.#reference === undefined ? null : orNull(this.#reference), waited: this.#waited },
    }
  }

  restore({ best, watched }: Pick<RunPosition, 'best' | 'watched'>): void {
    this.#best = best && { epoch: best.epoch, value: best.value ?? NaN }
    this.#reference = best && (watched.best ?? NaN)
    this.#waited = watched.waited
  }
}
