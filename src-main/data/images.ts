/** Images with labels from IDX files: training and test set in one array, without a copy. */
import { resolve } from 'node:path'
import type { DataFacts } from '#core/data/facts'
import type { DataSource } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { failTooLarge, MEMORY_LIMIT } from './readers/file'
import { openIdx, readIdxBytes, readIdxNumbers, type IdxFile } from './readers/idx'
import type { LoadedSource } from './source'

export type IdxSource = Extract<DataSource, { kind: 'idx' }>

/** A file of images with the file of their labels, headers read. */
interface Pair {
  readonly images: IdxFile
  readonly labels: IdxFile
}

/** Labels count up from 0, so a larger one is a damaged file rather than a class. */
const CLASS_LIMIT = 10_000

/** Reads images [count, height, width] or [count, channels, height, width] of bytes, and one label an image. */
export async function loadIdx(source: IdxSource, task: Project['task'], directory: string): Promise<LoadedSource> {
  const train = await openPair(resolve(directory, source.trainImages), resolve(directory, source.trainLabels))
  const test = await openTestPair(source, directory)
  const shape = imageShape(train.images)
  if (test) checkSameShape(shape, test.images)
  const pairs = test ? [train, test] : [train]
  const counts = pairs.map(({ images }) => images.shape[0]!)
  const lengths = pairs.map(({ images }) => images.length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (total > MEMORY_LIMIT) failTooLarge(train.images.path, `${total} bytes`, `at most ${MEMORY_LIMIT} bytes`)
  const labels = await Promise.all(pairs.map((pair) => readIdxNumbers(pair.labels)))
  const target = task === 'regression' ? numberTarget : classTarget(source.classes, pairs, labels)
  const samples = new Uint8Array(total)
  let begin = 0
  for (const { images } of pairs) {
    await readIdxBytes(images, samples.subarray(begin, begin + images.length))
    begin += images.length
  }
  const TargetArray = task === 'regression' ? Float32Array : Int32Array
  return {
    facts: { sample: { dtype: 'uint8', shape }, target },
    samples,
    targets: TargetArray.from(labels.flatMap((numbers) => [...numbers])),
    ownTest: counts[1] ?? 0,
    notes: [],
  }
}

/** Shape of one image as [channels, height, width]; fails where the file holds something else. */
export function imageShape(images: IdxFile): number[] {
  const { shape, elementType } = images
  if (elementType.dtype === 'uint8' && (shape.length === 3 || shape.length === 4) && !shape.slice(1).includes(0)) {
    return shape.length === 3 ? [1, ...shape.slice(1)] : shape.slice(1)
  }
  return fail({
    code: 'data-format',
    place: { file: images.path, byte: 2 },
    message: 'The IDX file does not hold images.',
    expected: 'unsigned bytes as count × height × width or count × channels × height × width',
    received: `${elementType.name} as ${shape.join('×')}`,
    fix: 'Give the file of the images here and the file of the labels as the labels.',
  })
}

async function openTestPair(source: IdxSource, directory: string): Promise<Pair | undefined> {
  const { testImages, testLabels } = source
  if (testImages !== undefined && testLabels !== undefined) {
    return openPair(resolve(directory, testImages), resolve(directory, testLabels))
  }
  if (testImages === undefined && testLabels === undefined) return undefined
  const absent = testImages === undefined ? 'testImages' : 'testLabels'
  return fail({
    code: 'data-missing',
    place: { param: `data.source.${absent}` },
    message: 'A test set needs images and labels.',
    expected: 'testImages and testLabels, or neither',
    received: `no ${absent}`,
    fix: `Set ${absent}, or remove the other.`,
  })
}

async function openPair(imagesPath: string, labelsPath: string): Promise<Pair> {
  const images = await openIdx(imagesPath)
  imageShape(images)
  const labels = await openIdx(labelsPath)
  if (labels.shape.length !== 1 || !['uint8', 'int32'].includes(labels.elementType.dtype)) {
    fail({
      code: 'data-format',
      place: { file: labelsPath, byte: 2 },
      message: 'The IDX file does not hold labels.',
      expected: 'integers in one dimension',
      received: `${labels.elementType.name} as ${labels.shape.join('×')}`,
      fix: 'Give the file of the labels here and the file of the images as the images.',
    })
  }
  if (images.shape[0] !== labels.shape[0]) {
    fail({
      code: 'data-count',
      place: { file: labelsPath, byte: 4 },
      message: 'Images and labels differ in number.',
      expected: `${images.shape[0]} labels, one for each image of ${imagesPath}`,
      received: `${labels.shape[0]} labels`,
      fix: 'Give two files of the same set, for example both of the training set.',
    })
  }
  if (images.shape[0] !== 0) return { images, labels }
  return fail({
    code: 'data-empty',
    place: { file: imagesPath, byte: 4 },
    message: 'The file holds no images.',
    expected: 'at least one image',
    received: 'a count of 0',
    fix: 'Give a file with images.',
  })
}

function checkSameShape(shape: readonly number[], test: IdxFile): void {
  const received = imageShape(test)
  if (received.join() === shape.join()) return
  fail({
    code: 'data-format',
    place: { file: test.path, byte: 8 },
    message: 'The test images have another size than the training images.',
    expected: shape.join('×'),
    received: received.join('×'),
    fix: 'Give two files of the same data set.',
  })
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
    fail({
      code: 'data-label',
      place: { file: path, byte: begin + at * elementType.bytes },
      message: `The label of sample ${at} is outside the classes.`,
      expected: `0 to ${classes.length - 1}`,
      received: `${numbers[at]}`,
      fix: given
        ? 'Name all classes in the project, or correct the labels.'
        : 'Correct the labels; they count up from 0.',
    })
  })
  return { kind: 'classes', classes }
}
