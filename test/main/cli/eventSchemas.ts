/** The JSON lines of docs/cli.md as schemas: the format that scripts rely on. */
import { z } from 'zod'

const count = z.int().min(0)
const figures = z.record(z.string(), z.number())
const checkpoint = z.object({ epoch: count.min(1), step: count })
const choice = z.object({ kind: z.string() }).catchall(z.unknown())

const start = z.object({
  event: z.literal('start'),
  run: z.string(),
  name: z.string(),
  device: z.enum(['cpu', 'webgpu', 'cuda', 'dml']),
  threads: count,
  epochs: count,
  batchSize: count,
  stepsPerEpoch: count,
  samples: z.object({ train: count, validation: count, test: count }),
  parameters: count,
  seed: count,
  loss: z.string(),
  optimizer: choice,
  learningRate: z.number(),
  schedule: choice,
  metrics: z.array(z.string()),
  resumed: checkpoint.optional(),
  unit: z.string().optional(),
})
const step = z.object({
  event: z.literal('step'),
  epoch: count.min(1),
  step: count.min(1),
  loss: z.number(),
  train: figures,
  losses: z.array(z.number()),
  metrics: z.array(z.number()),
  learningRate: z.number(),
  samplesPerSecond: z.number().positive(),
  secondsLeft: z.number().min(0),
  memory: z.number().positive(),
})
const epoch = z.object({
  event: z.literal('epoch'),
  epoch: count.min(1),
  step: count.min(1),
  train: figures,
  validation: figures.optional(),
  trainingSet: figures.optional(),
  learningRate: z.number(),
  seconds: z.number().min(0),
  best: z.boolean(),
})
const finished = z.object({
  event: z.literal('finished'),
  run: z.string(),
  reason: z.enum(['completed', 'early-stopping', 'stopped']),
  bestEpoch: count,
  epochs: count,
  seconds: z.number().min(0),
  test: figures.optional(),
  validation: figures.optional(),
  model: z.string(),
  checkpoint: checkpoint.optional(),
})
const evaluation = z.object({
  event: z.literal('evaluation'),
  target: z.string(),
  split: z.enum(['test', 'validation']).nullable(),
  data: z.string().optional(),
  samples: count,
  unlabelled: count.optional(),
  figures,
  metrics: z.array(z.string()),
  unit: z.string().optional(),
})
const prediction = z.object({
  event: z.literal('prediction'),
  file: z.string().optional(),
  text: z.string().optional(),
  sample: count,
  classes: z.array(z.object({ name: z.string(), probability: z.number().min(0).max(1) })).optional(),
  numbers: z.array(z.object({ name: z.string(), value: z.number() })).optional(),
  /** For a row without an answer. */
  problem: z
    .object({ code: z.string(), message: z.string(), place: z.looseObject({}) })
    .loose()
    .optional(),
})
const exported = z.object({
  event: z.literal('exported'),
  file: z.string(),
  bytes: count,
  samples: count,
  difference: z.number().min(0),
  scale: z.number().min(0),
  proof: z.enum(['data', 'kept']),
  data: z.enum(['missing', 'changed', 'unreadable']).optional(),
})
const download = z.object({
  event: z.literal('download'),
  name: z.string(),
  file: z.string(),
  bytes: count,
  total: count,
  rate: z.number().min(0),
  secondsLeft: z.number().min(0).optional(),
  mirror: z.string(),
})
const downloaded = z.object({
  event: z.literal('downloaded'),
  name: z.string(),
  folder: z.string(),
  files: z.array(z.string()),
  total: count,
  state: z.enum(['complete', 'partial', 'absent']),
  bytes: count.optional(),
})
const error = z.object({
  event: z.literal('error'),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
  problems: z
    .array(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        place: z.object({}).catchall(z.unknown()),
        message: z.string(),
        expected: z.string().optional(),
        received: z.string().optional(),
        arithmetic: z.string().optional(),
        fix: z.string(),
      }),
    )
    .min(1),
  run: z.string().optional(),
})

const lineSchema = z.discriminatedUnion('event', [
  start,
  step,
  epoch,
  finished,
  evaluation,
  prediction,
  exported,
  download,
  downloaded,
  error,
])

export type Line = z.infer<typeof lineSchema>
export type EventName = Line['event']
export type EventOf<N extends EventName> = Extract<Line, { event: N }>

/** All lines of a command's output, validated. */
export function parseLines(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
}

/** The only line with this name. */
export function theLine<N extends EventName>(lines: readonly Line[], name: N): EventOf<N> {
  const found = lines.filter(({ event }) => event === name)
  if (found.length !== 1)
    throw new Error(`expected one ${name} line, found ${found.length}: ${JSON.stringify(lines.at(-1))}`)
  return found[0] as EventOf<N>
}
