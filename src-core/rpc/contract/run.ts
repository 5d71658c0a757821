/** Training runs: starts and controls the current run, streams it to any window, and lists past runs. */
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

/**
 * A project as it is in the window, with the file it was opened from; relative data paths start at that file's folder.
 */
export const projectInputSchema = z.object({ project: documentSchema, file: fileIdSchema.nullable() })

/** A StepCurve of runs/stepCurve.ts. */
const stepCurveSchema = z.object({
  stride: z.int(),
  step: float32Array,
  loss: float32Array,
  metric: float32Array,
  open: z.object({ count: z.int(), step: z.int(), loss: anyNumber, metric: anyNumber }),
})

/** Events come from the host itself; their form is defined in runs/events.ts and is not checked again. */
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

/** `loss` and every metric by its kind; NaN is preserved. */
const figuresSchema = z.record(z.string(), anyNumber)

export const summarySchema = z.object({
  run: runIdSchema,
  /** Id of the project. */
  document: z.string(),
  /** Name of the project. */
  name: z.string(),
  state: z.enum(runStates),
  startedAt: z.iso.datetime(),
  /** Seconds of training; null if unknown. */
  seconds: z.number().nullable(),
  /** The best epoch with its figures; null before the first epoch. */
  best: z.object({ epoch: z.int(), train: figuresSchema, validation: figuresSchema }).nullable(),
  epochsDone: z.int(),
  epochsPlanned: z.int(),
  /**
   * Where a run that has not reached its planned end can resume, and the share of it that is done, 0 to 1; null if it
   * cannot.
   */
  unfinished: z.object({ epoch: z.int(), step: z.int(), bestEpoch: z.int().optional(), share: z.number() }).nullable(),
  task: z.enum(tasks),
  /** Whether its samples are images; null if not known yet. */
  images: z.boolean().nullable(),
  /** Unit of the predicted numbers, if the data specifies one. */
  unit: z.string().optional(),
  /** The training settings the run was started with. */
  training: z.custom<Project['training']>((value) => typeof value === 'object' && value !== null),
  device: z.string(),
  /** Total number of elements of all weights. */
  parameters: z.int(),
})
export type RunSummary = z.infer<typeof summarySchema>

/** Everything known about a run so far. */
const recordSchema = z.object({
  summary: summarySchema,
  project: documentSchema,
  plan: planSchema.nullable(),
  epochs: z.array(epochSchema),
  steps: stepCurveSchema,
  /** The latest step event, with the running figures of its epoch; its losses are already in `steps`. */
  latest: stepSchema.nullable(),
  end: endSchema.nullable(),
  /** Figures of the best weights on the test set; null until requested. */
  test: figuresSchema.nullable(),
})
export type RunRecordView = z.infer<typeof recordSchema>

const damagedSchema = z.object({ run: z.string(), reason: z.string() })
/** A folder that cannot be shown as a run, and the reason. */
export type DamagedRun = z.infer<typeof damagedSchema>

const watchSchema = z.discriminatedUnion('type', [
  /** Sent first, and again when another run replaces the watched one. */
  z.object({ type: z.literal('record'), record: recordSchema }),
  /** Live updates; queued step events are merged without losing any of their losses. */
  z.object({ type: z.literal('event'), run: runIdSchema, event: runEventSchema }),
])
export type RunUpdate = z.infer<typeof watchSchema>

const deviceSchema = z.object({
  device: z.enum(deviceNames),
  available: z.boolean(),
  /** What is known about it, or why it cannot be used. */
  detail: z.string(),
})
export type DeviceReport = z.infer<typeof deviceSchema>

/** The test set in relation to a run. */
const testMeasurementSchema = z.object({
  figures: figuresSchema,
  samples: z.int(),
  /** Looks at this test set so far, including this one; null if the count could not be written. */
  looks: z.int().nullable(),
})
export type TestMeasurement = z.infer<typeof testMeasurementSchema>

const runInput = z.object({ run: runIdSchema })

export const run = {
  /**
   * Starts training. Fails with `run-busy` while another run is in progress; any other obstacle is the run's last
   * event.
   */
  start: procedure.input(projectInputSchema).output(runInput),
  /** Resolves once the run is paused, within half a second. A run that has ended stays as it is. */
  pause: procedure.input(runInput).output(nothing),
  resume: procedure.input(runInput).output(nothing),
  /**
   * Resumes a past run from its last checkpoint, under the same name and with the same settings, independent of the
   * project's current state; `epochs` counts from its beginning. `force` resumes even if it seems to be running in
   * another process. Fails
   * like `start`.
   */
  continue: procedure
    .input(
      runInput.extend({
        epochs: numberSchema(trainingParams.epochs).optional(),
        force: z.boolean().optional(),
      }),
    )
    .output(nothing),
  /** Requests that the run end after the current step; its best weights are kept. */
  stop: procedure.input(runInput).output(nothing),
  setLearningRate: procedure
    .input(runInput.extend({ learningRate: numberSchema(trainingParams.learningRate) }))
    .output(nothing),
  /**
   * A run from its beginning, then live until it ends. `current` is the run in progress or the last one; it
   * waits for one if there is none, and continues with the next one.
   */
  watch: procedure
    .input(z.object({ run: z.union([z.literal('current'), runIdSchema]) }))
    .output(eventIterator(watchSchema)),
  /** Every device that a project can name, and whether this computer has it. */
  devices: procedure.input(nothing).output(z.array(deviceSchema)),
  /** All runs on disk and the run in progress, newest first, and the damaged folders. */
  list: procedure.input(nothing).output(z.object({ runs: z.array(summarySchema), damaged: z.array(damagedSchema) })),
  open: procedure.input(runInput).output(recordSchema),
  /**
   * The project as the run was started with it, to be opened as one without a file: its data paths are absolute.
   * Includes the id of
   * the trained document, and when.
   */
  project: procedure
    .input(runInput)
    .output(z.object({ project: documentSchema, document: z.string(), startedAt: z.iso.datetime() })),
  /** The size of a run's test set, and the number of looks at it. */
  testSet: procedure.input(runInput).output(z.object({ samples: z.int(), looks: z.int() })),
  /**
   * Evaluates the best weights on the test set and stores the figures with the run; this counts as a look. Runs never
   * do it
   * automatically. Fails with `run-busy` for the run in progress.
   */
  measureTest: procedure.input(runInput).output(testMeasurementSchema),
  /** Moves a run to the trash, from where `restore` brings it back; the trash is emptied after 30 days. */
  remove: procedure.input(runInput).output(nothing),
  restore: procedure.input(runInput).output(nothing),
}
