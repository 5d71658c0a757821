/** What a run tells while it goes on. The engine sends these, the command line prints them, the window draws them. */
import type { Problem } from '../problems/problem'
import type { brokenStates, EndReason, LiveState } from './runState'

/** `loss` and every metric of the task by its kind. */
export type Figures = Readonly<Record<string, number>>

/** Where a run can be gone on with: the epoch that goes on or begins, from 1, and the steps of the whole run before. */
export interface ResumePoint {
  readonly epoch: number
  readonly step: number
  /** Epoch of the best weights until then, which may be older than the newest in the log; absent where none had ended. */
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
  /** Why the device differs from the one asked for, or why the fast CPU layout is off; absent where nothing is to say. */
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
  /** Names of the metrics beside the loss, the first being the one to show. */
  readonly metrics: readonly string[]
  /** Unit of the numbers that are predicted, where the data tells one. */
  readonly unit?: string
  /** Where a run that is gone on with begins again; absent in a new one. */
  readonly resumed?: ResumePoint
  /** What looks wrong with the data and yet does not keep it from being used; absent where nothing does. */
  readonly warnings?: readonly Problem[]
}

/** At most 30 a second: the newest step, with the losses of all steps since the last such event. */
export interface StepEvent {
  readonly event: 'step'
  /** From 1. */
  readonly epoch: number
  /** Steps done in the whole run. */
  readonly step: number
  readonly loss: number
  /** Running figures of this epoch. */
  readonly train: Figures
  /** Losses of the steps since the last step event, oldest first. */
  readonly losses: readonly number[]
  /** The first metric of the plan on the batch of each of these steps; absent in runs of before it was told. */
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
  /** Means over the batches of the epoch while it went on: with weights that changed, augmentation and dropout. */
  readonly train: Figures
  /** Absent where the split has no validation samples. */
  readonly validation?: Figures
  /**
   * Of the same weights on training samples, measured as `validation` is, and so what `validation` can be compared with.
   * Absent where `validation` is, and in runs of before it was measured.
   */
  readonly trainingSet?: Figures
  /** Of the last step, as the schedule makes it. */
  readonly learningRate: number
  /** By the clock, validation included, pauses left out. */
  readonly seconds: number
  /** Share of the time of training, 0 … 1, that was spent waiting for samples; absent in runs of before it was measured. */
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
  /** Of all epochs together, by the clock and without pauses. */
  readonly seconds: number
  /** Of the best weights on the test set; absent where there is none. */
  readonly test?: Figures
  readonly validation?: Figures
  /** The exported model. */
  readonly model: string
  /** Of a run that was stopped before its planned end. */
  readonly checkpoint?: ResumePoint
}

export interface ErrorEvent {
  readonly event: 'error'
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly problems: readonly Problem[]
  /** Run folder with what was kept, where a run had begun. */
  readonly run?: string
  /** The run did not break by itself: the process ended, or its disk is full. */
  readonly interrupted?: true
  /** Absent where none had been written. */
  readonly checkpoint?: ResumePoint
}

/** What a run that ended with an error is called. Stopped before its training began, it is no failure. */
export function endedAs({ code, interrupted }: ErrorEvent): 'stopped' | (typeof brokenStates)[number] {
  if (code === 'run-interrupted') return 'stopped'
  return interrupted === true ? 'interrupted' : 'failed'
}

export interface PreparationProgress {
  /** `read`, `decode`, `describe`, or the kind of a pre-transform. */
  readonly step: string
  /** Samples done, and how many there are; null where that is not known before. */
  readonly done: number
  readonly total: number | null
  /** Null until it can be told. */
  readonly secondsLeft: number | null
}

export interface StateEvent {
  readonly event: 'state'
  readonly state: LiveState
  /** What is being prepared. */
  readonly phase?: 'data' | 'network'
  /** How far the data is, where more than opening it is to be done. */
  readonly progress?: PreparationProgress
}

export type RunEvent = PlanEvent | StepEvent | EpochEvent | FinishedEvent | ErrorEvent | StateEvent
