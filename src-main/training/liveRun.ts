/** The run in progress, in a form that a window can join at any time. */
import type { Project } from '#core/graph/project'
import {
  endedAs,
  type EpochEvent,
  type ErrorEvent,
  type Figures,
  type FinishedEvent,
  type PlanEvent,
  type RunEvent,
  type StepEvent,
} from '#core/runs/events'
import type { RunRecordView } from '#core/rpc/contract/run'
import type { RunState } from '#core/runs/runState'
import { StepCurve } from '#core/runs/stepCurve'
import type { TrainHandle } from '../engine/host/host'
import type { LogPoint } from '../runs/metricsLog'
import { curvesOf, shareOf } from './runLibrary'

/** The history of a resumed run. */
export interface Past {
  readonly record: RunRecordView
  /** What it had logged, up to a step. */
  readonly upTo: (step: number) => readonly LogPoint[]
}

interface LiveRunParts {
  /** Name of its folder. */
  readonly id: string
  readonly project: Project
  /** Id of the project being trained. */
  readonly document: string
  readonly handle: TrainHandle
  /** For a resumed run. */
  readonly past?: Past
}

export class LiveRun {
  state: RunState = 'preparing'
  /** Figures on the test set, once requested. */
  test: Figures | null = null
  #plan: PlanEvent | null = null
  #epochs: readonly EpochEvent[] = []
  #curve = new StepCurve(undefined, 1)
  #latest: StepEvent | null = null
  #end: FinishedEvent | ErrorEvent | null = null
  readonly #startedAt: string
  #trainingSince: number | undefined
  #seconds = 0
  /** Resolves at the next change of `state`. */
  #changed = nextChange()

  readonly id: string
  readonly project: Project
  readonly document: string
  readonly handle: TrainHandle
  readonly #past: Past | undefined

  constructor({ id, project, document, handle, past }: LiveRunParts) {
    this.id = id
    this.project = project
    this.document = document
    this.handle = handle
    this.#past = past
    this.#startedAt = past?.record.summary.startedAt ?? new Date().toISOString()
    if (past === undefined) return
    const { plan, epochs, steps, summary, latest } = past.record
    this.#plan = plan
    this.#epochs = epochs
    this.#latest = latest
    this.#curve = StepCurve.from(steps, plan?.metrics[0], plan?.stepsPerEpoch ?? 1)
    this.#seconds = summary.seconds ?? 0
  }

  get ended(): boolean {
    return this.#end !== null
  }

  /** Completed share of the planned steps, or null before training. */
  get share(): number | null {
    const last = this.#latest?.step
    return this.#plan === null || last === undefined ? null : last / (this.#plan.epochs * this.#plan.stepsPerEpoch)
  }

  take(event: RunEvent): void {
    switch (event.event) {
      case 'start':
        this.#begin(event)
        break
      case 'state':
        this.#setState(event.state)
        break
      case 'step':
        this.#curve.add(event)
        this.#latest = event
        break
      case 'epoch':
        this.#epochs = [...this.#epochs, event]
        break
      case 'finished':
        this.#end = event
        this.#setState(event.reason)
        break
      case 'error':
        this.#end = event
        this.#setState(endedAs(event))
    }
  }

  #begin(plan: PlanEvent): void {
    const { metrics, stepsPerEpoch, resumed } = plan
    const past = resumed ? (this.#past?.upTo(resumed.step) ?? []) : []
    const { curve, epochs, latest } = curvesOf(past, metrics[0], stepsPerEpoch)
    this.#plan = plan
    this.#curve = curve
    this.#epochs = epochs
    this.#latest = latest
  }

  /** Waits until `reached` is true of the state or the run has ended. */
  async until(reached: (state: RunState) => boolean): Promise<void> {
    while (!reached(this.state) && !this.ended) await this.#changed.promise
  }

  record(): RunRecordView {
    const best = this.#epochs.findLast((epoch) => epoch.best)
    const seconds = this.#end?.event === 'finished' ? this.#end.seconds : this.#elapsed()
    return {
      summary: {
        run: this.id,
        document: this.document,
        name: this.project.name,
        state: this.state,
        startedAt: this.#startedAt,
        seconds: this.#plan === null ? null : seconds,
        best: best ? { epoch: best.epoch, train: best.train, validation: best.validation ?? {} } : null,
        epochsDone: this.#epochs.length,
        epochsPlanned: this.#plan?.epochs ?? this.project.training.epochs,
        unfinished: this.#unfinished(),
        task: this.project.task,
        images: null,
        unit: this.#plan?.unit,
        training: this.project.training,
        device: this.#plan?.device ?? this.project.training.device,
        parameters: this.#plan?.parameters ?? 0,
      },
      project: this.project,
      plan: this.#plan,
      epochs: [...this.#epochs],
      steps: this.#curve.points(),
      latest: this.#latest,
      end: this.#end,
      test: this.test,
    }
  }

  #unfinished() {
    const checkpoint = this.#end?.checkpoint
    if (checkpoint === undefined || this.#plan === null) return null
    return { ...checkpoint, share: shareOf(checkpoint.step, this.#plan.epochs, this.#plan.stepsPerEpoch) }
  }

  #elapsed(): number {
    return this.#seconds + (this.#trainingSince === undefined ? 0 : (performance.now() - this.#trainingSince) / 1000)
  }

  #setState(state: RunState): void {
    this.#seconds = this.#elapsed()
    this.#trainingSince = state === 'training' ? performance.now() : undefined
    this.state = state
    this.#changed.resolve()
    this.#changed = nextChange()
  }
}

function nextChange(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => (resolve = settle))
  return { promise, resolve }
}
