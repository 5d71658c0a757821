/** Reads an untrusted ONNX file: everything is validated before the native runtime sees it. */
import { open } from 'node:fs/promises'
import type { DataFacts } from '#core/data/facts'
import { decodeModel, type Port } from '#core/onnx/decode'
import type { Graph } from '#core/onnx/graph'
import { fail } from '#core/problems/problem'
import { expectedSample, type ExpectedSample } from '../data/newSamples/expectedSample'
import { parseModelMetadata, type ModelDescription } from './modelMetadata'

/** Protobuf limits messages to this size. */
const MODEL_LIMIT = 2 ** 31 - 1
const NODE_LIMIT = 1_000_000

export interface ModelFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly graph: Graph
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Absent if Layerloom did not write the model. */
  readonly description?: ModelDescription
}

/** @throws ProblemError `model-format` */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readBytes(path)
  const { graph, inputs, outputs, metadata } = decodeModel(bytes, path)
  const nodes = countNodes(graph)
  if (nodes > NODE_LIMIT)
    fail('model-format', 'too-many-operators', { most: NODE_LIMIT, received: nodes }, { file: path })
  const description = parseModelMetadata(metadata, path)
  return { path, bytes, graph, inputs, outputs, ...(description && { description }) }
}

async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) =>
    fail(
      'model-format',
      'unreadable',
      { received: error.code === 'ENOENT' ? 'no such file' : error.message },
      { file: path },
    ),
  )
  try {
    const info = await file.stat()
    if (!info.isFile()) fail('model-format', 'not-file', {}, { file: path })
    if (info.size > MODEL_LIMIT)
      fail('model-format', 'too-large', { most: MODEL_LIMIT, size: info.size }, { file: path })
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function countNodes(graph: Graph): number {
  const nested = (value: unknown): value is Graph => typeof value === 'object' && value !== null && 'nodes' in value
  return graph.nodes.reduce(
    (sum, { attributes }) =>
      sum +
      1 +
      Object.values(attributes).reduce<number>((all, value) => all + (nested(value) ? countNodes(value) : 0), 0),
    0,
  )
}

/**
 * Expected input: from the model's own metadata, otherwise from its single input. An open size is taken from each file.
 */
export async function expectedOf({ path, inputs, description }: ModelFile): Promise<ExpectedSample> {
  if (description) return expectedSample({ ...description, source: description.data.source })
  const [input] = inputs
  const refuseInput = (why: 'one-input' | 'input-type' | 'input-rank', received: string) =>
    fail('model-format', why, { received }, { file: path })
  if (!input || inputs.length > 1)
    return refuseInput('one-input', inputs.map(({ name }) => name).join(', ') || 'no input')
  const [, ...sizes] = input.type?.shape ?? []
  const { dtype } = input.type ?? {}
  if (dtype !== 'uint8' && dtype !== 'float32') return refuseInput('input-type', `${input.name}: ${input.described}`)
  if (sizes.length === 0) return refuseInput('input-rank', `${input.name}: ${input.described}`)
  const open = sizes.map((size) => (size === 'N' || size <= 0 ? null : size))
  const sample = { dtype, shape: open.map((size) => size ?? 1) }
  return { sample, ...(open.includes(null) && { open }) }
}

/** How many samples one model call takes: at most this many, or exactly. */
export function batchOf({ inputs }: ModelFile): { readonly size: number; readonly exact: boolean } {
  const batch = inputs[0]?.type?.shape[0]
  return typeof batch === 'number' && batch > 0 ? { size: batch, exact: true } : { size: 500, exact: false }
}

const numeric: ReadonlySet<string> = new Set(['float32', 'float64', 'int32', 'int64', 'uint8'])

/**
 * Name of the answer output: the one our models use, otherwise the first with floats, otherwise the first with numbers.
 */
export function answerName({ path, outputs, description }: ModelFile): string {
  const wanted = description && (description.facts.target.kind === 'classes' ? 'logits' : 'prediction')
  const found =
    outputs.find(({ name }) => name === wanted) ??
    outputs.find(({ type }) => type?.dtype === 'float32') ??
    outputs.find(({ type, described }) => numeric.has(type?.dtype ?? described.split(' ')[0]!))
  if (found) return found.name
  const received = outputs.map(({ name, described }) => `${name}: ${described}`).join('; ')
  return fail('model-format', 'answers', { received: received || 'no output' }, { file: path })
}

/** The data description in our own models. @throws ProblemError `model-format` for others */
export function requireDescription({ path, description }: ModelFile): ModelDescription & { facts: DataFacts } {
  if (description) return description
  return fail('model-format', 'no-description', {}, { file: path })
}
