/** NumPy arrays as samples: bytes with an image shape as images, everything else as float32 arrays. */
import { basename, resolve } from 'node:path'
import type { TargetFacts } from '#core/data/facts'
import type { SourceOf } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import { cacheKey } from '../prepare/cacheStore'
import type { EntryWriter } from '../prepare/entryWriter'
import { SampleWriter } from '../prepare/sampleWriter'
import type { Work } from '../prepare/work'
import { openNpy, readNpySlice, type NpyFile } from '../readers/npy'
import { openNpz, openNpzArray } from '../readers/npz'
import { ArrayPrecision, noteCoarseLabels } from './arrayPrecision'
import { checkFinite } from './arrayNumbers'
import { fileStamp } from './fileStamp'
import { testBehind } from './idx'
import type { ReadResult, SourceReader } from './source'

type ArraySource = SourceOf<'arrays'>

/** Bytes of samples per read. */
const CHUNK = 1 << 22
const CLASS_LIMIT = 10_000
/** Part of the cache keys since non-finite values are rejected. */
const FINITE = 1

/** `digits.npz#x_train` → the file and the name of the array in it. */
export function splitArrayPath(path: string): { file: string; member: string | undefined } {
  const at = path.lastIndexOf('#')
  return at < 0 ? { file: path, member: undefined } : { file: path.slice(0, at), member: path.slice(at + 1) }
}

export async function openArraySource(
  source: ArraySource,
  task: Project['task'],
  projectFolder: string,
): Promise<SourceReader> {
  const { samples, labels, testSamples, testLabels, classes } = source
  checkTestPair(source)
  const paths = [samples, labels, testSamples, testLabels]
    .filter((path) => path !== undefined)
    .map((path) => resolve(projectFolder, path))
  const arrays = await Promise.all(paths.map(openArray))
  const form = formOf(arrays[0]!)
  return {
    title: basename(splitArrayPath(paths[0]!).file),
    kind: form.dtype === 'uint8' ? 'image' : 'array',
    fingerprint: cacheKey(
      'arrays',
      FINITE,
      await fileStamp(...paths.map((path) => splitArrayPath(path).file)),
      paths.map((path) => splitArrayPath(path).member ?? null),
      classes ?? null,
      task,
    ),
    read: (writer, work) => readArrays(arrays, form, source, task, writer, work),
  }
}

export async function openArray(path: string): Promise<NpyFile> {
  const { file, member } = splitArrayPath(path)
  return member === undefined ? openNpy(file) : openNpzArray(await openNpz(file), member)
}

interface ArrayForm {
  readonly dtype: 'uint8' | 'float32'
  readonly shape: readonly number[]
}

/**
 * [n, height, width] and [n, channels, height, width] of bytes are images; [n, height, width, 1, 3 or 4] is rejected
 * with a fix.
 */
export function formOf({ path, shape, elementType }: NpyFile): ArrayForm {
  const [count, ...one] = shape
  if (count === undefined || one.length === 0 || one.includes(0)) failShape(path, shape)
  if (elementType !== 'uint8') return { dtype: 'float32', shape: one }
  if (one.length === 2) return { dtype: 'uint8', shape: [1, ...one] }
  if (one.length !== 3) return { dtype: 'float32', shape: one }
  const isLast = [1, 3].includes(one[2]!) && ![1, 3].includes(one[0]!)
  if (isLast) failLayout(path, shape)
  return { dtype: 'uint8', shape: one }
}

async function readArrays(
  arrays: readonly NpyFile[],
  form: ArrayForm,
  source: ArraySource,
  task: Project['task'],
  writer: EntryWriter,
  work: Work,
): Promise<ReadResult> {
  const pairs = arrays.length > 2 ? [arrays.slice(0, 2), arrays.slice(2)] : [arrays]
  const counts = pairs.map(([samples]) => samples!.shape[0]!)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const labels: number[] = []
  for (const [samples, of] of pairs) {
    checkPair(samples!, of!, form)
    const own = await readLabels(of!)
    if (task === 'regression') checkFinite(of!, own, 0)
    for (const label of own) labels.push(label)
  }
  const target = task === 'regression' ? numberTarget : classTarget(source.classes, labels, pairs)
  const bytes = elementCount(form.shape) * (form.dtype === 'uint8' ? 1 : 4)
  const records = await SampleWriter.open(writer, bytes)
  const notes = task === 'regression' ? noteCoarseLabels(pairs[0]![1]!.path, labels) : []
  for (const [samples] of pairs) {
    const precision = new ArrayPrecision(samples!)
    const atOnce = Math.max(1, Math.floor(CHUNK / bytes))
    for (let begin = 0; begin < samples!.shape[0]!; begin += atOnce) {
      const { data } = await readNpySlice(samples!, begin, Math.min(atOnce, samples!.shape[0]! - begin))
      checkFinite(samples!, data, begin)
      precision.take(data)
      await records.append(form.dtype === 'uint8' ? data : Float32Array.from(data))
      await work.advance({ step: 'read', done: records.count, total })
    }
    notes.push(...precision.note())
  }
  await records.finish()
  await writer.write('targets.bin', task === 'regression' ? Float32Array.from(labels) : Int32Array.from(labels))
  if (pairs.length > 1) await writer.write('given.bin', testBehind(counts))
  return { count: total, sample: form, target, splits: pairs.length > 1, notes }
}

const numberTarget: TargetFacts = { kind: 'numbers', size: 1, names: ['label'] }

function classTarget(
  given: readonly string[] | undefined,
  labels: readonly number[],
  pairs: readonly (readonly NpyFile[])[],
): TargetFacts {
  const largest = labels.reduce((a, b) => Math.max(a, b), 0)
  const classes = given ?? Array.from({ length: Math.min(largest, CLASS_LIMIT - 1) + 1 }, (_, label) => `${label}`)
  const at = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes.length)
  if (at < 0) return { kind: 'classes', classes }
  const values = { sample: at, largest: classes.length - 1, received: labels[at]! }
  return fail('data-label', given ? 'unnamed-array-code' : 'array-code', values, { file: pairs[0]![1]!.path })
}

async function readLabels(array: NpyFile): Promise<number[]> {
  const labels: number[] = []
  const atOnce = 1 << 20
  for (let begin = 0; begin < array.shape[0]!; begin += atOnce) {
    const { data } = await readNpySlice(array, begin, Math.min(atOnce, array.shape[0]! - begin))
    for (const value of data) labels.push(value)
  }
  return labels
}

/** Labels [n] or [n, 1], one per sample; all samples of one form. */
function checkPair(samples: NpyFile, labels: NpyFile, form: ArrayForm): void {
  const isFlat = labels.shape.length === 1 || (labels.shape.length === 2 && labels.shape[1] === 1)
  if (!isFlat || labels.shape[0] !== samples.shape[0]) {
    const values = { count: samples.shape[0]!, samples: samples.path, received: labels.shape.join('×') }
    const where = { file: labels.path }
    if (isFlat) fail('data-count', 'arrays', values, where)
    fail('data-format', 'array-labels', values, where)
  }
  const own = formOf(samples)
  if (samples.shape[0] === 0) failShape(samples.path, samples.shape)
  if (own.dtype === form.dtype && own.shape.join() === form.shape.join()) return
  const values = { expected: `${form.dtype} ${form.shape.join('×')}`, received: `${own.dtype} ${own.shape.join('×')}` }
  fail('data-format', 'test-form', values, { file: samples.path })
}

function checkTestPair({ testSamples, testLabels }: ArraySource): void {
  if ((testSamples === undefined) === (testLabels === undefined)) return
  const absent = testSamples === undefined ? 'testSamples' : 'testLabels'
  fail('data-missing', 'test-arrays', { absent }, { param: `data.source.${absent}` })
}

function failShape(file: string, shape: readonly number[]): never {
  const received = shape.length === 0 ? 'a single number' : shape.join('×')
  return fail('data-format', 'array-samples', { received }, { file })
}

function failLayout(file: string, shape: readonly number[]): never {
  const [n, h, w, c] = shape
  const values = { shape: `${n}×${c}×${h}×${w}`, received: shape.join('×') }
  return fail('data-format', 'channels-last', values, { file })
}
