/** IDX files: the images with their labels, and the test set if there is one. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DataSource, SourceOf } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { elementCount } from '#core/tensor/shape'
import { fileSize } from '../readers/file'
import { readIdxNumbers, streamIdxBytes, type IdxFile } from '../readers/idx'
import { pixelsOf, planesOf } from '../readers/pixels'
import { openPair } from '../sources/idx'
import { imageShape } from '../sources/imageShape'
import { emptyProposal } from './proposal'
import { shrink } from './thumbnail'

const SHEET = 24
/** Labels that can be counted quickly. */
const COUNTED = 2_000_000

type IdxSource = SourceOf<'idx'>

/** By its name: `train-images-idx3-ubyte`, `train-images.idx`, either with `.gz`. */
export function isIdxFile(name: string): boolean {
  return /([-.]u?byte|\.idx\d*)(\.gz)?$/i.test(name)
}

export async function proposeIdx(path: string, given?: DataSource): Promise<DataProposal> {
  const source = given?.kind === 'idx' ? given : await findFiles(path)
  const { trainImages, trainLabels, testImages, testLabels } = source
  const { images, labels } = await openPair(trainImages, trainLabels)
  const shape = imageShape(images)
  const isTested = testImages !== undefined && testLabels !== undefined
  const test = isTested ? (await openPair(testImages, testLabels)).images : undefined
  const numbers = labels.length <= COUNTED ? await readIdxNumbers(labels) : undefined
  let bytes = 0
  for (const file of [trainImages, trainLabels, testImages, testLabels])
    if (file !== undefined) bytes += await fileSize(file)
  const train = images.shape[0]!
  return {
    ...emptyProposal(basename(dirname(path)) || basename(path)),
    source,
    count: train + (test?.shape[0] ?? 0),
    bytes,
    classes: numbers ? classesOf(numbers, source.classes) : null,
    splits: test ? { train, validation: 0, test: test.shape[0]! } : null,
    transforms: [{ kind: 'normalize', enabled: true }],
    pictures: await picturesOf(images, shape, numbers, source),
  }
}

/** The files that belong together, by name. */
async function findFiles(path: string): Promise<IdxSource> {
  const folder = dirname(path)
  const chosen = basename(path)
  const names = (await readdir(folder)).filter((name) => isIdxFile(name) || name === chosen).sort()
  const find = (what: RegExp, test: boolean) => {
    const fitting = names.filter((name) => what.test(name) && /t10k|test|val/i.test(name) === test)
    // The chosen file itself before its unzipped copy, and files of its set before those of another.
    const name =
      fitting.find((candidate) => candidate === chosen) ??
      fitting.find((candidate) => setOf(candidate) === setOf(chosen)) ??
      fitting[0]
    return name === undefined ? undefined : join(folder, name)
  }
  const [images, labels] = [/image|img|idx3/i, /label|idx1/i]
  const [testImages, testLabels] = [find(images, true), find(labels, true)]
  const pairs = [
    { samples: find(images, false), of: find(labels, false) },
    { samples: testImages, of: testLabels },
  ].flatMap(({ samples, of }) => (samples !== undefined && of !== undefined ? [{ samples, of }] : []))
  const [first, second] = pairs
  if (!first) return failPair(path, names)
  return {
    kind: 'idx',
    trainImages: first.samples,
    trainLabels: first.of,
    ...(second && { testImages: second.samples, testLabels: second.of }),
  }
}

/** The common name part of all files of a set. */
function setOf(name: string): string {
  return name.toLowerCase().replace(/images?|labels?|img|idx\d|train(ing)?|t10k|test|val(idation)?|\.gz$/g, '')
}

function classesOf(labels: Float64Array, names?: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => a - b)
    .slice(0, 1000)
    .map(([label, count]) => ({ name: names?.[label] ?? String(label), count }))
}

async function picturesOf(
  images: IdxFile,
  shape: readonly number[],
  labels: Float64Array | undefined,
  { trainImages, classes }: IdxSource,
): Promise<DataProposal['pictures']> {
  const [channels, height, width] = shape as [number, number, number]
  const size = elementCount(shape)
  const begin = new Uint8Array(Math.min(SHEET, images.shape[0]!) * size)
  let filled = 0
  for await (const chunk of streamIdxBytes(images)) {
    begin.set(chunk.subarray(0, begin.length - filled), filled)
    filled += Math.min(chunk.length, begin.length - filled)
    if (filled === begin.length) break
  }
  return Array.from({ length: begin.length / size }, (_, i) => {
    const small = shrink(pixelsOf(begin.subarray(i * size, (i + 1) * size), channels, height, width))
    const label = labels?.[i]
    return {
      shape: [small.channels, small.height, small.width],
      pixels: planesOf(small) as Uint8Array<ArrayBuffer>,
      label: label === undefined ? '' : (classes?.[label] ?? String(label)),
      file: `${basename(trainImages)}, ${i}`,
    }
  })
}

function failPair(file: string, names: readonly string[]): never {
  const received = names.slice(0, 10).join(', ') || basename(file)
  return fail('data-missing', 'pair', { received }, { file })
}
