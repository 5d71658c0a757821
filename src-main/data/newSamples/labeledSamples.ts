/** New labeled samples, to evaluate a model on data it was not trained on. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { text } from '#core/base/text'
import type { DataFacts, TargetFacts } from '#core/data/facts'
import { listed } from '#core/data/listed'
import type { Choice } from '#core/graph/choice'
import type { DataSource, SourceOf } from '#core/graph/dataSettings'
import { fail } from '#core/problems/problem'
import { elementCount } from '#core/tensor/shape'
import { openDataset } from '../openDataset'
import { readSample } from '../readSample'
import { isMissing } from '../readers/cells'
import type { ClassFolder } from '../readers/classFolder'
import { scanImageFolder } from '../readers/imageFolder'
import { scanTextFolder } from '../readers/textFolder'
import type { SampleArray, TargetArray } from '../samples'
import { embeddedData } from '../sources/builtin'
import { CellProblems } from '../sources/cellCodes'
import { labelCode } from '../sources/labelCodes'
import { openRows } from '../sources/rows'
import {
  asWritten,
  checkShape,
  expectedSample,
  type ExpectedSample,
  type KnownData,
  type ReadSamples,
} from './expectedSample'
import { readNewImage } from './newImages'
import { readNewText } from './newTexts'

export interface LabeledSamples extends ReadSamples {
  /** [count] class codes of the model, or [count, 1] numbers. */
  readonly targets: TargetArray
  /** Samples skipped because they have no label. */
  readonly unlabelled: number
}

/**
 * Reads a file or folder of the kind the model was trained on: a table with the label column, a folder of class
 * folders, a folder with array or IDX files under their original names.
 * @throws ProblemError where samples or labels do not fit the model
 */
export async function readLabeledSamples(path: string, known: KnownData): Promise<LabeledSamples> {
  const expected = await expectedSample(known)
  const source = await filesOf(known.source)
  const { target } = known.facts
  switch (source.kind) {
    case 'table':
      return labeledRows(path, expected, source.label, target)
    case 'image-list':
      return listedImages(path, expected, source, target)
    case 'image-folder':
      return classFolders(path, await scanImageFolder(path), expected, target, readNewImage)
    case 'text-folder':
      return classFolders(path, await scanTextFolder(path), expected, target, readNewText)
    case 'idx':
    case 'arrays':
      return labeledFiles(path, source, known)
    default:
      return failSource(path, known.source)
  }
}

async function filesOf(source: DataSource): Promise<DataSource> {
  const { kind } = source
  if (kind !== 'builtin') return source
  const { name } = source
  if (name === 'cifar10' || name === 'fashion-mnist' || name === 'kmnist') return source
  return (await embeddedData(name)).source
}

/** A table in the format of the training table; a class name is never treated as a missing cell. */
function openLabeled(path: string, expected: ExpectedSample, names: readonly string[], target: TargetFacts) {
  const { cells, known } = asWritten(expected)
  const kept = new Map(target.kind === 'classes' ? [[names.at(-1)!, new Set(target.classes)]] : [])
  return openRows(path, cells, { names, kept, ...known })
}

/** The codes of a column in row order; NaN for a missing cell. */
async function columnCodes(path: string, expected: ExpectedSample, column: string, target: TargetFacts) {
  const table = await openLabeled(path, expected, [column], target)
  const place = placeOf(path, table.names, column)
  const problems = new CellProblems()
  const code = labelCode(target, column, problems)
  const codes: number[] = []
  for await (const { rows, lines } of table.batches())
    rows.forEach((row, r) => {
      const cell = row[place]!
      codes.push(isMissing(cell) ? NaN : code(cell, () => ({ file: path, line: lines[r]!, column })))
    })
  problems.check()
  return codes
}

async function labeledRows(
  path: string,
  expected: ExpectedSample,
  label: string,
  target: TargetFacts,
): Promise<LabeledSamples> {
  const codes = await columnCodes(path, expected, label, target)
  const samples = await readSample(path, expected)
  return labeled(path, samples, codes, elementCount(expected.sample.shape), target)
}

/** Drops the samples without a label. */
function labeled(
  path: string,
  { count, data }: ReadSamples,
  codes: readonly number[],
  size: number,
  target: TargetFacts,
): LabeledSamples {
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => !Number.isNaN(codes[i]))
  if (kept.length === 0) failEmpty(path)
  const samples = new (data.constructor as new (length: number) => SampleArray)(kept.length * size)
  kept.forEach((from, to) => samples.set(data.subarray(from * size, (from + 1) * size), to * size))
  const numbers = kept.map((i) => codes[i]!)
  const targets = target.kind === 'numbers' ? Float32Array.from(numbers) : Int32Array.from(numbers)
  return { count: kept.length, data: samples, targets, unlabelled: count - kept.length }
}

async function listedImages(
  path: string,
  expected: ExpectedSample,
  { image, label }: SourceOf<'image-list'>,
  target: TargetFacts,
): Promise<LabeledSamples> {
  const codes = await columnCodes(path, expected, label, target)
  const table = await openLabeled(path, expected, [image, label], target)
  const place = placeOf(path, table.names, image)
  const files: string[] = []
  for await (const { rows } of table.batches())
    for (const row of rows) files.push(isMissing(row[place]!) ? '' : resolve(dirname(path), row[place]!))
  const present = files.flatMap((file, i) => (file === '' || Number.isNaN(codes[i]) ? [] : [{ file, code: codes[i]! }]))
  const samples = await readAll(present, expected, readNewImage)
  const read = labeled(
    path,
    samples,
    present.map(({ code }) => code),
    elementCount(expected.sample.shape),
    target,
  )
  return { ...read, unlabelled: files.length - present.length }
}

async function classFolders(
  path: string,
  { classes, files }: ClassFolder,
  expected: ExpectedSample,
  target: TargetFacts,
  read: (file: string, expected: ExpectedSample) => Promise<ReadSamples>,
): Promise<LabeledSamples> {
  const known = target.kind === 'classes' ? target.classes : []
  const codes = classes.map((name) => known.indexOf(name))
  const unknown = classes.filter((_, label) => codes[label]! < 0)
  if (unknown.length > 0) failClasses(path, unknown, known)
  const all = files.map(({ path: file, label }) => ({ file: join(path, file), code: codes[label]! }))
  const samples = await readAll(all, expected, read)
  return { ...samples, targets: Int32Array.from(all, ({ code }) => code), unlabelled: 0 }
}

async function readAll(
  files: readonly { readonly file: string }[],
  expected: ExpectedSample,
  read: (file: string, expected: ExpectedSample) => Promise<ReadSamples>,
): Promise<ReadSamples> {
  const size = elementCount(expected.sample.shape)
  const data =
    expected.sample.dtype === 'uint8' ? new Uint8Array(files.length * size) : new Int32Array(files.length * size)
  for (const [i, { file }] of files.entries()) data.set((await read(file, expected)).data, i * size)
  return { count: files.length, data }
}

/** The sample and label files present, under their names from training. */
async function labeledFiles(
  folder: string,
  source: SourceOf<'idx'> | SourceOf<'arrays'>,
  { facts, preprocess }: KnownData,
): Promise<LabeledSamples> {
  const [samples, labels] =
    source.kind === 'idx' ? [source.trainImages, source.trainLabels] : [source.samples, source.labels]
  const [testSamples, testLabels] =
    source.kind === 'idx' ? [source.testImages, source.testLabels] : [source.testSamples, source.testLabels]
  const pairs = [
    [testSamples, testLabels],
    [samples, labels],
  ].filter((pair): pair is [string, string] => pair.every((name) => name !== undefined))
  for (const names of pairs) {
    const [x, y] = names.map((name) => placed(folder, name)) as [string, string]
    if (!(await exists(x)) || !(await exists(y))) continue
    const classes = facts.target.kind === 'classes' ? { classes: [...facts.target.classes] } : {}
    const moved: DataSource =
      source.kind === 'idx'
        ? { kind: 'idx', trainImages: x, trainLabels: y, ...classes }
        : { kind: 'arrays', samples: x, labels: y, ...classes }
    return readWhole(folder, moved, facts, preprocess.files)
  }
  return failNames(folder, pairs)
}

const placed = (folder: string, name: string): string => {
  const base = basename(name)
  return folder.endsWith('.npz') && base.includes('#') ? folder + base.slice(base.indexOf('#')) : join(folder, base)
}

const exists = (path: string): Promise<boolean> =>
  stat(path.replace(/#[^#]*$/, '')).then(
    () => true,
    () => false,
  )

async function readWhole(
  folder: string,
  source: DataSource,
  facts: DataFacts,
  files: KnownData['preprocess']['files'],
): Promise<LabeledSamples> {
  const split = { validation: 0, test: 0, stratify: false, seed: 0, given: false }
  const task = facts.target.kind === 'classes' ? 'classification' : 'regression'
  const dataset = await openDataset({ source, split, preprocess: files as readonly Choice[] as Choice[] }, task, '/')
  try {
    checkShape(folder, facts.sample, dataset.facts.sample.shape)
    const { count } = dataset.raw
    const all = Int32Array.from({ length: count }, (_, i) => i)
    return { count, data: dataset.raw.gather(all), targets: dataset.targets, unlabelled: 0 }
  } finally {
    dataset.close()
  }
}

function placeOf(path: string, names: readonly string[], column: string): number {
  const place = names.indexOf(column)
  if (place >= 0) return place
  const values = { quoted: JSON.stringify(column), expected: column, received: listed(names) }
  return fail('data-column', 'model-label', values, { file: path, column })
}

function failClasses(file: string, unknown: readonly string[], known: readonly string[]): never {
  const problemCase = unknown.length === 1 ? 'unknown-class' : 'unknown-classes'
  return fail('data-label', problemCase, { expected: listed(known), received: listed(unknown) }, { file })
}

function failNames(file: string, pairs: readonly (readonly string[])[]): never {
  const named = (and: string, or: string) =>
    pairs.map((names) => names.map((name) => basename(name)).join(and)).join(or)
  return fail(
    'data-missing',
    'labeled-files',
    { pairs: text(named(' and ', ', or '), named(' 与 ', '，或 ')) },
    { file },
  )
}

function failEmpty(file: string): never {
  return fail('data-empty', 'no-labeled', {}, { file })
}

function failSource(file: string, source: DataSource): never {
  const received = source.kind === 'builtin' ? source.name : source.kind
  return fail('model-input', 'other-files', { received }, { file })
}
