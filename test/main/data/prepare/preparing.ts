/** Prepares data in a separate cache, in this process or in another one that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { dataSchema } from '#core/graph/dataSettings'
import { openDataset, type Dataset } from '../../../../src-main/data/openDataset'
import { CacheStore } from '../../../../src-main/data/prepare/cacheStore'
import { openWork, type Work } from '../../../../src-main/data/prepare/work'
import { temporaryFolder } from '../temporaryFolder'

export type Settings = Parameters<typeof dataSchema.parse>[0]
type Input = z.input<typeof dataSchema>

export const sources = join(import.meta.dirname, '../../../../src-main')

/** A cache in a new folder. */
export async function emptyCache(): Promise<CacheStore> {
  return new CacheStore(join((await temporaryFolder()).path, 'cache'))
}

export async function prepare(
  settings: Settings,
  cache: CacheStore,
  { work = openWork(), task = 'classification' }: { work?: Work; task?: 'classification' | 'regression' } = {},
): Promise<Dataset> {
  const dataset = await openDataset(dataSchema.parse(settings), task, '/', { cache, work })
  onTestFinished(() => dataset.close())
  return dataset
}

/** Kinds of the steps, with whether each was already cached. */
export const hitsOf = ({ steps }: Dataset): Record<string, boolean> =>
  Object.fromEntries(steps.map(({ step, hit }) => [step, hit]))

/** Keys of the steps by kind. */
export const keysOf = ({ steps }: Dataset): Record<string, string | null> =>
  Object.fromEntries(steps.map(({ step, key }) => [step, key]))

/** What a cache folder contains besides complete entries. */
export async function leftBehind({ folder }: CacheStore): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => !/^[0-9a-f]{40}$/.test(name))
}

/** A table of classes with missing cells: `count` rows of four columns. */
export function tableText(count: number, first = 0): string {
  const row = (i: number) =>
    `${i % 9 === 0 ? '' : ((i * 7919) % 1000) / 10},${i % 97},${['red', 'blue', 'white'][(i * 31) % 3]!},${i % 2 ? 'a' : 'b'}`
  return ['x,y,colour,class', ...Array.from({ length: count }, (_, i) => row(first + i))].join('\n')
}

export const tableSteps = [{ kind: 'fill-missing' }, { kind: 'standardize' }, { kind: 'one-hot' }]

/** A process that prepares data in the cache in `folder` and prints the fingerprint at the end. */
export async function preparingProcess(settings: Settings, folder: string): Promise<ChildProcess> {
  const { path } = await temporaryFolder()
  const script = join(path, 'prepare.ts')
  const parts = {
    openDataset: 'data/openDataset',
    CacheStore: 'data/prepare/cacheStore',
    openWork: 'data/prepare/work',
  }
  const imports = Object.entries(parts).map(
    ([name, file]) => `import { ${name} } from ${JSON.stringify(join(sources, `${file}.ts`))}`,
  )
  await writeFile(
    script,
    `${imports.join('\n')}
     const work = openWork(({ step, done }) => console.log(step, done))
     const cache = new CacheStore(${JSON.stringify(folder)})
     openDataset(${JSON.stringify(dataSchema.parse(settings))}, 'classification', '/', { cache, work })
       .then(({ fingerprint }) => console.log('fingerprint', fingerprint))`,
  )
  return spawn(process.execPath, ['--import', 'tsx', script], { cwd: join(sources, '..') })
}

/** A source and its steps, prepared in a separate cache. */
export async function openPreparing(
  source: Input['source'],
  preprocess: Input['preprocess'] = [],
  task: 'classification' | 'regression' = 'classification',
): Promise<Dataset> {
  return prepare({ source, preprocess, split: { validation: 0.2, stratify: false } }, await emptyCache(), { task })
}
