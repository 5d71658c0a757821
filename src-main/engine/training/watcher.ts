/** Tracks the best epoch so far, and decides when to stop early. */
import type { TrainingSettings } from '#core/graph/project'
import type { Task } from '#core/losses/task'
import type { Figures } from '#core/runs/events'
import type { RunPosition } from '../../runs/checkpoint'
import { isHigherBetter, metricNames } from '../evaluation/figures'

export interface Best {
  readonly epoch: number
  readonly value: number
  /** The first metric of that epoch; epochs are compared by it while the monitored figure is not a number. */
  readonly instead: number
}

export class Watcher {
  readonly #metric: string
  readonly #higher: boolean
  readonly #instead: { readonly metric: string; readonly higher: boolean }
  readonly #stopping: TrainingSettings['earlyStopping']
  #best: Best | undefined
  /** The reference for patience; it moves only by more than `minDelta`. */
  #reference: number | undefined
  #waited = 0

  constructor(task: Task, stopping: TrainingSettings['earlyStopping']) {
    this.#metric = stopping?.metric ?? 'loss'
    this.#higher = isHigherBetter(task, this.#metric)
    const metric = metricNames(task)[0] ?? 'loss'
    this.#instead = { metric, higher: isHigherBetter(task, metric) }
    this.#stopping = stopping
  }

  /** Adds the figures of an epoch (from 1): those of the validation split, or of training if there is none. */
  take(epoch: number, { train, validation }: { train: Figures; validation?: Figures }): { best: boolean } {
    const figures = validation ?? train
    const value = figures[this.#metric] ?? NaN
    const instead = figures[this.#instead.metric] ?? NaN
    const best = this.#best === undefined || this.#isBetter({ value, instead }, this.#best)
    if (best) this.#best = { epoch, value, instead }
    if (this.#reference === undefined || gain(value, this.#reference, this.#higher) > (this.#stopping?.minDelta ?? 0)) {
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

  /** If nothing is a number, the later epoch is better: it has trained longer. */
  #isBetter({ value, instead }: Omit<Best, 'epoch'>, than: Omit<Best, 'epoch'>): boolean {
    if (!Number.isNaN(value) || !Number.isNaN(than.value)) return gain(value, than.value, this.#higher) > 0
    if (Number.isNaN(instead) && Number.isNaN(than.instead)) return true
    return gain(instead, than.instead, this.#instead.higher) > 0
  }

  save(): Pick<RunPosition, 'best' | 'watched'> {
    const orNull = (value: number) => (Number.isFinite(value) ? value : null)
    return {
      ...(this.#best && {
        best: {
          epoch: this.#best.epoch,
          value: orNull(this.#best.value),
          ...(Number.isNaN(this.#best.value) && { instead: orNull(this.#best.instead) }),
        },
      }),
      watched: { best: this.#reference === undefined ? null : orNull(this.#reference), waited: this.#waited },
    }
  }

  restore({ best, watched }: Pick<RunPosition, 'best' | 'watched'>): void {
    this.#best = best && { epoch: best.epoch, value: best.value ?? NaN, instead: best.instead ?? NaN }
    this.#reference = best && (watched.best ?? NaN)
    this.#waited = watched.waited
  }
}

/** By how much `value` is better; anything beats NaN, and NaN beats nothing. */
function gain(value: number, than: number, higher: boolean): number {
  if (Number.isNaN(than)) return Number.isNaN(value) ? 0 : Infinity
  return higher ? value - than : than - value
}
