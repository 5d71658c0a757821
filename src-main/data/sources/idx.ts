/** Labeled images from IDX files: the training set followed by the test set. */
import { basename, resolve } from 'node:path'
import type { DataFacts } from '#core/data/facts'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import type { EntryWriter } from '../prepare/entryWriter'
import { SampleWriter } from '../prepare/sampleWriter'
import type { Work } from '../prepare/work'
import { openIdx, readIdxNumbers, streamIdxBytes, type IdxFile } from '../readers/idx'
import { cacheKey } from '../prepare/cacheStore'
import { fileStamp } from './fileStamp'
import { imageShape } from './imageShape'
import { givenSplits, type ReadResult, type SourceReader } from './source'

export type IdxSource = SourceOf<'idx'>

/** An image file with its label file, headers read. */
interface Pair {
  readonly images: IdxFile
  readonly labels: IdxFile
}

/** Labels count up from 0, so a larger one indicates a damaged file, not a class. */
const CLASS_LIMIT = 10_000

/** Images [count, height, width] or [count, channels, height, width] of bytes, and one label per image. */
export async function openIdxSource(
  source: IdxSource,
  task: Project['task'],
  projectFolder: string,
  title?: string,
): Promise<SourceReader> {
  const { trainImages, trainLabels, testImages, testLabels, classes } = source
  checkTestPair(source)
  const paths = [trainImages, trainLabels, testImages, testLabels]
    .filter((path) => path !== undefined)
    .map((path) => resolve(projectFolder, path))
  return {
    title: title ?? basename(paths[0]!),
    kind: 'image',
    fingerprint: cacheKey('idx', await fileStamp(...paths), classes ?? null, task),
    read: (writer, work) => readIdx(paths, source, task, writer, work),
  }
}

async function readIdx(
  paths: readonly string[],
  { classes }: IdxSource,
  task: Project['task'],
  writer: EntryWriter,
  work: Work,
): Promise<ReadResult> {
  const train = await openPair(paths[0]!, paths[1]!)
  const test = paths.length > 2 ? await openPair(paths[2]!, paths[3]!) : undefined
  const shape = imageShape(train.images)
  if (test) checkSameShape(shape, test.images)
  const pairs = test ? [train, test] : [train]
  const counts = pairs.map(({ images }) => images.shape[0]!)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const labels = await Promise.all(pairs.map((pair) => readIdxNumbers(pair.labels)))
  const target = task === 'regression' ? numberTarget : classTarget(classes, pairs, labels)
  const samples = await SampleWriter.open(writer, elementCount(shape))
  for (const { images } of pairs) {
    for await (const chunk of streamIdxBytes(images)) {
      await samples.append(chunk)
      await work.advance({ step: 'read', done: samples.count, total })
    }
  }
  await samples.finish()
  const TargetArray = task === 'regression' ? Float32Array : Int32Array
  await writer.write('targets.bin', TargetArray.from(labels.flatMap((numbers) => [...numbers])))
  if (test) await writer.write('given.bin', testBehind(counts))
  return { count: total, sample: { dtype: 'uint8', shape }, target, splits: test !== undefined, notes: [] }
}

/** The samples of the second file are the test set. */
export function testBehind([train = 0, test = 0]: readonly number[]): Uint8Array {
  const given = new Uint8Array(train + test)
  given.fill(givenSplits.test, train)
  return given
}

function checkTestPair({ testImages, testLabels }: IdxSource): void {
  if ((testImages === undefined) === (testLabels === undefined)) return
  const absent = testImages === undefined ? 'testImages' : 'testLabels'
  fail('data-missing', 'test-idx', { absent }, { param: `data.source.${absent}` })
}

/** @throws ProblemError where the files do not belong together */
export async function openPair(imagesPath: string, labelsPath: string): Promise<Pair> {
  const images = await openIdx(imagesPath)
  imageShape(images)
  const labels = await openIdx(labelsPath)
  if (labels.shape.length !== 1 || !['uint8', 'int32'].includes(labels.elementType.dtype)) {
    const values = { type: labels.elementType.name, shape: labels.shape.join('×') }
    fail('data-format', 'idx-labels', values, { file: labelsPath, byte: 2 })
  }
  if (images.shape[0] !== labels.shape[0]) {
    const values = { count: images.shape[0]!, images: imagesPath, labels: labels.shape[0]! }
    fail('data-count', 'images', values, { file: labelsPath, byte: 4 })
  }
  if (images.shape[0] !== 0) return { images, labels }
  return fail('data-empty', 'idx-images', {}, { file: imagesPath, byte: 4 })
}

function checkSameShape(shape: readonly number[], test: IdxFile): void {
  const received = imageShape(test)
  if (received.join() === shape.join()) return
  fail(
    'data-format',
    'test-size',
    { expected: shape.join('×'), received: received.join('×') },
    { file: test.path, byte: 8 },
  )
}

const numberTarget: DataFacts['target'] = { kind: 'numbers', size: 1, names: ['label'] }

/** The given classes, or 0 … the largest training label; fails on a label outside them. */
function classTarget(
  given: readonly string[] | undefined,
  pairs: readonly Pair[],
  labels: readonly Float64Array[],
): DataFacts['target'] {
  const largest = labels[0]!.reduce((a, b) => Math.max(a, b), 0)
  const classes = given ?? Array.from({ length: Math.min(largest, CLASS_LIMIT - 1) + 1 }, (_, label) => `${label}`)
  labels.forEach((numbers, i) => {
    const at = numbers.findIndex((label) => label < 0 || label >= classes.length)
    if (at < 0) return
    const { path, begin, elementType } = pairs[i]!.labels
    const values = { sample: at, largest: classes.length - 1, received: numbers[at]! }
    const where = { file: path, byte: begin + at * elementType.bytes }
    fail('data-label', given ? 'unnamed-code' : 'code', values, where)
  })
  return { kind: 'classes', classes }
}
