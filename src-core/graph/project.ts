/** The project: one readable JSON file, validated by the schemas below. Its version history is in migrations.ts. */
import { z } from 'zod'
import { tasks } from '../losses/task'
import { choiceSchema, paramValueSchema } from './choice'
import { dataSchema } from './dataSettings'
import { deviceSettings } from './devices'
import { catalogueSettings, earlyStoppingParams, loaderParams, numberSchema, trainingParams } from './trainingParams'
import { transformsSchema } from './transformSettings'

export const PROJECT_VERSION = 1

/** Maximum block nesting, counting the outermost network as level 0. */
export const MAX_BLOCK_DEPTH = 8
/** Maximum number of layers of a network, both as written and with every block expanded. */
export const MAX_NODES = 5000
/** Maximum number of edges of a network, both as written and with every block expanded. */
export const MAX_EDGES = 20000

/**
 * Layer ids are names as in PyTorch's `named_parameters`: a letter, then letters, digits, `_` and `-`.
 * A dot is not allowed because it joins the ids along a path into a block (`block1.0.conv1`).
 */
export const nodeIdPattern = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u

/**
 * A layer. A layer of kind `block` is a named sub-graph and is the only kind with `graph` and `repeat`: the inner graph
 * has one
 * `block-output` node and any number of `block-input` nodes, whose ids are the input ports of the block, in order.
 */
export const nodeSchema = z.object({
  id: z.string().min(1).max(200).regex(nodeIdPattern),
  kind: z.string().min(1).max(100),
  params: z.record(z.string(), paramValueSchema).default({}),
  /** Frozen layers keep their weights. */
  trainable: z.boolean().default(true),
  /** Initializer by weight name; weights not listed use the layer's default. */
  initializers: z.record(z.string(), choiceSchema).default({}),
  position: z.tuple([z.number(), z.number()]).default([0, 0]),
  /**
   * Blocks only: the number of copies in sequence, each with its own weights, the output of one feeding the first input
   * of the next.
   */
  repeat: z.number().int().min(1).max(1000).optional(),
  /** Blocks only: the sub-graph. */
  get graph(): z.ZodOptional<z.ZodType<NetworkGraph, WrittenGraph>> {
    return graphSchema.optional()
  },
})
export type GraphNode = z.infer<typeof nodeSchema>

export const edgeSchema = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  /** Input port of the target; `x` is the only port of single-input layers. */
  port: z.string().min(1).default('x'),
})
export type GraphEdge = z.infer<typeof edgeSchema>

export const graphSchema = z.object({
  nodes: z.array(nodeSchema).max(MAX_NODES),
  edges: z.array(edgeSchema).max(MAX_EDGES),
})
/**
 * Declared instead of inferred, because it contains itself and an inferred type would be lost in the declaration files.
 */
export interface NetworkGraph {
  nodes: GraphNode[]
  edges: GraphEdge[]
}

/** A graph as written in a file, where defaults can be omitted. */
export interface WrittenGraph {
  nodes: z.input<typeof nodeSchema>[]
  edges: z.input<typeof edgeSchema>[]
}

/** How batches are drawn and read. */
export const loaderSchema = z.object({
  workers: numberSchema(loaderParams.workers).nullable().default(null),
  prefetch: numberSchema(loaderParams.prefetch).default(loaderParams.prefetch.spec.default),
  dropLast: z.boolean().default(loaderParams.dropLast.spec.default),
  balanced: z.boolean().default(loaderParams.balanced.spec.default),
})
export type LoaderSettings = z.infer<typeof loaderSchema>

export const earlyStoppingSchema = z.object({
  /** `loss` or a metric; a name that this version does not know is a problem of the settings, not of the file. */
  metric: z.string().default(earlyStoppingParams.metric.spec.default),
  patience: numberSchema(earlyStoppingParams.patience).default(earlyStoppingParams.patience.spec.default),
  minDelta: numberSchema(earlyStoppingParams.minDelta).default(earlyStoppingParams.minDelta.spec.default),
})

const { learningRate, batchSize, epochs, seed, threads } = trainingParams

/** What each of these may be, and what it is for, stands in trainingParams.ts. */
export const trainingSchema = z.object({
  loss: choiceSchema.default(catalogueSettings.loss.default),
  optimizer: choiceSchema.default(catalogueSettings.optimizer.default),
  schedule: choiceSchema.default(catalogueSettings.schedule.default),
  learningRate: numberSchema(learningRate).default(learningRate.spec.default),
  batchSize: numberSchema(batchSize).default(batchSize.spec.default),
  epochs: numberSchema(epochs).default(epochs.spec.default),
  seed: numberSchema(seed).default(seed.spec.default),
  earlyStopping: earlyStoppingSchema.nullable().default(null),
  device: z.enum(deviceSettings).default('auto'),
  loader: loaderSchema.prefault({}),
  threads: numberSchema(threads).nullable().default(null),
})
export type TrainingSettings = z.infer<typeof trainingSchema>

/** Letters, digits, `_` and `-`, so that it can be a file name. */
export const projectIdSchema = z.string().regex(/^[\w-]{8,64}$/)

export const projectSchema = z.object({
  format: z.literal('layerloom'),
  version: z.literal(PROJECT_VERSION),
  /**
   * Identifies the project through every save, move and rename, so that its runs are found again. Written by the
   * window; a
   * file without one gets one when it is opened.
   */
  id: projectIdSchema.optional(),
  /**
   * The project this one was created from, and when (ISO 8601): the runs it had by then belong to this one's history
   * too.
   */
  origin: z.object({ id: projectIdSchema, at: z.iso.datetime() }).optional(),
  name: z.string().max(500),
  task: z.enum(tasks),
  data: dataSchema,
  transforms: transformsSchema,
  graph: graphSchema,
  training: trainingSchema.prefault({}),
})
export type Project = z.infer<typeof projectSchema>
