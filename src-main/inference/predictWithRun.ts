/** Predicting with a run for a window: the user's input becomes raw samples, which go to the engine as a file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ColumnFacts, RowArray, SampleFacts } from '#core/data/facts'
import { listed } from '#core/data/listed'
import { fail, ProblemError, type Problem } from '#core/problems/problem'
import type { InferenceAnswer, InferenceInput } from '#core/rpc/contract/inference'
import { elementCount } from '#core/tensor/shape'
import { PADDING_ID } from '#core/text/vocabulary'
import type { OpenDatasets } from '../data/openDatasets'
import { expectedSample, type KnownData, type ReadSamples } from '../data/newSamples/expectedSample'
import { encodeTexts } from '../data/newSamples/newTexts'
import { readSomeTexts } from '../data/prepare/texts'
import { readSample } from '../data/readSample'
import { HANDED_OVER } from '../data/readers/readingLimits'
import { pickTargets, type SampleArray } from '../data/samples'
import type { TestSeal } from '../data/testSeal'
import { writeNpy } from '../data/writeNpy'
import type { EngineHost } from '../engine/host/host'
import type { Prediction, PredictReport } from '../engine/messages'
import type { RunRecord } from '../runs/record'
import { openRun, projectFolderOf, type OpenedRun } from '../runs/store'

/** Maximum samples of a file to predict. */
const MOST_SAMPLES = 100
const SHOWN_CHARACTERS = 20_000

interface Asked {
  /** Number of samples given; `raw` holds the first of them. */
  readonly count: number
  /** [samples, …shape] */
  readonly raw: SampleArray
  readonly truth: readonly number[] | null
  /** For a dataset sample that is a text; long ones are truncated. */
  readonly text?: string
  readonly unusable?: ReadSamples['unusable']
}

export interface PredictParts {
  readonly engine: EngineHost
  readonly datasets: OpenDatasets
  readonly seal: TestSeal
}

/** @throws ProblemError `run-missing`, `run-damaged`, and `model-input` and the like for input that does not fit */
export async function predictWithRun(parts: PredictParts, folder: string, input: InferenceInput) {
  const run = await openRun(folder)
  const { facts, transforms } = run.record.data
  const size = elementCount(facts.sample.shape)
  const fedSize = elementCount(transforms.shape)
  const asked = await rawSamples(parts, run, input)
  const given = Math.min(asked.count, MOST_SAMPLES)
  const raw = asked.raw.subarray(0, given * size)
  const begin = performance.now()
  const { predictions, fed } = await askEngine(parts.engine, run, given, raw)
  const seconds = (performance.now() - begin) / 1000
  const answers = predictions.map((prediction, i): InferenceAnswer => {
    const one = raw.slice(i * size, (i + 1) * size)
    const problem = asked.unusable?.get(i)
    return {
      raw: one,
      fed: fed!.slice(i * fedSize, (i + 1) * fedSize),
      ...(facts.sample.vocabulary && { words: wordsOf(one, facts.sample.vocabulary) }),
      ...(asked.text !== undefined && { text: asked.text }),
      outputs: outputsOf(prediction, run.record),
      truth: asked.truth === null ? null : [...asked.truth],
      ...(problem && { problems: [problem] }),
    }
  })
  return {
    answers,
    count: asked.count,
    shape: [...facts.sample.shape],
    fedShape: [...transforms.shape],
    target: facts.target,
    seconds,
    epoch: run.record.progress.bestEpoch,
  }
}

async function askEngine(
  engine: EngineHost,
  run: OpenedRun,
  count: number,
  raw: SampleArray,
): Promise<PredictReport['files'][number]> {
  const { facts } = run.record.data
  return withTemporaryFolder(async (folder) => {
    const file = join(folder, 'samples.npy')
    await writeNpy(file, [count, ...facts.sample.shape], raw)
    const top = facts.target.kind === 'classes' ? facts.target.classes.length : 1
    const { files } = await engine.predict({ target: run.folder, files: [file], top, fed: true })
    return files[0]!
  })
}

async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), HANDED_OVER))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function wordsOf(ids: SampleArray, vocabulary: readonly string[]): string[] {
  return Array.from(
    ids.filter((id) => id !== PADDING_ID),
    (id) => vocabulary[id] ?? '',
  )
}

/** One probability per class, in class order, or the predicted numbers. */
function outputsOf(prediction: Prediction, { data: { facts } }: RunRecord): Float32Array<ArrayBuffer> {
  if (prediction.kind === 'unusable') return new Float32Array()
  if (prediction.kind === 'numbers') return Float32Array.from(prediction.numbers, ({ value }) => value)
  const classes = facts.target.kind === 'classes' ? facts.target.classes : []
  const byName = new Map(prediction.classes.map(({ name, probability }) => [name, probability]))
  return Float32Array.from(classes, (name) => byName.get(name) ?? 0)
}

async function rawSamples({ datasets, seal }: PredictParts, run: OpenedRun, input: InferenceInput): Promise<Asked> {
  const { facts, preprocess } = run.record.data
  switch (input.kind) {
    case 'raw':
      return { count: 1, raw: fitting(facts.sample, input.raw), truth: null }
    case 'row':
      return { count: 1, raw: encodeRow(facts.sample, input.cells, preprocess.acceptsMissing), truth: null }
    case 'text': {
      if (!facts.sample.vocabulary) failText(facts.sample)
      const { count, data } = encodeTexts([input.text], await expectedSample(knownData(run)))
      return { count, raw: data, truth: null }
    }
    case 'file':
      return readGivenFile(run, input)
    case 'sample': {
      const { project } = run.record
      const dataset = await datasets.open(project.data, project.task, projectFolderOf(run))
      if (input.split === 'test') await seal.check(dataset)
      const indices = dataset.splits[input.split]
      if (input.position >= indices.length) failPosition(input.split, input.position, indices.length)
      const index = indices.slice(input.position, input.position + 1)
      const truth = pickTargets(dataset.targets, index, dataset.targets.length / dataset.raw.count)
      const { entry } = dataset.source
      const [text] = 'texts.bin' in entry.files ? await readSomeTexts(entry, index) : []
      return {
        count: 1,
        raw: fitting(facts.sample, dataset.raw.gather(index)),
        truth: [...truth],
        ...(text !== undefined && { text: text.slice(0, SHOWN_CHARACTERS) }),
      }
    }
  }
}

/** Problems use the user's file name, not the temporary path of its bytes. */
function readGivenFile(run: OpenedRun, { name, bytes }: InferenceInput & { readonly kind: 'file' }): Promise<Asked> {
  return withTemporaryFolder(async (folder) => {
    // Readers detect the format by the file extension.
    const path = join(folder, basename(name).replaceAll(/[^\w.-]/g, '_'))
    await writeFile(path, bytes)
    try {
      const { count, data, unusable } = await readSample(path, await expectedSample(knownData(run)))
      if (count === 0) failEmpty(path)
      return { count, raw: data, truth: null, ...(unusable && { unusable: named(unusable, path, name) }) }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      throw new ProblemError(error.problems.map((problem) => renamed(problem, path, name)))
    }
  })
}

const renamed = (problem: Problem, path: string, name: string): Problem =>
  problem.place.file === path ? { ...problem, place: { ...problem.place, file: name } } : problem

const named = (problems: ReadonlyMap<number, Problem>, path: string, name: string): Map<number, Problem> =>
  new Map([...problems].map(([sample, problem]) => [sample, renamed(problem, path, name)]))

const knownData = ({ record: { data, project } }: OpenedRun): KnownData => ({ ...data, source: project.data.source })

function failText({ shape, columns }: SampleFacts): never {
  if (columns) fail('model-input', 'text-for-row', { count: columns.length })
  return fail('model-input', 'text-for-array', { shape: shape.join('×') })
}

function fitting({ dtype, shape }: SampleFacts, raw: SampleArray): SampleArray {
  const given =
    raw instanceof Uint8Array
      ? 'uint8'
      : raw instanceof Int32Array
        ? 'int32'
        : raw instanceof Float64Array
          ? 'float64'
          : 'float32'
  if (given === dtype && raw.length === elementCount(shape)) return raw
  return fail('model-input', 'sample', {
    count: elementCount(shape),
    dtype,
    shape: shape.join('×'),
    found: raw.length,
    given,
  })
}

type Cell = number | string | null

function encodeRow(
  { columns, shape, dtype }: SampleFacts,
  cells: readonly Cell[],
  accepts?: readonly boolean[],
): RowArray {
  const count = cells.length
  if (columns === undefined) return fail('model-input', 'row-for-image', { shape: shape.join('×'), count })
  if (count !== columns.length) return fail('model-input', 'row-width', { columns: columns.length, count })
  const values = columns.map((column, c) => encodeCell(column, cells[c]!, accepts?.[c] ?? true))
  return dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values)
}

function encodeCell(column: ColumnFacts, cell: Cell, acceptsMissing: boolean): number {
  if (cell === null && acceptsMissing) return NaN
  if (column.type === 'numeric' && typeof cell === 'number' && Number.isFinite(Math.fround(cell))) return cell
  const code = column.type === 'categorical' ? column.categories.indexOf(String(cell)) : -1
  if (cell !== null && code >= 0) return code
  return failCell(column, cell)
}

function failCell(column: ColumnFacts, cell: Cell): never {
  const { name } = column
  const values = { name, received: cell ?? 'nothing' }
  const place = { column: name }
  const fault = cell === null ? 'missing' : 'unknown'
  if (column.type === 'numeric') return fail('data-cell', `${fault}-number`, values, place)
  return fail('data-cell', `${fault}-category`, { ...values, known: listed(column.categories) }, place)
}

function failPosition(split: string, position: number, count: number): never {
  return fail('model-input', 'position', { split, position: position + 1, count })
}

function failEmpty(path: string): never {
  return fail('data-empty', 'nothing-to-predict', {}, { file: path })
}
