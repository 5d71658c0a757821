/** Handlers of `data`. */
import { dirname } from 'node:path'
import { keyOf, permutation } from '#core/base/random'
import { plainReading, type ImageReading } from '#core/data/imageReading'
import type { DataInput, DataSample, InspectedData, PrepareEvent } from '#core/rpc/contract/data'
import type { FileId } from '#core/rpc/contract/file'
import { elementCount } from '#core/tensor/shape'
import { lookAtData } from '../../data/look/lookAtData'
import { sampleStages } from '../../data/look/sampleStages'
import type { Dataset } from '../../data/openDataset'
import { TimeLeft } from '../../data/prepare/timeLeft'
import { readSomeTexts } from '../../data/prepare/texts'
import type { Progress } from '../../data/prepare/work'
import { proposeData } from '../../data/propose/proposeData'
import { pickTargets } from '../../data/samples'
import { dataPath } from '../../project/dataPaths'
import { failIndex } from '../../data/look/sampleIndex'
import type { HandlerContext } from '../context'
import { followWork } from '../followWork'
import { procedures } from '../procedures'

const { data } = procedures

/** The folder a project's relative paths start from; a project without a file has absolute paths only. */
export async function projectFolder({ files, dataFolder }: HandlerContext, file: FileId | null): Promise<string> {
  return file === null ? dataFolder : dirname(await files.path(file))
}

async function openData(context: HandlerContext, input: DataInput, signal?: AbortSignal): Promise<Dataset> {
  const folder = await projectFolder(context, input.file)
  return context.datasets.open(input.data, input.task, folder, signal && { signal })
}

/** Characters of a text in a list of samples. */
const SHOWN_CHARACTERS = 2000

const shufflePurpose = keyOf('shown samples')

export const dataHandlers = data.router({
  inspect: data.inspect.handler(async ({ context, input, signal }) =>
    inspected(await openData(context, input, signal)),
  ),

  prepare: data.prepare.handler(async function* ({ context, input, signal }): AsyncGenerator<PrepareEvent, void> {
    const folder = await projectFolder(context, input.file)
    const left = new TimeLeft()
    const work = followWork<Progress, Dataset>(signal, (report, leaving) =>
      context.datasets.open(input.data, input.task, folder, { fresh: true, report, signal: leaving }),
    )
    for await (const event of work) {
      if (event.type === 'progress') yield { ...event, ...event.progress, secondsLeft: left.take(event.progress) }
      else yield { type: 'done', data: inspected(event.result) }
    }
  }),

  look: data.look.handler(async ({ context, input, signal }) => {
    const dataset = await openData(context, input, signal)
    return { ...(await lookAtData(dataset)), testLooks: await context.seal.looks(dataset) }
  }),

  testLooks: data.testLooks.handler(async ({ context, input, signal }) => ({
    looks: await context.seal.looks(await openData(context, input, signal)),
  })),

  samples: data.samples.handler(async ({ context, input, signal }) => {
    const dataset = await openData(context, input, signal)
    if (input.split === 'test') await context.seal.check(dataset)
    const indices = chosen(dataset, input)
    const shown = indices.subarray(input.start, input.start + input.count)
    return { total: indices.length, samples: await readSamples(dataset, shown) }
  }),

  stages: data.stages.handler(async ({ context, input, signal }) => {
    const dataset = await openData(context, input, signal)
    if (input.index >= dataset.raw.count) failIndex(input.index, dataset.raw.count)
    if (dataset.splits.test.includes(input.index)) await context.seal.check(dataset)
    return sampleStages(dataset, input.index)
  }),

  unsealTest: data.unsealTest.handler(async ({ context, input, signal }) => ({
    looks: await context.seal.open(await openData(context, input, signal)),
  })),

  propose: data.propose.handler(async ({ context, input }) =>
    proposeData(await context.files.path(input.file), input.source),
  ),

  pathFor: data.pathFor.handler(async ({ context: { files }, input: { target, project } }) => ({
    path: dataPath(await files.path(target), project === null ? null : dirname(await files.path(project))),
  })),

  cache: data.cache.handler(async ({ context: { cache } }) => {
    const { entries, ...summary } = await cache.summary()
    return { ...summary, entries: [...entries], hits: cache.hits, builds: cache.builds }
  }),

  clearCache: data.clearCache.handler(async ({ context: { cache, datasets }, input: { keys } }) => {
    // Some systems cannot remove open files.
    datasets.forget()
    return { freed: await cache.clear(keys) }
  }),

  setCacheLimit: data.setCacheLimit.handler(({ context: { cache }, input: { bytes } }) => cache.setLimit(bytes)),
})

function inspected({ splits, given, preprocess, readingChoice, steps, notes, ...dataset }: Dataset): InspectedData {
  const { facts, statistics, fingerprint, title } = dataset
  return {
    facts,
    shape: [...preprocess.shape],
    columns: preprocess.columns === undefined ? null : [...preprocess.columns],
    acceptsMissing: preprocess.acceptsMissing === undefined ? null : [...preprocess.acceptsMissing],
    counts: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    given: [...given],
    reading: readingChoice ? readingOf(preprocess.reading ?? plainReading, readingChoice) : null,
    statistics,
    fingerprint,
    steps: steps.map((step) => ({ ...step, shape: step.shape && [...step.shape] })),
    title,
    notes: [...notes],
  }
}

const readingOf = (
  { background, levels }: ImageReading,
  choice: NonNullable<Dataset['readingChoice']>,
): InspectedData['reading'] => ({ background, levels: levels ? [...levels] : null, ...choice })

interface Choice {
  readonly split: keyof Dataset['splits']
  readonly label?: number | undefined
  readonly shuffle?: number | undefined
}

/** The requested samples of a split, in the requested order. */
function chosen({ splits, targets, facts }: Dataset, { split, label, shuffle }: Choice): Int32Array {
  const all = splits[split]
  const wanted =
    label === undefined || facts.target.kind !== 'classes' ? all : all.filter((index) => targets[index] === label)
  if (shuffle === undefined) return wanted
  return permutation(wanted.length, shufflePurpose, shuffle).map((place) => wanted[place]!)
}

/** Samples by their index in the whole dataset, as model input, each with its own arrays. */
async function readSamples({ raw, targets, source }: Dataset, indices: Int32Array): Promise<DataSample[]> {
  const samples = raw.gather(indices)
  const size = elementCount(raw.form.shape)
  const targetSize = targets.length / raw.count
  const texts = 'texts.bin' in source.entry.files ? await readSomeTexts(source.entry, indices) : undefined
  return Array.from(indices, (index, i) => ({
    index,
    raw: samples.slice(i * size, (i + 1) * size),
    target: [...pickTargets(targets, Int32Array.of(index), targetSize)],
    ...(texts && { text: texts[i]!.slice(0, SHOWN_CHARACTERS) }),
  }))
}
