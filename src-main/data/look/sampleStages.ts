/** One sample after every preparation step, for display. */
import { join } from 'node:path'
import { invariant } from '#core/base/assert'
import { sampleKind, type RowArray, type SampleFacts } from '#core/data/facts'
import { findPreTransform } from '#core/pretransforms/index'
import { storedColumns } from '#core/pretransforms/preTransformList'
import type { PreparedColumn } from '#core/pretransforms/preTransform'
import type { SampleStage } from '#core/rpc/contract/data'
import { padOrCut } from '#core/text/padOrCut'
import { encode, indexVocabulary } from '#core/text/vocabulary'
import { lowerCase } from '#core/text/lowerCase'
import type { Dataset } from '../openDataset'
import { readImageFiles } from '../prepare/imageFiles'
import { runImageSteps } from '../prepare/imageSteps'
import { textSettings, tokensOf } from '../prepare/textSteps'
import { readSomeTexts } from '../prepare/texts'
import { arrangePixels, decodePixels } from '../readers/image'
import { pixelsOf, planesOf, type Pixels } from '../readers/pixels'
import { RecordReader } from '../loader/recordReader'
import { readDetailsSchema } from '../prepare/details'

/** Pixels of the longer side of a displayed picture. */
const SHOWN_SIDE = 1024
/** Characters and tokens of a text to show. */
const SHOWN_CHARACTERS = 20_000
const SHOWN_TOKENS = 2000

/** @throws ProblemError where an image file can no longer be read */
export async function sampleStages(dataset: Dataset, index: number): Promise<SampleStage[]> {
  switch (sampleKind(dataset.facts.sample)) {
    case 'image':
      return imageStages(dataset, index)
    case 'table':
      return rowStages(dataset, index)
    case 'text':
      return textStages(dataset, index)
    case 'array':
      return arrayStages(dataset, index)
  }
}

async function imageStages(dataset: Dataset, index: number): Promise<SampleStage[]> {
  const { step, pixels } = await originalImage(dataset, index)
  let image = runImageSteps(pixels, [])
  const stages = [pictureOf(step, image)]
  for (const done of dataset.preprocess.files) {
    image = runImageSteps(image, [done])
    stages.push(pictureOf(done.kind, image))
  }
  return stages
}

/** The file itself if there is one, otherwise the image as it was read. */
async function originalImage(
  { source, preprocess }: Dataset,
  index: number,
): Promise<{ step: string; pixels: Pixels }> {
  const { entry, root = '', places } = source
  const { sample } = readDetailsSchema.parse(entry.details)
  if (!sample) {
    const files = await readImageFiles(entry)
    const { pixels } = await decodePixels(join(root, files[places?.[index] ?? index]!), preprocess.reading)
    return { step: 'decode', pixels }
  }
  const record = new Uint8Array(sample.shape.reduce((product, size) => product * size, 1))
  const reader = RecordReader.open(entry, { dtype: 'uint8', shape: sample.shape })
  try {
    reader.read(Int32Array.of(index), record)
  } finally {
    reader.close()
  }
  const [channels, height, width] = sample.shape as [number, number, number]
  return { step: 'read', pixels: pixelsOf(record, channels, height, width) }
}

function pictureOf(step: string, image: Pixels): SampleStage {
  const { channels, height, width } = image
  const isLarge = Math.max(height, width) > SHOWN_SIDE
  const scale = SHOWN_SIDE / Math.max(height, width)
  const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const shown = isLarge ? arrangePixels(image, { channels: 'as-is', resize: { ...small, mode: 'stretch' } }) : image
  return {
    step,
    sample: {
      kind: 'image',
      shape: [shown.channels, shown.height, shown.width],
      pixels: planesOf(shown) as Uint8Array<ArrayBuffer>,
      ...(isLarge && { full: [channels, height, width] }),
    },
  }
}

function rowStages({ facts, raw, preprocess }: Dataset, index: number): SampleStage[] {
  let columns: readonly PreparedColumn[] = storedColumns(facts.sample)
  let row = raw.gather(Int32Array.of(index)) as RowArray
  const stages = [rowOf('read', columns, row)]
  for (const { kind, fitted } of preprocess.sample) {
    const definition = findPreTransform(kind)
    invariant(definition?.on === 'table', `${kind} is not a step on tables`)
    columns = definition.result(columns, fitted)
    const to = row instanceof Float64Array ? new Float64Array(columns.length) : new Float32Array(columns.length)
    definition.apply(row, to, fitted)
    row = to
    stages.push(rowOf(kind, columns, row))
  }
  return stages
}

function rowOf(step: string, columns: readonly PreparedColumn[], row: RowArray): SampleStage {
  const cells = columns.map(({ type, categories }, c) => {
    const value = row[c]!
    if (Number.isNaN(value)) return null
    return type === 'categorical' ? (categories?.[value] ?? value) : value
  })
  return { step, sample: { kind: 'row', columns: columns.map(({ name }) => name), cells } }
}

async function textStages({ facts, source, preprocess }: Dataset, index: number): Promise<SampleStage[]> {
  const settings = textSettings(preprocess.files)
  const [text] = (await readSomeTexts(source.entry, Int32Array.of(index))) as [string]
  const cut = (words: string) => words.slice(0, SHOWN_CHARACTERS)
  const tokens = tokensOf(text, settings)
  const ids = encode(tokens, indexVocabulary(vocabularyOf(facts.sample)))
  const padded = padOrCut(ids, settings.length, settings.side)
  const words = (some: Int32Array) => Array.from(some, (id) => vocabularyOf(facts.sample)[id]!)
  return [
    { step: 'read', sample: { kind: 'text', text: cut(text) } },
    ...(settings.lower
      ? [{ step: 'lower-case', sample: { kind: 'text', text: cut(lowerCase(text)) } } satisfies SampleStage]
      : []),
    { step: 'tokenize', sample: { kind: 'tokens', tokens: tokens.slice(0, SHOWN_TOKENS), ids: null } },
    tokensWithIds('vocabulary', tokens, ids),
    tokensWithIds('pad', words(padded.subarray(0, SHOWN_TOKENS)), padded),
  ]
}

function tokensWithIds(step: string, tokens: readonly string[], ids: Int32Array): SampleStage {
  const shown = [...ids.subarray(0, SHOWN_TOKENS)]
  return { step, sample: { kind: 'tokens', tokens: tokens.slice(0, SHOWN_TOKENS), ids: shown } }
}

const vocabularyOf = ({ vocabulary }: SampleFacts): readonly string[] => vocabulary ?? []

function arrayStages({ raw }: Dataset, index: number): SampleStage[] {
  const values = raw.gather(Int32Array.of(index)) as Float32Array<ArrayBuffer>
  return [{ step: 'read', sample: { kind: 'numbers', shape: [...raw.form.shape], values } }]
}
