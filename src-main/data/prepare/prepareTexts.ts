/** Prepares texts: the vocabulary is fitted on the training split, then every text becomes token ids of one length. */
import type { DataSettings } from '#core/graph/dataSettings'
import { checkSteps } from '#core/pretransforms/preTransformList'
import { fail } from '#core/problems/problem'
import { buildVocabulary, countTokens, indexVocabulary } from '#core/text/vocabulary'
import { cacheKey } from './cacheStore'
import { sampleDetailsSchema } from './details'
import type { EntryWriter } from './entryWriter'
import type { PrepareContext } from './prepareContext'
import type { Prepared, StepReport } from './preparation'
import { finishWhole } from './prepareUniform'
import { splitData, trainingMask, type ReadData } from './readStep'
import { SampleWriter } from './sampleWriter'
import { encodeText, textKinds, textSettings, tokensOf, type TextSettings } from './textSteps'
import { readTexts } from './texts'
import { targetSizeOf } from './targets'

export async function prepareTexts(read: ReadData, settings: DataSettings, context: PrepareContext): Promise<Prepared> {
  const { entry, details, targets, given } = read
  const { target } = details
  const { sample: steps } = checkSteps(settings.preprocess, 'text', target.kind)
  const files = steps.map(({ definition, params }) => ({ ...params, kind: definition.kind }))
  const text = textSettings(files)
  const splits = splitData(targets, targetSizeOf(target), settings.split, given)
  const key = cacheKey('text', entry.key, text, settings.split)
  const { entry: ids, hit } = await context.cache.findOrBuild(key, (writer) =>
    writeIds(writer, read, text, trainingMask(splits, entry.count), context),
  )
  const { dtype, shape, vocabulary = [] } = sampleDetailsSchema.parse(ids.details)
  const done = textKinds.filter((kind) => kind !== 'lower-case' || text.lower)
  const reports = done.map((step): StepReport =>
    step === 'pad'
      ? { step, key, bytes: ids.bytes, hit, shape }
      : // Tokenizing takes moments, and token counts differ: only the ids are stored.
        { step, key: null, bytes: 0, hit, shape: null },
  )
  const whole = {
    source: { entry },
    samples: { entry: ids, form: { dtype, shape } },
    targets,
    ...(given && { given }),
    reports: [read.report, ...reports],
    notes: details.notes,
    files,
    vocabulary,
  }
  return finishWhole(whole, target, 'text', settings, context)
}

async function writeIds(
  writer: EntryWriter,
  { entry }: ReadData,
  settings: TextSettings,
  training: Uint8Array,
  { work, title }: PrepareContext,
) {
  const counts = new Map<string, number>()
  for await (const { index, text } of readTexts(entry)) {
    if (training[index] === 1) countTokens(counts, tokensOf(text, settings))
    if (index % 64 === 0) await work.advance({ step: 'vocabulary', done: index, total: entry.count })
  }
  const vocabulary = buildVocabulary(counts, settings.vocabulary)
  if (vocabulary.length <= 2) failVocabulary(counts.size, settings)
  const known = indexVocabulary(vocabulary)
  const samples = await SampleWriter.open(writer, 4 * settings.length)
  for await (const { index, text } of readTexts(entry)) {
    await samples.append(encodeText(text, settings, known))
    if (index % 64 === 0) await work.advance({ step: 'pad', done: index, total: entry.count })
  }
  await samples.finish()
  const details = { dtype: 'int32', shape: [settings.length], vocabulary }
  return { step: 'pad', source: title, count: entry.count, details }
}

function failVocabulary(count: number, { vocabulary }: TextSettings): never {
  const values = { count, least: vocabulary.minCount }
  return fail('data-preprocess', 'rare-tokens', values, { param: 'data.preprocess.vocabulary' })
}
