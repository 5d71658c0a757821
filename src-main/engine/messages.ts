/** Messages between the host and the engine process: requests and their answers, and run events. */
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

/** A run from the start. Paths in the project are relative to `projectFolder`. */
export interface NewRun {
  readonly project: Project
  readonly projectFolder: string
  /** Run folder; by default named after time and project, in `<projectFolder>/runs`. It must not contain a run yet. */
  readonly out?: string
  /** Number of training samples to use, drawn at random (with the run's seed). */
  readonly limit?: number
  /** The run does not measure the test set at its end, only on request. */
  readonly sealed?: boolean
}

/** A run that was stopped or interrupted, resumed from its last checkpoint as if it had never stopped. */
export interface ContinuedRun {
  readonly resume: string
  /** New number of epochs in place of the planned one; a finished run needs more than it has. */
  readonly epochs?: number
  /** Another base learning rate from here on. */
  readonly learningRate?: number
  /** Continue even if the run seems to be in progress in another process; two processes writing one run corrupt it. */
  readonly force?: boolean
  /** As for a new run; a run started sealed stays sealed. */
  readonly sealed?: boolean
}

export type TrainJob = NewRun | ContinuedRun

export interface EvaluateRequest {
  /** A run folder or an ONNX file. */
  readonly target: string
  /** A split of the training data; test by default, if it is that data. */
  readonly split?: 'test' | 'validation'
  /** New location of that data, or other labeled data, which is evaluated as a whole. */
  readonly data?: string
  readonly threads?: number
}

export interface EvaluateReport {
  readonly target: string
  /** Null if all of another dataset was measured. */
  readonly split: 'test' | 'validation' | null
  /** The other data. */
  readonly data?: string
  readonly samples: number
  /** Samples of the other data that were left out because they have no label. */
  readonly unlabelled?: number
  /** `loss` and the metrics of the task. */
  readonly figures: Figures
  /** Unit of the predicted numbers, if the data names one. */
  readonly unit?: string
  /** Names of the metrics besides the loss; the first is the main one. */
  readonly metrics: readonly string[]
  /** For a test split: how often it was measured, including this time; absent if that could not be counted. */
  readonly looks?: number
}

export interface PredictRequest {
  /** A run folder or an ONNX file. */
  readonly target: string
  /** Images, arrays, tables or texts, each with one or more samples; for a folder, the files in it. */
  readonly files: readonly string[]
  /** Literal texts, for text models. */
  readonly texts?: readonly string[]
  /** Classes to return per sample, most probable first; 5 by default. */
  readonly top?: number
  /** Also send what the network is fed, after pre-transforms and transforms; only runs can. */
  readonly fed?: boolean
  /** Whether unreadable files are reported alongside the answers for the others, instead of failing the request. */
  readonly keepGoing?: boolean
  readonly threads?: number
}

export type Prediction =
  | { readonly kind: 'classes'; readonly classes: readonly { readonly name: string; readonly probability: number }[] }
  | { readonly kind: 'numbers'; readonly numbers: readonly { readonly name: string; readonly value: number }[] }
  /** A sample that the model cannot take, among others that it can. */
  | { readonly kind: 'unusable'; readonly problem: Problem }

export interface PredictReport {
  readonly target: string
  readonly files: readonly ({ readonly file: string } & PredictedSamples)[]
  /** All texts in order, as one entry. */
  readonly texts?: PredictedSamples
  /** Files without an answer; only if the request keeps going without them. */
  readonly failures: readonly { readonly file: string; readonly problems: readonly Problem[] }[]
  /** All classes in order, if the model has any. */
  readonly classes?: readonly string[]
}

export interface PredictedSamples {
  readonly predictions: readonly Prediction[]
  /** [samples, …shape of the network input] */
  readonly fed?: Float32Array
}

export interface ExportRequest {
  /** A run folder. */
  readonly run: string
  /** The ONNX file to write. */
  readonly file: string
}

/** Returned only after the written model was loaded again and compared with the trainer on real samples. */
export interface ExportReport extends Readonly<ProvenModel> {
  readonly file: string
  /** Why it was compared on the samples that the run has kept. */
  readonly data?: 'missing' | 'changed' | 'unreadable'
}

export interface DataRequest {
  readonly data: DataSettings
  readonly task: Project['task']
  readonly projectFolder: string
  /** Number of raw training samples to include; 0 by default. */
  readonly preview?: number
}

export interface DataReport {
  readonly facts: DataFacts
  /** Shape of one sample as network input. */
  readonly sample: readonly number[]
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number }
  /** Over the training split. */
  readonly statistics: DataStatistics
  readonly fingerprint: string
  /** Warnings: rows left out, pre-transforms that look forgotten. */
  readonly notes: readonly Problem[]
  readonly preview: {
    /** Indices in the whole dataset. */
    readonly indices: Int32Array
    /** [count, …facts.sample.shape] */
    readonly samples: SampleArray
    /** [count] class codes or [count, size] numbers. */
    readonly targets: Int32Array | Float32Array
  }
}

/** What the transforms do to samples on every read, for display. */
export type AugmentRequest = (
  | (AugmentedData & {
      readonly kind: 'draws'
      /** Sample indices in the dataset; repeated ones are drawn anew each time. */
      readonly indices: readonly number[]
      readonly seed: number
      /** From 0. */
      readonly epoch: number
    })
  | (AugmentedData & {
      /** The extremes of one step: draws at the ends of its ranges, with all other steps doing nothing. */
      readonly kind: 'corners'
      readonly indices: readonly number[]
      /** Index in the list of transforms. */
      readonly step: number
    })
  | {
      /** A batch exactly as a run was fed it, from the run's own record. Epoch and batch from 0. */
      readonly kind: 'replay'
      readonly run: string
      readonly epoch: number
      readonly batch: number
    }
) & {
  /** The row whose image is returned after every step; the first by default. */
  readonly row?: number
}

export interface AugmentedData {
  readonly data: DataSettings
  readonly task: Project['task']
  readonly transforms: Project['transforms']
  readonly projectFolder: string
}

export interface AugmentReport {
  /** Dataset index of the sample in every row. For corners, every sample is repeated for each of them. */
  readonly indices: Int32Array
  /** [rows] class codes or [rows, size] numbers, before any mixing. */
  readonly targets: Int32Array | Float32Array
  /** The row shown step by step. */
  readonly row: number
  /** Stored images first, then those after each enabled step. */
  readonly stages: readonly AugmentStage[]
  /** All rows after the last step, or after the step of corners, as displayable pictures. */
  readonly pictures: {
    readonly shape: readonly number[]
    /** [rows, …shape] */
    readonly images: Uint8Array
  }
  readonly fed: {
    readonly shape: readonly number[]
    /** For the row, on the network's scale. */
    readonly values: Float32Array
    readonly minimum: number
    readonly mean: number
    readonly maximum: number
  }
  /** If samples are mixed: by offset in the batch before a row (0, 1, …), its share in every row's target. */
  readonly shares?: readonly Float32Array[]
  /** For a replay: its epoch from 0, the run's steps before it, and the number of batches per epoch. */
  readonly batch?: { readonly epoch: number; readonly step: number; readonly batches: number }
  /** The project's transforms. */
  readonly list: readonly TransformStep[]
  /** Microseconds per sample that all transforms take in training, on one thread. */
  readonly cost: number
}

export interface AugmentStage {
  /** Index in the project's list of transforms; null for the stored images. */
  readonly step: number | null
  readonly shape: readonly number[]
  /** The image of the row as a displayable picture, […shape]. */
  readonly image: Uint8Array
  /** The draws of each row in a few words; absent if nothing is drawn. */
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

/** Requests to a run in progress. */
export type Control =
  { readonly action: 'pause' | 'resume' | 'stop' } | { readonly action: 'learning-rate'; readonly value: number }

export type ToEngine =
  | {
      [N in CallName]: {
        readonly call: N
        readonly id: number
        readonly input: EngineCalls[N]['input']
        /** Where data may be read from; unrestricted if absent. */
        readonly limits?: ReadingLimits
      }
    }[CallName]
  | { readonly call: 'control'; readonly id: number; readonly control: Control }

export type FromEngine =
  | { readonly reply: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly reply: 'result'; readonly id: number; readonly output: EngineCalls[CallName]['output'] }
  | { readonly reply: 'problems'; readonly id: number; readonly problems: readonly Problem[] }
  /** An internal error. */
  | { readonly reply: 'fault'; readonly id: number; readonly message: string; readonly stack: string }
