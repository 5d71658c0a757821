/**
 * Decodes the image files of a folder or a list into records of one size. Unreadable files are skipped and reported.
 */
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { text } from '#core/base/text'
import type { Splits } from '#core/data/split'
import type { DataSettings } from '#core/graph/dataSettings'
import { fail, type Problem } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import { problemSchema } from '#core/rpc/contract/procedure'
import { setsImageSize } from '#core/pretransforms/index'
import type { TargetArray } from '../samples'
import { codeOf, messageOf, noteSkipped } from '../skippedFiles'
import { cacheKey } from './cacheStore'
import { findComplete } from './completeEntry'
import { decodeFiles } from './decodeFiles'
import type { DecoderSetup } from './decodeWorker'
import { filePath, type Entry } from './entry'
import type { EntryWriter } from './entryWriter'
import { readingOf } from './imageReading'
import type { ImageStep } from './imageSteps'
import { belowRoot, fromRoot } from './movedNotes'
import type { PrepareContext } from './prepareContext'
import type { StepReport } from './preparation'
import type { WholeSamples } from './prepareUniform'
import { readWhole, type RecordForm } from './records'
import { splitData, type ReadData } from './readStep'
import { SampleWriter } from './sampleWriter'
import { targetSizeOf } from './targets'
import { failSizes, runStoredSteps } from './storedImages'

const filesSchema = z.array(z.string())

/** Of an entry of image files. */
export const FILES = 'files.json'

/** Image files with the folder their paths are relative to. */
export interface ImageFiles {
  readonly root: string
  readonly files: readonly string[]
}

const decodedSchema = z.object({
  dtype: z.literal('uint8'),
  shape: z.array(z.int().min(1)).length(3),
  skipped: z.int().min(0),
  first: problemSchema.optional(),
})

/** If more than this share of the files is broken, something else is wrong. */
const BROKEN_SHARE = 0.5

export async function prepareImageFiles(
  read: ReadData,
  steps: readonly ImageStep[],
  settings: DataSettings,
  context: PrepareContext,
): Promise<WholeSamples> {
  const { root } = read
  const files = await readImageFiles(read.entry)
  const all = splitData(read.targets, targetSizeOf(read.details.target), settings.split, read.given)
  const splitKey = cacheKey(read.entry.key, settings.split)
  const { reading, choice, notes } = await readingOf(settings.source, { root, files }, all.train, splitKey, context)
  // Everything up to the first step that makes all images the same size is done while decoding.
  const sized = steps.findIndex(setsImageSize)
  const fused = steps.slice(0, sized < 0 ? steps.length : sized + 1)
  const key = cacheKey('decode', read.entry.key, fused, reading)
  const decoding = { root, files, steps: fused, reading }
  const { entry, hit } = await findComplete(
    context.cache,
    key,
    (writer) => decodeInto(writer, decoding, context),
    (decoded) => canDecodeMore(decoded, decoding, context),
  )
  const { shape, skipped, first } = decodedSchema.parse(entry.details)
  const form: RecordForm = { dtype: 'uint8', shape }
  const kept = await readWhole(entry, 'kept.bin', Int32Array)
  const rest = await runStoredSteps({ entry, form }, steps.slice(fused.length), context)
  return {
    source: { entry: read.entry, root, ...(kept.length < files.length && { places: kept }) },
    samples: rest.samples,
    targets: keep(read.targets, kept) as TargetArray,
    ...(read.given && { given: keep(read.given, kept) as Uint8Array }),
    reports: [read.report, ...fusedReports(entry, hit, fused, form), ...rest.reports],
    notes: [
      ...read.details.notes,
      ...notes,
      ...(first ? [noteSkipped(skipped, files.length, fromRoot(root, first))] : []),
    ],
    files: steps,
    reading,
    readingChoice: choice,
    splits: keptSplits(all, kept, files.length),
  }
}

/** Paths of the image files of an entry. */
export async function readImageFiles(entry: Entry): Promise<string[]> {
  return filesSchema.parse(JSON.parse(await readFile(filePath(entry, FILES), 'utf8')))
}

interface Decoding extends ImageFiles, DecoderSetup {}

/** The splits of all files without the skipped ones; undefined if one of them would be empty. */
function keptSplits(all: Splits, kept: Int32Array, count: number): Splits | undefined {
  if (kept.length === count) return all
  const places = new Int32Array(count).fill(-1)
  kept.forEach((file, place) => (places[file] = place))
  const without = (split: Int32Array) => split.map((file) => places[file]!).filter((place) => place >= 0)
  const splits = { train: without(all.train), validation: without(all.validation), test: without(all.test) }
  const isEmptied = (name: keyof Splits) => splits[name].length === 0 && all[name].length > 0
  return isEmptied('train') || isEmptied('validation') || isEmptied('test') ? undefined : splits
}

async function decodeInto(writer: EntryWriter, { files, ...setup }: Decoding, { work, title }: PrepareContext) {
  const { root, steps } = setup
  let shape: readonly number[] | undefined
  let samples: SampleWriter | undefined
  let first: Problem | undefined
  const kept: number[] = []
  for await (const { index, decoded } of decodeFiles(setup, files)) {
    await work.advance({ step: 'decode', done: index, total: files.length })
    if ('problem' in decoded) {
      first ??= decoded.problem
      continue
    }
    if (!shape || !samples) {
      shape = decoded.shape
      samples = await SampleWriter.open(writer, elementCount(shape))
    }
    if (decoded.shape.join() !== shape.join()) failSizes(files[index]!, shape, decoded.shape)
    await samples.append(new Uint8Array(decoded.record))
    kept.push(index)
  }
  const skipped = files.length - kept.length
  if (!shape || !samples || skipped > files.length * BROKEN_SHARE) failBroken(root, skipped, files.length, first)
  await samples.finish()
  await writer.write('kept.bin', Int32Array.from(kept))
  const details = { dtype: 'uint8', shape, skipped, ...(first && { first: belowRoot(root, first) }) }
  return { step: steps.at(-1)?.kind ?? 'decode', source: title, count: kept.length, details }
}

/** Whether one of an entry's skipped files can now be decoded. */
async function canDecodeMore(entry: Entry, { files, ...setup }: Decoding, { work }: PrepareContext): Promise<boolean> {
  const kept = new Set(await readWhole(entry, 'kept.bin', Int32Array))
  const skipped = files.filter((_, index) => !kept.has(index))
  for await (const { index, decoded } of decodeFiles(setup, skipped)) {
    if (!('problem' in decoded)) return true
    await work.advance({ step: 'decode', done: index, total: skipped.length })
  }
  return false
}

/** Of the steps done while decoding, the last one is stored. */
function fusedReports(entry: Entry, hit: boolean, steps: readonly ImageStep[], form: RecordForm): StepReport[] {
  const names = steps.length === 0 ? ['decode'] : steps.map(({ kind }) => kind)
  return names.map((step, i) =>
    i === names.length - 1
      ? { step, key: entry.key, bytes: entry.bytes, hit, shape: form.shape }
      : { step, key: null, bytes: 0, hit, shape: null },
  )
}

function keep(values: TargetArray | Uint8Array, indices: Int32Array): TargetArray | Uint8Array {
  if (indices.length === values.length) return values
  const result = new (values.constructor as new (length: number) => typeof values)(indices.length)
  indices.forEach((index, i) => (result[i] = values[index]!))
  return result
}

function failBroken(root: string, count: number, total: number, first: Problem | undefined): never {
  const said = first ? messageOf(first) : text('there is none', '无')
  const values = { count, total, first: said, received: first?.received ?? 'no image' }
  const code = first ? codeOf(first) : 'data-empty'
  return fail(code, 'broken', values, first?.place ?? { file: root })
}
