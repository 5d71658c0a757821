/**
 * Shows what the transforms do: to chosen samples, at the extremes of a step, or in a batch exactly as a run was fed
 * it. Draws and graph are those of training.
 */
import type { Text } from '#core/base/text'
import { leastBatch } from '#core/compiler/batchNeeds'
import { compilePreview, type PreviewProgram } from '#core/compiler/compile'
import type { OneRow } from '#core/compiler/passes/addStages'
import { fail } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import { drawRows, occurrencesOf, planDraws, rowWith, type DrawPlan } from '#core/transforms/draws/draws'
import { fitTransforms, type FittedTransforms, type TransformStep } from '#core/transforms/transformList'
import type { Dataset } from '../../data/openDataset'
import { OpenDatasets } from '../../data/openDatasets'
import { pickTargets } from '../../data/samples'
import { openRun, projectFolderOf } from '../../runs/store'
import { physicalCores } from '../../machine/cores'
import { EpochDraws } from '../training/epochDraws'
import { checkFingerprint } from '../training/fingerprint'
import type { AugmentReport, AugmentRequest, AugmentStage } from '../messages'
import { pictureBytes, shrunkPictures, undoOf, type PixelRange } from './pictures'
import { planRun } from '../training/plan'
import { checkNetwork } from '../training/prepare'
import { loadRuntime } from '../device/runtimes'
import { numbersOf, type RuntimeTensor } from '../device/session'
import { transformCost } from './transformCost'

/** A user who inspects one dataset usually inspects it again. */
const datasets = new OpenDatasets()

/** Rows of samples with their draws, and everything needed to show them. */
interface Shown {
  readonly dataset: Dataset
  readonly transforms: FittedTransforms
  /** The project's list, for step positions. */
  readonly list: readonly TransformStep[]
  readonly indices: Int32Array
  /** [indices.length, width] */
  readonly draws: Float32Array
  /** For a replay. */
  readonly batch?: AugmentReport['batch']
  /** For corners: the index of the step among the enabled ones. */
  readonly cornered?: number
}

/** All values of all rows; a report shows a part of them. */
export interface AugmentedRows {
  readonly indices: Int32Array
  readonly targets: AugmentReport['targets']
  /** Stored images first, bytes on the scale 0 … 1: [rows, …shape], or for one row. */
  readonly stages: readonly (Pick<AugmentStage, 'step' | 'shape' | 'words'> & { readonly images: Float32Array })[]
  /** Network input, [rows, …shape]. */
  readonly fed: { readonly shape: readonly number[]; readonly values: Float32Array }
  readonly shares?: readonly Float32Array[]
  readonly batch?: AugmentReport['batch']
}

type Asked<Kind extends AugmentRequest['kind']> = Extract<AugmentRequest, { kind: Kind }>

/** @throws ProblemError where data, transforms or run do not allow it */
export async function augment(request: AugmentRequest): Promise<AugmentReport> {
  const shown = await shownBy(request)
  const row = Math.min(request.row ?? 0, shown.indices.length - 1)
  const whole = (shown.cornered ?? shown.transforms.steps.length - 1) + 1
  return reportOf(await rowsOf(shown, { row, whole }), shown, { row, whole })
}

/** Same, with all values. */
export async function augmentRows(request: AugmentRequest): Promise<AugmentedRows> {
  return rowsOf(await shownBy(request))
}

async function shownBy(request: AugmentRequest): Promise<Shown> {
  if (request.kind === 'replay') return replayed(request)
  const { data, task, projectFolder, transforms: list } = request
  const dataset = await datasets.open(data, task, projectFolder)
  const transforms = fitTransforms(list, dataset.preprocess, dataset.statistics)
  checkIndices(request.indices, dataset.samples.count)
  checkNotSealed(request.indices, dataset.splits.test)
  const rows = request.kind === 'draws' ? drawn(request, transforms) : cornered(request, transforms)
  return { dataset, transforms, list, ...rows }
}

function drawn({ indices, seed, epoch }: Asked<'draws'>, transforms: FittedTransforms) {
  const samples = Int32Array.from(indices)
  const occurrences = occurrencesOf(samples)
  const batches = { seed, epoch, samples, batchSize: samples.length, firstBatch: 0 }
  return {
    indices: samples,
    draws: drawRows(planDraws(transforms), { ...batches, ...(occurrences && { occurrences }) }),
  }
}

function cornered({ indices, step, transforms: list }: Asked<'corners'>, transforms: FittedTransforms) {
  const plan = planDraws(transforms)
  const place = enabledPlaces(list).indexOf(step)
  const drawnStep = plan.steps.find(({ index }) => index === place)
  if (!drawnStep) return failStep(step, list)
  const { random, params, shape } = drawnStep
  const corners = random.corners(params, shape).map((numbers) => [...rowWith(plan, place, numbers)])
  return {
    indices: Int32Array.from(indices.flatMap((index) => corners.map(() => index))),
    draws: Float32Array.from(indices.flatMap(() => corners.flat())),
    cornered: place,
  }
}

/** Samples, order and draws exactly as in the trainer. */
async function replayed({ run, epoch, batch }: Asked<'replay'>): Promise<Shown> {
  const opened = await openRun(run)
  const { project, data, limit } = opened.record
  const dataset = await datasets.open(project.data, project.task, projectFolderOf(opened))
  checkFingerprint(opened, dataset.fingerprint)
  const { batchNeeds } = checkNetwork(project, data)
  const plan = planRun(dataset, leastBatch(batchNeeds), project.training, limit)
  if (!(epoch >= 0 && epoch < project.training.epochs)) failReplay('epoch', epoch, project.training.epochs)
  if (!(batch >= 0 && batch < plan.stepsPerEpoch)) failReplay('batch', batch, plan.stepsPerEpoch)
  const order = plan.order(epoch)
  const from = batch * plan.batchSize
  const indices = order.slice(from, from + plan.batchSize)
  const epochDraws = new EpochDraws(planDraws(data.transforms), project.training.seed)
  const draws = epochDraws.take(epoch, order, from, indices.length, indices.length, batch)
  return {
    dataset,
    transforms: data.transforms,
    list: project.transforms,
    indices,
    draws,
    batch: { epoch, step: epoch * plan.stepsPerEpoch + batch, batches: plan.stepsPerEpoch },
  }
}

async function rowsOf(shown: Shown, one?: OneRow): Promise<AugmentedRows> {
  const { dataset, transforms, list, indices, batch } = shown
  const { facts, preprocess } = dataset
  checkRoom(indices.length, [preprocess.shape, ...transforms.steps.map(({ from }) => from), transforms.shape])
  const program = compilePreview({ facts, preprocess, transforms }, indices.length, one)
  const { results, targets } = await runPreview(program, shown)
  const places = [null, ...enabledPlaces(list)]
  const shares = Array.from({ length: program.shares }, (_, i) => numbersOf(results[`share.${i}`]))
  return {
    indices,
    targets,
    stages: program.stages.map((shape, i) => {
      const words = i === 0 ? undefined : wordsOf(program.draws, i - 1, shown.draws, indices.length)
      const images = numbersOf(results[`stage.${i}`])
      return { step: places[i]!, shape, images, ...(words && { words }) }
    }),
    fed: { shape: transforms.shape, values: numbersOf(results.fed) },
    ...(shares.length > 0 && { shares }),
    ...(batch && { batch }),
  }
}

async function reportOf(rows: AugmentedRows, shown: Shown, { row, whole }: OneRow): Promise<AugmentReport> {
  const { transforms, list, dataset } = shown
  const { stages, fed, ...same } = rows
  const one = (values: Float32Array, shape: readonly number[]): Float32Array => {
    const size = elementCount(shape)
    return values.slice(row * size, (row + 1) * size)
  }
  const values = one(fed.values, fed.shape)
  const { images, shape } = stages[whole]!
  const range = rangeOf(dataset)
  return {
    ...same,
    row,
    stages: stages.map(({ step, shape, images, words }, i) => ({
      step,
      shape,
      image: pictureBytes(i === whole ? one(images, shape) : images, shape, undoOf(transforms.steps, i), range),
      ...(words && { words }),
    })),
    pictures: shrunkPictures(pictureBytes(images, shape, undoOf(transforms.steps, whole), range), shape),
    fed: { shape: fed.shape, values, ...figuresOf(values) },
    list,
    cost: await transformCost(transforms, dataset.samples),
  }
}

async function runPreview({ graph, draws: plan }: PreviewProgram, { dataset, indices, draws }: Shown) {
  const { samples: stored, targets: all } = dataset
  const targets = pickTargets(all, indices, all.length / stored.count)
  const { dtype, shape: one } = stored.form
  const threads = elementCount([indices.length, ...one]) > MANY_PIXELS ? physicalCores() : 1
  const runtime = await loadRuntime('cpu')
  const session = await runtime.open(graph, { device: 'cpu', threads })
  const shape = [indices.length, ...one]
  const given: Record<string, RuntimeTensor> = {
    samples: runtime.tensor(dtype, shape, stored.gather(indices)),
    ...(plan.width > 0 && { draws: runtime.tensor('float32', [indices.length, plan.width], draws) }),
  }
  const results = await session.run(given)
  await session.release()
  return { results, targets }
}

/**
 * Values for black and white. Bytes are on the scale 0 … 1; arrays of other numbers go from their minimum to their
 * maximum.
 */
function rangeOf({ samples, statistics }: Dataset): PixelRange {
  if (samples.form.dtype === 'uint8') return [0, 1]
  const columns = statistics.sample.flatMap((column) => ('min' in column ? [column] : []))
  return [Math.min(...columns.map(({ min }) => min)), Math.max(...columns.map(({ max }) => max))]
}

/** The draws of a step in words, per row. */
function wordsOf({ width, steps }: DrawPlan, at: number, draws: Float32Array, rows: number): Text[] | undefined {
  const step = steps.find(({ index }) => index === at)
  if (!step) return undefined
  const { random, params, shape, offset } = step
  return Array.from({ length: rows }, (_, row) => {
    const begin = row * width + offset
    return random.describe(draws.subarray(begin, begin + step.width), params, shape)
  })
}

function figuresOf(values: Float32Array): { minimum: number; mean: number; maximum: number } {
  let [minimum, sum, maximum] = [Infinity, 0, -Infinity]
  for (const value of values) {
    minimum = Math.min(minimum, value)
    maximum = Math.max(maximum, value)
    sum += value
  }
  return { minimum, mean: sum / values.length, maximum }
}

const enabledPlaces = (list: readonly TransformStep[]) => list.flatMap(({ enabled }, i) => (enabled ? [i] : []))

/** Above this, more threads pay off; below it, they only slow down a run in progress. */
const MANY_PIXELS = 2 ** 20

/** Maximum pixels of all stages in one call. */
const MOST_PIXELS = 2 ** 27

function checkRoom(rows: number, shapes: readonly (readonly number[])[]): void {
  const pixels = rows * shapes.reduce((sum, shape) => sum + elementCount(shape), 0)
  if (pixels <= MOST_PIXELS) return
  fail('model-input', 'too-many', { most: MOST_PIXELS, pixels, rows })
}

function checkIndices(indices: readonly number[], count: number): void {
  const wrong = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < count))
  if (wrong === undefined && indices.length > 0) return
  fail('model-input', 'no-index', { last: count - 1, received: wrong ?? 'none' })
}

/** Choosing transforms by how test samples look is training on them. */
function checkNotSealed(indices: readonly number[], test: Int32Array): void {
  const sealed = indices.find((index) => test.includes(index))
  if (sealed === undefined) return
  fail('data-sealed', 'transforms', { sample: sealed })
}

function failStep(step: number, list: readonly TransformStep[]): never {
  return fail(
    'data-transform',
    'no-range',
    { received: list[step]?.kind ?? 'no step' },
    { param: `transforms.${step}` },
  )
}

function failReplay(what: 'epoch' | 'batch', received: number, count: number): never {
  return fail('training-setting', `no-${what}`, { last: count - 1, received }, { param: what })
}
