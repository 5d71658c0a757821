/** run.json: everything about a run except its per-step numbers, readable without the app. */
import { z } from 'zod'
import type { DataFacts } from '#core/data/facts'
import { parseProject } from '#core/graph/parse'
import type { Project } from '#core/graph/project'
import type { Problem } from '#core/problems/problem'
import { fail, formatProblem } from '#core/problems/problem'
import type { Figures } from '#core/runs/events'
import { endReasons, recordedStates, type EndReason, type RecordedState } from '#core/runs/runState'
import type { FittedPreTransforms } from '#core/pretransforms/preTransformList'
import type { FittedTransforms } from '#core/transforms/transformList'
import { factsSchema, fittedPreTransformsSchema, fittedTransformsSchema } from '../data/dataSchemas'
import type { ProcessIdentity } from '../machine/processIdentity'

/** 2: runs that were cut off are `interrupted`. Version 1 is read unchanged. */
export const RUN_VERSION = 2
const VERSIONS = [1, RUN_VERSION] as const

export interface RunRecord {
  readonly format: 'layerloom-run'
  readonly version: (typeof VERSIONS)[number]
  readonly name: string
  readonly state: RecordedState
  /** Why the run ended; absent while in progress, and if it was interrupted or failed. */
  readonly reason?: EndReason
  /** Why it was interrupted or failed. */
  readonly problems?: readonly Problem[]
  /** ISO 8601, like `ended`. */
  readonly started: string
  readonly ended?: string
  /** The project as it was, and the folder its paths are relative to: stored relative to the run folder if possible. */
  readonly project: Project
  readonly projectFolder: string
  readonly limit?: number
  /** The run does not use the test set; it is measured only on request. */
  readonly sealed?: boolean
  readonly seeds: { readonly training: number; readonly split: number }
  readonly versions: { readonly layerloom: string; readonly node: string; readonly onnxruntime: string }
  /** The engine process; if it is gone, the run cannot be in progress. */
  readonly process: ProcessIdentity
  /** When the run was resumed, at which step, and with how many epochs if that changed. */
  readonly resumed?: readonly { readonly at: string; readonly step: number; readonly epochs?: number }[]
  readonly device: string
  readonly threads: number
  /** Memory layout of convolutions: `NCHW`, or `NCHWc16` and the like. */
  readonly layout: string
  readonly note?: string
  readonly data: {
    /** SHA-256 over facts, samples and targets. */
    readonly fingerprint: string
    readonly facts: DataFacts
    /** Fitted on the training split. */
    readonly preprocess: FittedPreTransforms
    readonly transforms: FittedTransforms
    readonly counts: { readonly train: number; readonly validation: number; readonly test: number }
  }
  readonly parameters: number
  readonly stepsPerEpoch: number
  /** Progress of the run as of the last checkpoint. */
  readonly progress: { readonly epochs: number; readonly steps: number; readonly bestEpoch: number }
  /** For the best weights. */
  readonly figures: { readonly train?: Figures; readonly validation?: Figures; readonly test?: Figures }
  /** Seconds. */
  readonly timings: { readonly preparing: number; readonly training: number }
  /** File name of the exported model. */
  readonly model?: string
}

const text = z.string().max(100_000)
const number = z.number()
const count = z.int().min(0)
const time = text.refine((value) => !Number.isNaN(Date.parse(value)), 'not a time')
const figures = z.record(z.string(), number.nullable()).transform(withoutNulls).optional()

/** JSON has no NaN: figures that could not be computed are stored as null. */
export function withoutNulls(values: Record<string, number | null>): Figures {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? NaN]))
}

const problemSchema = z.looseObject({
  code: text,
  severity: z.enum(['error', 'warning']),
  place: z.looseObject({}),
  message: text,
  fix: text,
})

const recordSchema = z.object({
  format: z.literal('layerloom-run'),
  version: z.literal(VERSIONS),
  name: text,
  state: z.enum(recordedStates),
  reason: z.enum(endReasons).optional(),
  problems: z.array(problemSchema).optional(),
  started: time,
  ended: time.optional(),
  project: z.unknown(),
  projectFolder: text,
  limit: z.int().min(1).optional(),
  sealed: z.boolean().optional(),
  seeds: z.object({ training: number, split: number }),
  versions: z.object({ layerloom: text, node: text, onnxruntime: text }),
  process: z.object({ id: z.int(), host: text, started: text.optional(), boot: text.optional() }),
  resumed: z.array(z.object({ at: time, step: count, epochs: count.optional() })).optional(),
  device: text,
  threads: z.int().min(1),
  layout: text,
  note: text.optional(),
  data: z.object({
    fingerprint: text,
    facts: factsSchema,
    preprocess: fittedPreTransformsSchema,
    transforms: fittedTransformsSchema,
    counts: z.object({ train: count, validation: count, test: count }),
  }),
  parameters: count,
  stepsPerEpoch: count,
  progress: z.object({ epochs: count, steps: count, bestEpoch: count }),
  figures: z.object({ train: figures, validation: figures, test: figures }),
  timings: z.object({ preparing: number, training: number }),
  model: text.optional(),
})

/** Parses the text of a run.json. @throws ProblemError `run-damaged` */
export function parseRecord(json: string, file: string): RunRecord {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return damaged(file, 'a JSON object', (error as Error).message)
  }
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown }
  if (format !== 'layerloom-run') return damaged(file, '"format": "layerloom-run"', JSON.stringify(format) ?? 'nothing')
  if (typeof version === 'number' && version > RUN_VERSION) return failNewer(file, version)
  const parsed = recordSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return damaged(file, 'a run record', `${issue!.path.join('.')}: ${issue!.message}`)
  }
  const { project, problems } = parseProject(JSON.stringify(parsed.data.project), file)
  if (!project) return damaged(file, 'the project of the run', problems.map(formatProblem).join('\n'))
  return { ...(parsed.data as unknown as RunRecord), project }
}

export function formatRecord(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`
}

function damaged(file: string, expected: string, received: string): never {
  return fail('run-damaged', 'record', { expected, received }, { file })
}

function failNewer(file: string, version: number): never {
  return fail('run-damaged', 'newer', { supported: RUN_VERSION, version }, { file })
}
