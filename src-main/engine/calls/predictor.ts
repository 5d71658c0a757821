/** Predictions of a trained model for unseen files and texts. */
import { stat } from 'node:fs/promises'
import { compileFed, compileInference } from '#core/compiler/compile'
import type { DataFacts } from '#core/data/facts'
import { encodeModel } from '#core/onnx/encode'
import { standardTarget } from '#core/onnx/target'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import { expectedSample, failShape, type ExpectedSample, type ReadSamples } from '../../data/newSamples/expectedSample'
import { filesToAnswer } from '../../data/newSamples/filesToAnswer'
import { encodeTexts } from '../../data/newSamples/newTexts'
import { readSample } from '../../data/readSample'
import type { SampleArray } from '../../data/samples'
import { physicalCores } from '../../machine/cores'
import type { PredictedSamples, Prediction, PredictReport, PredictRequest } from '../messages'
import { answerName, batchOf, expectedOf, readModelFile } from '../../models/modelFile'
import { openModelSession } from './openModelSession'
import type { Runtime } from '../device/runtime'
import { loadRuntime } from '../device/runtimes'
import { numbersOf, RuntimeFailure, type RuntimeTensor, type Session } from '../device/session'
import { openTrainedNetwork } from './trainedRun'

const TOP = 5

/** A model with everything needed to feed it and to interpret its outputs. */
interface Predictor {
  readonly runtime: Runtime
  readonly session: Session
  /** Computes the network input. */
  readonly feeding?: Session
  readonly expected: ExpectedSample
  /** Absent for models without metadata on their outputs. */
  readonly target?: DataFacts['target']
  /** Outputs with scores or numbers, and with probabilities if the model has them. */
  readonly answer: string
  readonly probabilities?: string
  /** Samples per call: at most this many, or exactly. */
  readonly batch: { readonly size: number; readonly exact: boolean }
}

/** Files to read before each model call. */
const FILES = 32

/**
 * @throws ProblemError where the model cannot be used, or a file does not fit it and the request does not skip such
 * files
 */
export async function predict(request: PredictRequest): Promise<PredictReport> {
  const { target, files: given, texts = [], top = TOP, fed = false, keepGoing = false, threads } = request
  const runtime = await loadRuntime('cpu')
  const info = await stat(target).catch(() => undefined)
  const open = info?.isDirectory() ? openRunPredictor : openModelPredictor
  const predictor = await open(runtime, target, threads ?? physicalCores(), fed)
  try {
    const encoded = texts.length > 0 ? encodeGiven(texts, predictor.expected) : undefined
    const { files, failures } = await filesToAnswer(given, predictor.expected)
    if (!keepGoing) failures.forEach(({ problems }) => raise(problems))
    const answered: PredictReport['files'][number][] = []
    const failed = [...failures]
    for (let at = 0; at < files.length; at += FILES) {
      const part = files.slice(at, at + FILES)
      const read = await Promise.all(part.map((file) => orProblems(() => readSample(file, predictor.expected))))
      for (const [i, samples] of read.entries()) {
        const file = part[i]!
        const answer = 'problems' in samples ? samples : await orProblems(() => predictSamples(predictor, samples, top))
        if (!('problems' in answer)) answered.push({ file, ...answer })
        else if (keepGoing) failed.push({ file, problems: answer.problems })
        else raise(answer.problems)
      }
    }
    const classes = predictor.target?.kind === 'classes' ? predictor.target.classes : undefined
    return {
      target,
      files: answered,
      ...(encoded && { texts: await predictSamples(predictor, encoded, top) }),
      failures: failed,
      ...(classes && { classes }),
    }
  } finally {
    await predictor.session.release()
    await predictor.feeding?.release()
  }
}

async function orProblems<T>(work: () => Promise<T>): Promise<T | { readonly problems: readonly Problem[] }> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError) return { problems: error.problems }
    throw error
  }
}

function raise(problems: readonly Problem[]): never {
  throw new ProblemError(problems)
}

function encodeGiven(texts: readonly string[], expected: ExpectedSample): ReadSamples {
  return expected.sample.vocabulary ? encodeTexts(texts, expected) : failShape('--text', expected.sample, 'a text')
}

async function predictSamples(predictor: Predictor, samples: ReadSamples, top: number): Promise<PredictedSamples> {
  const fed = predictor.feeding && (await fedTo(predictor, predictor.feeding, samples))
  const { unusable } = samples
  const predictions = (await answer(predictor, samples, top)).map((prediction, i): Prediction => {
    const problem = unusable?.get(i)
    return problem ? { kind: 'unusable', problem } : prediction
  })
  return { predictions, ...(fed && { fed }) }
}

/** Network input of all samples together. */
async function fedTo(
  { runtime, expected }: Predictor,
  session: Session,
  { count, data }: ReadSamples,
): Promise<Float32Array> {
  const { dtype, shape } = expected.sample
  return numbersOf((await session.run({ samples: runtime.tensor(dtype, [count, ...shape], data) })).fed)
}

async function openRunPredictor(runtime: Runtime, folder: string, threads: number, fed: boolean): Promise<Predictor> {
  const { source, best, opened } = await openTrainedNetwork(folder)
  const { facts, preprocess } = source
  const bytes = encodeModel(compileInference(source, best.weights, standardTarget))
  const isClasses = facts.target.kind === 'classes'
  return {
    runtime,
    session: await runtime.open(bytes, { device: 'cpu', threads }),
    ...(fed && { feeding: await runtime.open(compileFed(source, standardTarget), { device: 'cpu', threads: 1 }) }),
    expected: await expectedSample({ facts, preprocess, source: opened.record.project.data.source }),
    target: facts.target,
    answer: isClasses ? 'logits' : 'prediction',
    ...(isClasses && { probabilities: 'probabilities' }),
    batch: { size: 500, exact: false },
  }
}

async function openModelPredictor(runtime: Runtime, path: string, threads: number): Promise<Predictor> {
  const model = await readModelFile(path)
  const { description } = model
  const hasProbabilities = description && model.graph.outputs.some(({ name }) => name === 'probabilities')
  return {
    runtime,
    session: await openModelSession(runtime, model, { device: 'cpu', threads }),
    expected: await expectedOf(model),
    ...(description && { target: description.facts.target }),
    answer: answerName(model),
    ...(hasProbabilities && { probabilities: 'probabilities' }),
    batch: batchOf(model),
  }
}

async function answer(predictor: Predictor, samples: ReadSamples, top: number): Promise<Prediction[]> {
  const { count, data } = samples
  const { runtime, session, expected, batch } = predictor
  const { dtype } = expected.sample
  const { shape = expected.sample.shape } = samples
  const size = shape.reduce((product, length) => product * length, 1)
  const predictions: Prediction[] = []
  const name = predictor.probabilities ?? predictor.answer
  for (let at = 0; at < count; at += batch.size) {
    const rows = Math.min(batch.size, count - at)
    const given = batch.exact ? batch.size : rows
    const part = filledUp(data.subarray(at * size, (at + rows) * size), given * size)
    const output = await runModel(session, runtime.tensor(dtype, [given, ...shape], part), name)
    const numbers = realNumbers(output)
    const width = numbers.length / given
    for (let row = 0; row < rows; row++)
      predictions.push(readAnswer(predictor, numbers.subarray(row * width, (row + 1) * width), top))
  }
  return predictions
}

/** Padded with zeros, for models with a fixed batch size. */
function filledUp(data: SampleArray, length: number): SampleArray {
  if (data.length === length) return data
  const full = new (data.constructor as new (length: number) => SampleArray)(length)
  full.set(data)
  return full
}

/** The model's single input, regardless of its name. */
async function runModel(session: Session, samples: RuntimeTensor, output: string): Promise<RuntimeTensor> {
  try {
    return (await session.run({ [session.inputNames[0]!]: samples }, [output]))[output]!
  } catch (error) {
    if (!(error instanceof RuntimeFailure)) throw error
    return fail('model-input', 'failed', { received: error.message.slice(0, 1000) })
  }
}

function readAnswer({ target, probabilities }: Predictor, numbers: Float32Array, top: number): Prediction {
  if (target?.kind === 'classes' && probabilities !== undefined) {
    const shares = numbers.length === 1 ? [1 - numbers[0]!, numbers[0]!] : [...numbers]
    const classes = shares.map((probability, i) => ({ name: target.classes[i] ?? String(i), probability }))
    return { kind: 'classes', classes: classes.sort((a, b) => b.probability - a.probability).slice(0, top) }
  }
  const names = target?.kind === 'numbers' ? target.names : target?.classes
  return {
    kind: 'numbers',
    numbers: Array.from(numbers, (value, i) => ({ name: names?.[i] ?? `output ${i}`, value })),
  }
}

/** An output of any type as float32. */
function realNumbers(output: RuntimeTensor): Float32Array {
  if (output.dtype === 'float32') return numbersOf(output)
  if (output.dtype === 'string') return failAnswer(output.dtype)
  return Float32Array.from(output.data, Number)
}

function failAnswer(received: string): never {
  return fail('model-format', 'answer-type', { received })
}
