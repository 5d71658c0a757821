/** Reads an ONNX file that may come from a stranger: everything about it is checked before the native runtime sees it. */
import { open } from 'node:fs/promises'
import { invariant } from '#core/base/assert'
import type { DataFacts, SampleFacts } from '#core/data/facts'
import { decodeModel } from '#core/onnx/decode'
import type { Graph } from '#core/onnx/graph'
import { fail } from '#core/problems/problem'
import { parseMetadata, type ModelDescription } from '../export/modelMetadata'
import { RuntimeFailure, Session, type SessionSettings } from './session'

/** Protobuf has no larger messages. */
const MODEL_LIMIT = 2 ** 31 - 1
const NODE_LIMIT = 1_000_000

export interface ModelFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly graph: Graph
  /** Absent where Layerloom did not write it. */
  readonly description?: ModelDescription
}

/** @throws ProblemError `model-format` */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readBytes(path)
  const { graph, metadata } = decodeModel(bytes, path)
  const nodes = countNodes(graph)
  if (nodes > NODE_LIMIT) refuse(path, 'The model is too large.', `at most ${NODE_LIMIT} operators`, `${nodes}`)
  const description = parseMetadata(metadata, path)
  return { path, bytes, graph, ...(description && { description }) }
}

async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) =>
    refuse(path, 'The model cannot be read.', 'an ONNX file', error.code === 'ENOENT' ? 'no such file' : error.message),
  )
  try {
    const info = await file.stat()
    if (!info.isFile()) refuse(path, 'This is not a file.', 'an ONNX file or a run folder', 'something else')
    if (info.size > MODEL_LIMIT)
      refuse(path, 'The file is too large.', `at most ${MODEL_LIMIT} bytes`, `${info.size} bytes`)
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

/** A session of the model. @throws ProblemError `model-format` where ONNX Runtime does not take it */
export async function openModelSession({ path, bytes }: ModelFile, settings: SessionSettings): Promise<Session> {
  try {
    return await Session.open(bytes, settings)
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error
    return refuse(
      path,
      'ONNX Runtime cannot run the model.',
      'operators and types that it knows',
      error.message.slice(0, 1000),
    )
  }
}

/** What to feed: as the model says of itself, else as its one input says. */
export function sampleFactsOf({ path, graph, description }: ModelFile): SampleFacts {
  if (description) return description.facts.sample
  const [input, ...more] = graph.inputs
  const expected = 'one input, float32 or uint8, whose first axis is the batch and whose others have fixed sizes'
  if (!input || more.length > 0)
    return refuse(path, 'The inputs of the model cannot be fed from files.', expected, `${graph.inputs.length} inputs`)
  const { dtype, shape } = input.type
  const [batch, ...sample] = shape
  const isFixed = sample.length > 0 && sample.every((size) => size !== 'N' && size > 0)
  if ((dtype !== 'uint8' && dtype !== 'float32') || (batch !== 'N' && batch !== 1) || !isFixed)
    return refuse(path, 'The input of the model cannot be fed from files.', expected, `${dtype} [${shape.join(', ')}]`)
  return { dtype, shape: sample as number[] }
}

/** The most samples that one call of the model takes. */
export function batchLimit({ graph }: ModelFile): number {
  return graph.inputs[0]?.type.shape[0] === 'N' ? 500 : 1
}

/** Name of the output with the answer: what our models call it, else the first one. */
export function answerName({ graph, description }: ModelFile): string {
  const wanted = description && (description.facts.target.kind === 'classes' ? 'logits' : 'prediction')
  const found = graph.outputs.find(({ name }) => name === wanted) ?? graph.outputs[0]
  invariant(found, 'a model without outputs')
  return found.name
}

/** What our own models say of their data. @throws ProblemError `model-format` for others */
export function requireDescription({ path, description }: ModelFile): ModelDescription & { facts: DataFacts } {
  if (description) return description
  return refuse(
    path,
    'The model does not say what data it was trained on.',
    'a model that Layerloom has exported',
    'no description in its metadata',
  )
}

function refuse(file: string, message: string, expected: string, received: string): never {
  return fail({
    code: 'model-format',
    place: { file },
    message,
    expected,
    received,
    fix: 'Choose another ONNX file, or a run folder.',
  })
}
