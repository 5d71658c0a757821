/** Pre-transforms of images already in the cache, each step from the entry of the previous one. */
import { fail } from '#core/problems/problem'
import { findPreTransform } from '#core/pretransforms/index'
import { elementCount } from '#core/tensor/shape'
import { RecordReader } from '../loader/recordReader'
import { pixelsOf, planesOf } from '../readers/pixels'
import { cacheKey } from './cacheStore'
import { sampleDetailsSchema } from './details'
import { runImageSteps, type ImageStep } from './imageSteps'
import type { PrepareContext } from './prepareContext'
import type { StepReport, StoredSamples } from './preparation'
import { SampleWriter } from './sampleWriter'

/** Whether an image whose shape stays is the same after the step. */
function keepsPixels({ kind }: ImageStep): boolean {
  const definition = findPreTransform(kind)
  return definition?.on === 'image' && definition.onlyShape === true
}

/** Runs steps on stored images, each from the entry of the previous one. */
export async function runStoredSteps(
  start: StoredSamples,
  steps: readonly ImageStep[],
  context: PrepareContext,
): Promise<{ samples: StoredSamples; reports: StepReport[] }> {
  let samples = start
  const reports: StepReport[] = []
  for (const step of steps) {
    const done = await runStoredStep(samples, step, context)
    samples = done.samples
    reports.push(done.report)
  }
  return { samples, reports }
}

async function runStoredStep(before: StoredSamples, step: ImageStep, { cache, work, title }: PrepareContext) {
  const { entry: from, form } = before
  const [channels, height, width] = form.shape as [number, number, number]
  const probe = runImageSteps(pixelsOf(new Uint8Array(elementCount(form.shape)), channels, height, width), [step])
  const shape = [probe.channels, probe.height, probe.width]
  // A step without effect needs no disk space.
  if (shape.join() === form.shape.join() && keepsPixels(step)) {
    return { samples: before, report: { step: step.kind, key: from.key, bytes: 0, hit: true, shape } }
  }
  const key = cacheKey('image-step', from.key, step)
  const { entry, hit } = await cache.findOrBuild(key, async (writer) => {
    const reader = RecordReader.open(from, form)
    const samples = await SampleWriter.open(writer, elementCount(shape))
    const record = new Uint8Array(elementCount(form.shape))
    try {
      for (let i = 0; i < from.count; i++) {
        reader.read(Int32Array.of(i), record)
        await samples.append(planesOf(runImageSteps(pixelsOf(record, channels, height, width), [step])))
        if (i % 64 === 0) await work.advance({ step: step.kind, done: i, total: from.count })
      }
    } finally {
      reader.close()
    }
    await samples.finish()
    return { step: step.kind, source: title, count: from.count, details: { dtype: 'uint8', shape } }
  })
  const { dtype, shape: stored } = sampleDetailsSchema.parse(entry.details)
  const report: StepReport = { step: step.kind, key, bytes: entry.bytes, hit, shape: stored }
  return { samples: { entry, form: { dtype, shape: stored } }, report }
}

/** Fails on images that differ in size if no step makes them uniform. */
export function failSizes(file: string, expected: readonly number[], received: readonly number[]): never {
  const values = { shape: expected.join('×'), received: received.join('×') }
  return fail('data-preprocess', 'sizes', values, { file, param: 'data.preprocess' })
}
