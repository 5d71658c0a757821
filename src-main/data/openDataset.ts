/** Opens the data of a project: reads the source, splits it, describes the training split and fits the pre-transforms on it. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { DataFacts, DataStatistics } from '#core/data/facts'
import { splitSamples, type Splits } from '#core/data/split'
import { describeData } from '#core/data/statistics'
import type { DataSettings, DataSource } from '#core/graph/dataSettings'
import type { Project } from '#core/graph/project'
import { fail, type Problem } from '#core/problems/problem'
import { fitPreprocess, type FittedPreprocess } from '#core/pretransforms/preprocess'
import { builtinSource } from './builtin'
import { loadIdx } from './images'
import { readTable } from './readers/textTable'
import { MemorySamples, type Samples, type TargetArray } from './samples'
import type { LoadedSource } from './source'
import { loadTable } from './table'

export interface Dataset {
  readonly facts: DataFacts
  /** Raw samples and targets by index; what the network gets out of them is `preprocess`. */
  readonly samples: Samples
  /** Target of every sample: [count] class codes or row-major [count, size] numbers in the data's unit. */
  readonly targets: TargetArray
  readonly splits: Splits
  /** Over the training split alone. */
  readonly statistics: DataStatistics
  /** Fitted on the training split alone. */
  readonly preprocess: FittedPreprocess
  /** SHA-256 over facts, samples and targets, in hexadecimal. */
  readonly fingerprint: string
  /** Warnings: rows and columns that were left out, pre-processing that looks forgotten. */
  readonly notes: readonly Problem[]
}

/**
 * Reads all of it into memory. Paths of the source are relative to `projectDirectory`.
 * Fails with problems that name file, line or byte, what was expected and received, and a fix.
 */
export async function openDataset(
  settings: DataSettings,
  task: Project['task'],
  projectDirectory: string,
): Promise<Dataset> {
  const source = await loadSource(settings.source, task, projectDirectory)
  const { facts, samples, targets } = source
  const splits = split(source, settings.split)
  const statistics = describeData(facts, samples, targets, splits.train)
  const { preprocess, notes } = fitPreprocess(settings.preprocess, facts, statistics)
  const sampleSize = facts.sample.shape.reduce((product, size) => product * size, 1)
  return {
    facts,
    samples: new MemorySamples(samples, targets, sampleSize),
    targets,
    splits,
    statistics,
    preprocess,
    fingerprint: fingerprint(source),
    notes: [...source.notes, ...notes],
  }
}

async function loadSource(source: DataSource, task: Project['task'], directory: string): Promise<LoadedSource> {
  switch (source.kind) {
    case 'builtin':
      return loadSource(await builtinSource(source.name), task, directory)
    case 'idx':
      return loadIdx(source, task, directory)
    case 'table': {
      const expectedNames = [source.label, ...source.columns.map(({ name }) => name)]
      return loadTable(await readTable(resolve(directory, source.path), { ...source, expectedNames }), source, task)
    }
    default:
      throw new Error(`internal: no reader for ${source.kind}`)
  }
}

/** The source's own test set stays as it is; the others are drawn from the rest. */
function split({ facts, targets, samples, ownTest }: LoadedSource, settings: DataSettings['split']): Splits {
  const count = samples.length / facts.sample.shape.reduce((product, size) => product * size, 1)
  const pool = count - ownTest
  const shares = { validation: settings.validation, test: ownTest > 0 ? 0 : settings.test, seed: settings.seed }
  const stratified = settings.stratify && facts.target.kind === 'classes'
  if (shares.validation + shares.test >= 1) failShares(pool, shares, 'nothing for training')
  const drawn = splitSamples(pool, shares, stratified ? (targets.subarray(0, pool) as Int32Array) : undefined)
  if (shares.validation > 0 && drawn.validation.length === 0) failShares(pool, shares, 'no sample for validation')
  if (shares.test > 0 && drawn.test.length === 0) failShares(pool, shares, 'no sample for the test set')
  if (ownTest === 0) return drawn
  return { ...drawn, test: Int32Array.from({ length: ownTest }, (_, i) => pool + i) }
}

function failShares(count: number, shares: { validation: number; test: number }, received: string): never {
  return fail({
    code: 'data-split',
    place: { param: 'data.split' },
    message: 'The shares of the split leave a part of it empty.',
    expected: 'at least one sample for training and one for every share above 0',
    received: `${received}: ${count} samples, validation ${shares.validation}, test ${shares.test}`,
    fix: 'Change the shares, set one to 0, or add data.',
  })
}

function fingerprint({ facts, samples, targets, ownTest }: LoadedSource): string {
  const hash = createHash('sha256').update(JSON.stringify({ facts, ownTest }))
  for (const { buffer, byteOffset, byteLength } of [samples, targets]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}
