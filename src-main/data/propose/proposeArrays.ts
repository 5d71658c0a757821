/** NumPy arrays: samples and labels matched by name, in one .npz file or in neighboring .npy files. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { DataSource, SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import type { DataProposal } from '#core/rpc/contract/data'
import { elementCount } from '#core/tensor/shape'
import { fileSize } from '../readers/file'
import { readNpySlice, type NpyFile } from '../readers/npy'
import { openNpz } from '../readers/npz'
import { pixelsOf, planesOf } from '../readers/pixels'
import { formOf, openArray, openArraySource, splitArrayPath } from '../sources/arrays'
import { emptyProposal } from './proposal'
import { targetSteps } from './targetSteps'
import { shrink } from './thumbnail'

const SHEET = 24
const COUNTED = 1_000_000
/** Numbers with more distinct values are continuous, not classes. */
const CLASSES = 1000

type ArraySource = SourceOf<'arrays'>

export function isArrayFile(name: string): boolean {
  return ['.npy', '.npz'].includes(extname(name).toLowerCase())
}

export async function proposeArrays(path: string, given?: DataSource): Promise<DataProposal> {
  const source = given?.kind === 'arrays' ? given : await findArrays(path)
  const samples = await openArray(source.samples)
  const labels = await openArray(source.labels)
  const test = source.testSamples === undefined ? undefined : await openArray(source.testSamples)
  const count = samples.shape[0] ?? 0
  const numbers = await firstLabels(labels)
  const task = taskOf(numbers)
  // Problems with the arrays are reported by their reader.
  await openArraySource(source, task, '/')
  const isImage = formOf(samples).dtype === 'uint8'
  return {
    ...emptyProposal(basename(path)),
    source,
    task,
    count: count + (test?.shape[0] ?? 0),
    bytes: await bytesOf(source),
    classes: task === 'classification' && numbers.length === count ? classesOf(numbers, source.classes) : null,
    splits: test ? { train: count, validation: 0, test: test.shape[0] ?? 0 } : null,
    preprocess: targetSteps(task),
    transforms: isImage ? [{ kind: 'normalize', enabled: true }] : [],
    pictures: isImage ? await picturesOf(samples, numbers, source) : [],
  }
}

interface Named {
  readonly name: string
  readonly path: string
}

async function findArrays(path: string): Promise<ArraySource> {
  const arrays = extname(path).toLowerCase() === '.npz' ? await membersOf(path) : await neighboursOf(path)
  const isTest = ({ name }: Named) => /test|val/i.test(name)
  const isLabels = ({ name }: Named) =>
    /(^|[^a-z])(y|labels?|targets?|classes)([^a-z]|$)/i.test(name) || name === 'arr_1'
  const isSamples = (array: Named) =>
    !isLabels(array) &&
    (/(^|[^a-z])(x|images?|data|samples?|features?|inputs?)([^a-z]|$)/i.test(array.name) || array.name === 'arr_0')
  const find = (fits: (array: Named) => boolean, test: boolean) =>
    arrays.find((array) => fits(array) && isTest(array) === test)?.path
  const others = arrays.filter((array) => !isLabels(array) && !isTest(array))
  const samples = find(isSamples, false) ?? others[0]?.path
  const labels = find(isLabels, false)
  if (samples === undefined || labels === undefined) return failPair(path, arrays)
  const [testSamples, testLabels] = [find(isSamples, true), find(isLabels, true)]
  return {
    kind: 'arrays',
    samples,
    labels,
    ...(testSamples !== undefined && testLabels !== undefined && { testSamples, testLabels }),
  }
}

async function membersOf(path: string): Promise<Named[]> {
  const { members } = await openNpz(path)
  return members.map(({ name }) => ({ name, path: `${path}#${name}` }))
}

async function neighboursOf(path: string): Promise<Named[]> {
  const folder = dirname(path)
  const names = (await readdir(folder)).filter((name) => extname(name).toLowerCase() === '.npy').sort()
  return names.map((name) => ({ name: basename(name, extname(name)), path: join(folder, name) }))
}

async function firstLabels(labels: NpyFile): Promise<ArrayLike<number> & Iterable<number>> {
  if (elementCount(labels.shape) !== (labels.shape[0] ?? 1)) return []
  return (await readNpySlice(labels, 0, Math.min(COUNTED, labels.shape[0] ?? 1))).data
}

function taskOf(labels: Iterable<number>): Project['task'] {
  const different = new Set<number>()
  for (const label of labels) {
    if (!Number.isInteger(label) || label < 0 || different.size > CLASSES) return 'regression'
    different.add(label)
  }
  return 'classification'
}

function classesOf(labels: Iterable<number>, names?: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => ({ name: names?.[label] ?? String(label), count }))
}

async function bytesOf({ samples, labels, testSamples, testLabels }: ArraySource): Promise<number> {
  const files = new Set<string>()
  for (const path of [samples, labels, testSamples, testLabels])
    if (path !== undefined) files.add(splitArrayPath(path).file)
  let bytes = 0
  for (const file of files) bytes += await fileSize(file)
  return bytes
}

async function picturesOf(
  samples: NpyFile,
  labels: ArrayLike<number>,
  { classes, samples: path }: ArraySource,
): Promise<DataProposal['pictures']> {
  const [channels, height, width] = formOf(samples).shape as [number, number, number]
  const size = channels * height * width
  const count = Math.min(SHEET, samples.shape[0]!)
  const { data } = await readNpySlice(samples, 0, count)
  return Array.from({ length: count }, (_, i) => {
    const small = shrink(pixelsOf(data.subarray(i * size, (i + 1) * size) as Uint8Array, channels, height, width))
    const label = labels[i]
    return {
      shape: [small.channels, small.height, small.width],
      pixels: planesOf(small) as Uint8Array<ArrayBuffer>,
      label: label === undefined ? '' : (classes?.[label] ?? String(label)),
      file: `${basename(path)}, ${i}`,
    }
  })
}

function failPair(file: string, arrays: readonly Named[]): never {
  const names = arrays.slice(0, 20).map(({ name }) => name)
  return fail('data-missing', 'array-pair', { received: names.join(', ') }, { file })
}
