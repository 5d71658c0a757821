/** The data a model was trained on: where it may be, and whether what is there is still that data. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { DataSettings, DataSource } from '#core/graph/dataSettings'
import { mapSourcePaths } from '#core/graph/sourcePaths'
import { fail, ProblemError } from '#core/problems/problem'
import { knownPlace } from '../../data/dataPlaces'
import { openDataset, type Dataset } from '../../data/openDataset'
import type { ModelDescription } from '../../models/modelMetadata'
import { openRun, projectFolderOf, RECORD } from '../../runs/store'

interface Place {
  readonly data: DataSettings
  readonly folder: string
}

/**
 * Search order: with the run that contains the model, the path at the time of export on this machine, next to the
 * model, the current folder.
 * @throws ProblemError `data-checksum` where other data is found, `data-missing` and the like where none is
 */
export async function openModelData(file: string, description: ModelDescription): Promise<Dataset> {
  let other: { place: string; fingerprint: string } | undefined
  let missing: ProblemError | undefined
  for (const { data, folder } of await placesOf(file, description)) {
    try {
      const dataset = await openDataset(data, description.task, folder)
      if (isDataOf(dataset, description)) return dataset
      dataset.close()
      other ??= { place: placeName(data.source, folder), fingerprint: dataset.fingerprint }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      missing ??= error
    }
  }
  if (other) failOtherData(file, description, other.place, other.fingerprint)
  throw new ProblemError(
    missing!.problems.map((problem) => ({
      ...problem,
      fix: 'Say by --data where the data of the model is, or give other labeled data.',
    })),
  )
}

/** The data at `path`, if the model was trained on it. */
export async function openGivenData(path: string, description: ModelDescription): Promise<Dataset | undefined> {
  const source = movedTo(description.data.source, path)
  if (!source) return undefined
  try {
    const dataset = await openDataset({ ...description.data, source }, description.task, '/')
    if (isDataOf(dataset, description)) return dataset
    dataset.close()
    return undefined
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** Models from before 0.2 have no fingerprint. */
function isDataOf({ facts, fingerprint }: Dataset, description: ModelDescription): boolean {
  if (description.fingerprint !== undefined) return fingerprint === description.fingerprint
  return isDeepStrictEqual(facts, description.facts)
}

async function placesOf(file: string, { data, fingerprint }: ModelDescription): Promise<Place[]> {
  const beside = dirname(file)
  if (data.source.kind === 'builtin') return [{ data, folder: beside }]
  const places: Place[] = []
  if (await isFile(join(beside, RECORD))) {
    const run = await openRun(beside)
    places.push({ data: { ...data, source: run.record.project.data.source }, folder: projectFolderOf(run) })
  }
  const known = fingerprint === undefined ? undefined : await knownPlace(fingerprint)
  if (known) places.push({ data: { ...data, source: known }, folder: '/' })
  return [...places, { data, folder: beside }, { data, folder: process.cwd() }]
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  )

/**
 * The source with its files at `path`: the table or the folder itself, the .npz file, or the folder with the files of a
 * multi-file source. Undefined if the data has no files of its own.
 */
export function movedTo(source: DataSource, path: string): DataSource | undefined {
  switch (source.kind) {
    case 'none':
    case 'builtin':
      return undefined
    case 'idx':
      return mapSourcePaths(source, (old) => join(path, basename(old)))
    case 'arrays':
      return mapSourcePaths(source, (old) => {
        const name = basename(old)
        return path.endsWith('.npz') && name.includes('#') ? path + name.slice(name.indexOf('#')) : join(path, name)
      })
    default:
      return mapSourcePaths(source, () => path)
  }
}

function placeName(source: DataSource, folder: string): string {
  const paths: string[] = []
  mapSourcePaths(source, (path) => {
    paths.push(resolve(folder, path))
    return path
  })
  return paths[0] ?? folder
}

function failOtherData(file: string, { fingerprint }: ModelDescription, place: string, received: string): never {
  const values = { path: place, found: shortened(received) }
  if (fingerprint === undefined) fail('data-checksum', 'model-form', values, { file })
  return fail('data-checksum', 'model', { ...values, wanted: shortened(fingerprint) }, { file })
}

/** @throws ProblemError `data-checksum`: splits belong to the data the model was trained on */
export function failNoSplit(path: string, split: string): never {
  return fail('data-checksum', 'no-split', { split }, { file: path })
}

const shortened = (fingerprint: string) => fingerprint.slice(0, 16)
