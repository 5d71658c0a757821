/** The run that is going on, as it can be told to a window that joins at any moment. */
import type { Project } from '#core/graph/project'
import type { EpochEvent, ErrorEvent, FinishedEvent, PlanEvent, RunEvent } from '#core/runs/events'
import type { RunRecordView, RunState } from '#core/rpc/contract/run'
import { StepCurve } from '#core/runs/stepCurve'
import type { TrainHandle } from '../engine/host'

export class LiveRun {
  state: RunState = 'preparing'
  #plan: PlanEvent | null = null
  readonly #epochs: EpochEvent[] = []
  #curve = new StepCurve(undefined, 1)
  #end: FinishedEvent | ErrorEvent | null = null
  readonly #startedAt = new Date().toISOString()
  #trainingSince: number | undefined
  #seconds = 0
  /** Resolves at the next change of `state`. */
  #changed = nextChange()

  constructor(
    readonly id: string,
    readonly folder: string,
    readonly project: Project,
    readonly document: string,
    readonly handle: TrainHandle,
  ) {}

  get ended(): boolean {
    return this.#end !== null
  }

  /** Share of the planned steps that is done, or null before training. */
  get share(): number | null {
    const last = this.#lastStep
    return this.#plan === null || last === 0 ? null : last / (this.#plan.epochs * this.#plan.stepsPerEpoch)
  }

  #lastStep = 0

  take(event: RunEvent): void {
    switch (event.event) {
      case 'start':
        this.#plan = event
        this.#curve = new StepCurve(event.metrics[0], event.stepsPerEpoch)
        break
      case 'state':
        this.#setState(event.state)
        break
      case 'step':
        this.#curve.add(event)
        this.#lastStep = event.step
        break
      case 'epoch':
        this.#epochs.push(event)
        break
      case 'finished':
        this.#end = event
        this.#setState(event.reason)
        break
      case 'error':
        this.#end = event
        this.#setState(event.code === 'run-interrupted' ? 'stopped' : 'failed')
    }
  }

  /** Waits until `reached` holds of the state or the run has ended. */
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
        epochsPlanned: this.project.training.epochs,
        task: this.project.task,
        training: this.project.training,
        device: this.#plan?.device ?? this.project.training.device,
        parameters: this.#plan?.parameters ?? 0,
      },
      project: this.project,
      plan: this.#plan,
      epochs: [...this.#epochs],
      steps: this.#curve.points(),
      end: this.#end,
    }
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
