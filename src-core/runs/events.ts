/** The events of a run. The engine sends them, the command line prints them, the window draws them. */
import type { Problem } from '../problems/problem'
import type { brokenStates, EndReason, LiveState } from './runState'

/** `loss` and every metric of the task, by kind. */
export type Figures = Readonly<Record<string, number>>

/** Where a run can resume: the epoch that resumes or begins, from 1, and the steps of the whole run before it. */
export interface ResumePoint {
  readonly epoch: number
  readonly step: number
  /** Epoch of the best weights so far, which may be older than the newest in the log; absent if no epoch had ended. */
  readonly bestEpoch?: number
}

export interface PlanEvent {
  readonly event: 'start'
  /** Run folder. */
  readonly run: string
  readonly name: string
  /** Provider in use: cpu, webgpu, cuda or dml. */
  readonly device: string
  readonly threads: number
  /**
   * Why the device differs from the requested one, or why the fast CPU layout is off; absent if there is nothing to
   * report.
   */
  readonly note?: string
  readonly epochs: number
  readonly batchSize: number
  readonly stepsPerEpoch: number
  readonly samples: { readonly train: number; readonly validation: number; readonly test: number }
  readonly parameters: number
  readonly seed: number
  readonly loss: string
  readonly optimizer: Readonly<Record<string, unknown>>
  /** The base rate, which the schedule scales. */
  readonly learningRate: number
  readonly schedule: Readonly<Record<string, unknown>>
  /** Names of the metrics besides the loss; the first is the one to show. */
  readonly metrics: readonly string[]
  /** Unit of the predicted numbers, if the data specifies one. */
  readonly unit?: string
  /** Where a resumed run starts; absent for a new one. */
  readonly resumed?: ResumePoint
  /** Data issues that do not prevent its use; absent if there are none. */
  readonly warnings?: readonly Problem[]
}

/** At most 30 per second: the latest step, with the losses of all steps since the previous such event. */
export interface StepEvent {
  readonly event: 'step'
  /** From 1. */
  readonly epoch: number
  /** Steps done in the whole run. */
  readonly step: number
  readonly loss: number
  /** Running figures of this epoch. */
  readonly train: Figures
  /** Losses of the steps since the previous step event, oldest first. */
  readonly losses: readonly number[]
  /** The first metric of the plan on the batch of each of these steps; absent in runs from before it was reported. */
  readonly metrics?: readonly number[]
  /** Of this step, as the schedule makes it. */
  readonly learningRate: number
  readonly samplesPerSecond: number
  /** Seconds until the planned end. */
  readonly secondsLeft: number
  /** Resident memory of the engine process, bytes. */
  readonly memory: number
}

export interface EpochEvent {
  readonly event: 'epoch'
  readonly epoch: number
  readonly step: number
  /** Means over the batches of the epoch during training: with changing weights, augmentation and dropout. */
  readonly train: Figures
  /** Absent if the split has no validation samples. */
  readonly validation?: Figures
  /**
   * Figures of the same weights on training samples, measured like `validation`, so the two can be compared.
   * Absent if `validation` is, and in runs from before it was measured.
   */
  readonly trainingSet?: Figures
  /** Of the last step, as the schedule makes it. */
  readonly learningRate: number
  /** Wall-clock time, including validation, excluding pauses. */
  readonly seconds: number
  /** Share of the training time, 0 … 1, spent waiting for samples; absent in runs from before it was measured. */
  readonly waiting?: number
  /** Whether this epoch is the best so far. */
  readonly best: boolean
}

export interface FinishedEvent {
  readonly event: 'finished'
  readonly run: string
  readonly reason: EndReason
  readonly bestEpoch: number
  readonly epochs: number
  /** Wall-clock time of all epochs, excluding pauses. */
  readonly seconds: number
  /** Figures of the best weights on the test set; absent if there is none. */
  readonly test?: Figures
  readonly validation?: Figures
  /** The exported model. */
  readonly model: string
  /** For a run that was stopped before its planned end. */
  readonly checkpoint?: ResumePoint
}

export interface ErrorEvent {
  readonly event: 'error'
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly problems: readonly Problem[]
  /** Run folder with what was kept, if a run had begun. */
  readonly run?: string
  /** Not a failure of the run itself: the process ended, or its disk is full. */
  readonly interrupted?: true
  /** Absent if none had been written. */
  readonly checkpoint?: ResumePoint
}

/** The state of a run that ended with an error. Stopped before training began is not a failure. */
export function endedAs({ code, interrupted }: ErrorEvent): 'stopped' | (typeof brokenStates)[number] {
  if (code === 'run-interrupted') return 'stopped'
  return interrupted === true ? 'interrupted' : 'failed'
}

export interface PreparationProgress {
  /** `read`, `decode`, `describe`, or the kind of a pre-transform. */
  readonly step: string
  /** Samples done, and the total; null if not known in advance. */
  readonly done: number
  readonly total: number | null
  /** Null until it can be estimated. */
  readonly secondsLeft: number | null
}

export interface StateEvent {
  readonly event: 'state'
  readonly state: LiveState
  /** What is being prepared. */
  readonly phase?: 'data' | 'network'
  /** Progress of the data, if there is more to do than opening it. */
  readonly progress?: PreparationProgress
}

export type RunEvent = PlanEvent | StepEvent | EpochEvent | FinishedEvent | ErrorEvent | StateEvent
