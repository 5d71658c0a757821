/** The trainer's inputs and listener. */
import type { NetworkSource } from '#core/compiler/network'
import type { TrainingSettings } from '#core/graph/project'
import type { Task } from '#core/losses/task'
import type { EpochEvent, StepEvent } from '#core/runs/events'
import type { Device } from '../device/device'
import type { Evaluation } from '../evaluation/evaluation'
import type { TrainingPlan } from './plan'
import type { SampleFeed } from '../evaluation/sampleFeed'

export interface TrainerParts {
  readonly device: Device
  readonly source: NetworkSource
  readonly task: Task
  readonly training: TrainingSettings
  readonly plan: TrainingPlan
  readonly feed: SampleFeed
  readonly evaluation: Evaluation
  /** Indices of the validation samples; may be empty. */
  readonly validation: Int32Array
}

export interface TrainerListener {
  step(event: StepEvent): Promise<void>
  epoch(event: EpochEvent): Promise<void>
  /** A moment at which the trainer can provide a checkpoint. */
  pause(moment: 'call' | 'epoch' | 'paused'): Promise<void>
}
