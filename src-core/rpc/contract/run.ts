/** Training runs: starting and steering the one that is going on, watching it from any window, and the runs of the past. */
import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { deviceNames } from '../../graph/devices'
import type { Project } from '../../graph/project'
import { numberSchema, trainingParams } from '../../graph/trainingParams'
import { tasks } from '../../losses/task'
import type { EpochEvent, ErrorEvent, FinishedEvent, PlanEvent, RunEvent, StepEvent } from '../../runs/events'
import { runStates } from '../../runs/runState'
import { fileIdSchema } from './file'
import { anyNumber, float32Array } from './numbers'
import { nothing, procedure } from './procedure'
import { documentSchema } from './project'

/** Name of the run's folder. */
export const runIdSchema = z.string().regex(/^[^./\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]{0,199}$/u)

/** A project as it is in the window, with the file it was opened from, whose folder relative data paths start at. */
export const projectInputSchema = z.object({ project: documentSchema, file: fileIdSchema.nullable() })

/** A StepCurve of runs/stepCurve.ts. */
const stepCurveSchema = z.object({
  stride: z.int(),
  step: float32Array,
  loss: float32Array,
  metric: float32Array,
  open: z.object({ count: z.int(), step: z.int(), loss: anyNumber, metric: anyNumber }),
})

/** Events come from the host itself; their form is that of runs/events.ts and is not checked a second time. */
function eventSchema<Event extends RunEvent>(...kinds: readonly Event['event'][]): z.ZodType<Event, Event> {
  return z.custom<Event>(
    (value) => (kinds as readonly unknown[]).includes((value as { event?: unknown } | null)?.event),
    `expected ${kinds.join(' or ')}`,
  )
}

const planSchema = eventSchema<PlanEvent>('start')
const stepSchema = eventSchema<StepEvent>('step')
const epochSchema = eventSchema<EpochEvent>('epoch')
const endSchema = eventSchema<FinishedEvent | ErrorEvent>('finished', 'error')
const runEventSchema = eventSchema<RunEvent>('start', 'step', 'epoch', 'finished', 'error', 'state')

/** `loss` and every metric by its kind; NaN travels. */
const figuresSchema = z.record(z.string(), anyNumber)

export const summarySchema = z.object({
  run: runIdSchema,
  /** Id of the project it is a run of. */
  document: z.string(),
  /** Of the project. */
  name: z.string(),
  state: z.enum(runStates),
  startedAt: z.iso.datetime(),
  /** Seconds of training; null where it is unknown. */
  seconds: z.number().nullable(),
  /** The best epoch with its figures; null before the first epoch. */
  best: z.object({ epoch: z.int(), train: figuresSchema, validation: figuresSchema }).nullable(),
  epochsDone: z.int(),
  epochsPlanned: z.int(),
  /** Where a run that has not come to its planned end can go on, and the share of it that is done, 0 to 1; null where it cannot. */
  unfinished: z.object({ epoch: z.int(), step: z.int(), bestEpoch: z.int().optional(), share: z.number() }).nullable(),
  task: z.enum(tasks),
  /** Whether its samples are pictures; null where that is not known yet. */
  images: z.boolean().nullable(),
  /** Of the numbers that are predicted, where the data tells one. */
  unit: z.string().optional(),
  /** The training settings as the run was started with. */
  training: z.custom<Project['training']>((value) => typeof value === 'object' && value !== null),
  device: z.string(),
  /** Elements of all weights. */
  parameters: z.int(),
})
export type RunSummary = z.infer<typeof summarySchema>

/** Everything there is to show of a run up to now. */
const recordSchema = z.object({
  summary: summarySchema,
  project: documentSchema,
  plan: planSchema.nullable(),
  epochs: z.array(epochSchema),
  steps: stepCurveSchema,
  /** The newest step that was told, with the running figures of its epoch; its losses are in `steps` already. */
  latest: stepSchema.nullable(),
  end: endSchema.nullable(),
  /** Of the best weights on the test set; null while nobody has asked for them. */
  test: figuresSchema.nullable(),
})
export type RunRecordView = z.infer<typeof recordSchema>

const damagedSchema = z.object({ run: z.string(), reason: z.string() })
/** A folder that cannot be shown as a run, and why. */
export type DamagedRun = z.infer<typeof damagedSchema>

const watchSchema = z.discriminatedUnion('type', [
  /** Comes first, and again whenever another run takes the place of the one that is watched. */
  z.object({ type: z.literal('record'), record: recordSchema }),
  /** What happens from then on; step events that wait are joined, so none of their losses is lost. */
  z.object({ type: z.literal('event'), run: runIdSchema, event: runEventSchema }),
])
export type RunUpdate = z.infer<typeof watchSchema>

const deviceSchema = z.object({
  device: z.enum(deviceNames),
  available: z.boolean(),
  /** What is known of it, or why it cannot be used. */
  detail: z.string(),
})
export type DeviceReport = z.infer<typeof deviceSchema>

/** What a test set has to do with a run. */
const testMeasurementSchema = z.object({
  figures: figuresSchema,
  samples: z.int(),
  /** Looks at this test set so far, this one included; null where the count could not be written. */
  looks: z.int().nullable(),
})
export type TestMeasurement = z.infer<typeof testMeasurementSchema>

const runInput = z.object({ run: runIdSchema })

export const run = {
  /** Starts training. Fails with `run-busy` while another run is going on; what else forbids it is the run's last event. */
  start: procedure.input(projectInputSchema).output(runInput),
  /** Answers once the run is paused, within half a second. A run that has ended stays as it is. */
  pause: procedure.input(runInput).output(nothing),
  resume: procedure.input(runInput).output(nothing),
  /**
   * Goes on with a run of the past from its last checkpoint, under the same name and with the same settings, whatever the
   * project is by now; `epochs` counts from its beginning. `force` also where it seems to go on in another process. Fails
   * as `start` does.
   */
  continue: procedure
    .input(
      runInput.extend({
        epochs: numberSchema(trainingParams.epochs).optional(),
        force: z.boolean().optional(),
      }),
    )
    .output(nothing),
  /** Asks the run to end after the step under way; its best weights are kept. */
  stop: procedure.input(runInput).output(nothing),
  setLearningRate: procedure
    .input(runInput.extend({ learningRate: numberSchema(trainingParams.learningRate) }))
    .output(nothing),
  /**
   * A run from its beginning, then live until it ends. `current` is the run that is going on or was the last to; it
   * waits for one where there is none, and goes on with the next one.
   */
  watch: procedure
    .input(z.object({ run: z.union([z.literal('current'), runIdSchema]) }))
    .output(eventIterator(watchSchema)),
  /** Every device that a project can name, and whether this computer has it. */
  devices: procedure.input(nothing).output(z.array(deviceSchema)),
  /** All runs on disk and the one that is going on, newest first, and the folders that are damaged. */
  list: procedure.input(nothing).output(z.object({ runs: z.array(summarySchema), damaged: z.array(damagedSchema) })),
  open: procedure.input(runInput).output(recordSchema),
  /**
   * The project as the run was started with it, to be opened as one without a file: its data paths are whole. With the id of
   * the document that was trained, and when.
   */
  project: procedure
    .input(runInput)
    .output(z.object({ project: documentSchema, document: z.string(), startedAt: z.iso.datetime() })),
  /** How large the test set of a run is, and how often it was looked at. */
  testSet: procedure.input(runInput).output(z.object({ samples: z.int(), looks: z.int() })),
  /**
   * Measures the best weights on the test set and keeps the figures with the run; that look is counted. Runs do not do it
   * by themselves. Fails with `run-busy` for the run that is going on.
   */
  measureTest: procedure.input(runInput).output(testMeasurementSchema),
  /** Moves a run to the trash, from where `restore` brings it back; it is emptied after 30 days. */
  remove: procedure.input(runInput).output(nothing),
  restore: procedure.input(runInput).output(nothing),
}
