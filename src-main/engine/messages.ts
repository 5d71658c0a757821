/** What the host and the engine process say to each other: requests with their answers, and the events of a run. */
import type { Text } from '#core/base/text'
import type { DataFacts, DataStatistics } from '#core/data/facts'
import type { DataSettings } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'
import type { ProvenModel } from '#core/rpc/contract/exportModel'
import type { DeviceReport } from '#core/rpc/contract/run'
import type { Figures, FinishedEvent, RunEvent } from '#core/runs/events'
import type { TransformStep } from '#core/transforms/transformList'
import type { ReadingLimits } from '../data/readers/readingLimits'
import type { SampleArray } from '../data/samples'

/** A run from the start. Paths inside the project are relative to `projectFolder`. */
export interface NewRun {
  readonly project: Project
  readonly projectFolder: string
  /** Run folder; by default one named after time and project in `<projectFolder>/runs`. It must not hold a run yet. */
  readonly out?: string
  /** Use only this many samples of the training split, drawn from it at random (by the run's seed). */
  readonly limit?: number
  /** The run does not open the test set at its end; it is measured when somebody asks. */
  readonly sealed?: boolean
}

/** A run that was stopped or interrupted, continued from its last checkpoint as if it had never stopped. */
export interface ContinuedRun {
  readonly resume: string
  /** Up to so many epochs instead of those it was planned for; a run that has come to its end needs more than it has. */
  readonly epochs?: number
  /** Another base learning rate from here on. */
  readonly learningRate?: number
  /** Also where the run seems to go on in another process; two that write one run spoil it. */
  readonly force?: boolean
  /** As of a new run; a run that was started so stays so. */
  readonly sealed?: boolean
}

export type TrainJob = NewRun | ContinuedRun

export interface EvaluateRequest {
  /** A run folder or an ONNX file. */
  readonly target: string
  /** A split of the data that it was trained on; test by default, where it is that data. */
  readonly split?: 'test' | 'validation'
  /** Where that data is now, or other labelled data, which is measured as a whole. */
  readonly data?: string
  readonly threads?: number
}

export interface EvaluateReport {
  readonly target: string
  /** Null where all of other data was measured. */
  readonly split: 'test' | 'validation' | null
  /** The other data. */
  readonly data?: string
  readonly samples: number
  /** Samples of other data that were left out because they have no label. */
  readonly unlabelled?: number
  /** `loss` and the metrics of the task. */
  readonly figures: Figures
  /** Of the numbers that are predicted, where the data tells one. */
  readonly unit?: string
  /** Names of the metrics beside the loss, the first being the one to show. */
  readonly metrics: readonly string[]
  /** Of a test split: how often it was looked at, this time included; absent where that could not be counted. */
  readonly looks?: number
}

export interface PredictRequest {
  /** A run folder or an ONNX file. */
  readonly target: string
  /** Images, arrays, tables or texts, each of which may hold several samples; of folders, the files in them. */
  readonly files: readonly string[]
  /** Texts themselves, for models of texts. */
  readonly texts?: readonly string[]
  /** Classes to name for each sample, most probable first; 5 by default. */
  readonly top?: number
  /** Also send what the network is fed, after pre-transforms and transforms; only runs can. */
  readonly fed?: boolean
  /** Whether files that cannot be read are told beside the answers for the others, instead of in their place. */
  readonly keepGoing?: boolean
  readonly threads?: number
}

export type Prediction =
  | { readonly kind: 'classes'; readonly classes: readonly { readonly name: string; readonly probability: number }[] }
  | { readonly kind: 'numbers'; readonly numbers: readonly { readonly name: string; readonly value: number }[] }
  /** A sample among others that the model cannot take. */
  | { readonly kind: 'unusable'; readonly problem: Problem }

export interface PredictReport {
  readonly target: string
  readonly files: readonly ({ readonly file: string } & PredictedSamples)[]
  /** The texts in their order, as one. */
  readonly texts?: PredictedSamples
  /** Files without an answer; only where the request goes on without them. */
  readonly failures: readonly { readonly file: string; readonly problems: readonly Problem[] }[]
  /** All classes in their order, where the model has some. */
  readonly classes?: readonly string[]
}

export interface PredictedSamples {
  readonly predictions: readonly Prediction[]
  /** [samples, …shape as it enters the network] */
  readonly fed?: Float32Array
}

export interface ExportRequest {
  /** A run folder. */
  readonly run: string
  /** The ONNX file to write. */
  readonly file: string
}

/** Said only after the written model was loaded again and compared with the trainer on real samples. */
export interface ExportReport extends Readonly<ProvenModel> {
  readonly file: string
  /** Why it was compared on the samples that the run has kept. */
  readonly data?: 'missing' | 'changed' | 'unreadable'
}

export interface DataRequest {
  readonly data: DataSettings
  readonly task: Project['task']
  readonly projectFolder: string
  /** Raw samples of the training split to send along; 0 by default. */
  readonly preview?: number
}

export interface DataReport {
  readonly facts: DataFacts
  /** Shape of one sample as it enters the network. */
  readonly sample: readonly number[]
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number }
  /** Over the training split. */
  readonly statistics: DataStatistics
  readonly fingerprint: string
  /** Warnings: rows left out, pre-transforms that look forgotten. */
  readonly notes: readonly Problem[]
  readonly preview: {
    /** Indices in the whole data set. */
    readonly indices: Int32Array
    /** [count, …facts.sample.shape] */
    readonly samples: SampleArray
    /** [count] class codes or [count, size] numbers. */
    readonly targets: Int32Array | Float32Array
  }
}

/** What is done with samples every time they are read, for a person to see. */
export type AugmentRequest = (
  | (AugmentedData & {
      readonly kind: 'draws'
      /** Samples by index in the data set; one that comes several times is drawn anew each time. */
      readonly indices: readonly number[]
      readonly seed: number
      /** From 0. */
      readonly epoch: number
    })
  | (AugmentedData & {
      /** The worst that a step can do: draws at the ends of its ranges, every other step doing nothing. */
      readonly kind: 'corners'
      readonly indices: readonly number[]
      /** Place in the list of transforms. */
      readonly step: number
    })
  | {
      /** A batch as a run has fed it, from what the run says of itself. Epoch and batch from 0. */
      readonly kind: 'replay'
      readonly run: string
      readonly epoch: number
      readonly batch: number
    }
) & {
  /** The row whose image is wanted after every step; the first one without it. */
  readonly row?: number
}

export interface AugmentedData {
  readonly data: DataSettings
  readonly task: Project['task']
  readonly transforms: Project['transforms']
  readonly projectFolder: string
}

export interface AugmentReport {
  /** The sample of every row, by index in the data set. For corners, every sample comes with each of them in turn. */
  readonly indices: Int32Array
  /** [rows] class codes or [rows, size] numbers, before any mixing. */
  readonly targets: Int32Array | Float32Array
  /** The row that is shown step by step. */
  readonly row: number
  /** The stored images first, then those after each step that is switched on. */
  readonly stages: readonly AugmentStage[]
  /** Every row after the last step, of corners after their step, as pictures for the eye. */
  readonly pictures: {
    readonly shape: readonly number[]
    /** [rows, …shape] */
    readonly images: Uint8Array
  }
  readonly fed: {
    readonly shape: readonly number[]
    /** Of the row, on the scale of the network. */
    readonly values: Float32Array
    readonly minimum: number
    readonly mean: number
    readonly maximum: number
  }
  /** Where samples are mixed: by places in the batch before a row (0, 1, …), its share in every row's target. */
  readonly shares?: readonly Float32Array[]
  /** Of a replay: its epoch from 0, the steps of the run before it, and how many batches an epoch has. */
  readonly batch?: { readonly epoch: number; readonly step: number; readonly batches: number }
  /** The project's transforms. */
  readonly list: readonly TransformStep[]
  /** Microseconds a sample that all transforms take in training, on one thread. */
  readonly cost: number
}

export interface AugmentStage {
  /** Place in the project's list of transforms; null for the stored images. */
  readonly step: number | null
  readonly shape: readonly number[]
  /** The image of the row as a picture for the eye, […shape]. */
  readonly image: Uint8Array
  /** What was drawn for each row in a few words; absent where nothing is drawn. */
  readonly words?: readonly Text[]
}

/** Every request by its name. */
export interface EngineCalls {
  train: { input: TrainJob; output: FinishedEvent }
  evaluate: { input: EvaluateRequest; output: EvaluateReport }
  predict: { input: PredictRequest; output: PredictReport }
  export: { input: ExportRequest; output: ExportReport }
  inspectData: { input: DataRequest; output: DataReport }
  augment: { input: AugmentRequest; output: AugmentReport }
  devices: { input: null; output: readonly DeviceReport[] }
}

export type CallName = keyof EngineCalls

/** What can be asked of a run while it goes on. */
export type Control =
  { readonly action: 'pause' | 'resume' | 'stop' } | { readonly action: 'learning-rate'; readonly value: number }

export type ToEngine =
  | {
      [N in CallName]: {
        readonly call: N
        readonly id: number
        readonly input: EngineCalls[N]['input']
        /** Where data may be read from; everywhere without it. */
        readonly limits?: ReadingLimits
      }
    }[CallName]
  | { readonly call: 'control'; readonly id: number; readonly control: Control }

export type FromEngine =
  | { readonly reply: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly reply: 'result'; readonly id: number; readonly output: EngineCalls[CallName]['output'] }
  | { readonly reply: 'problems'; readonly id: number; readonly problems: readonly Problem[] }
  /** A defect of ours. */
  | { readonly reply: 'fault'; readonly id: number; readonly message: string; readonly stack: string }
