/** Starts worker threads: the built file, or its source if this code itself runs from source. */
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { findAppRoot } from '../../machine/appFolders'

/** Entries by name of the built file, with their sources below src-main/data. */
const sources = {
  loader: 'loader/worker.ts',
  decoder: 'prepare/decodeWorker.ts',
  watchdog: '../engine/watchdog/watchdogThread.ts',
} as const
export type WorkerName = keyof typeof sources

export function startWorker(name: WorkerName, workerData: unknown): Worker {
  if (extname(import.meta.filename) !== '.ts')
    return new Worker(join(findAppRoot().folder, 'out', 'main', `${name}.js`), { workerData })
  const source = JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', sources[name])).href)
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(start, { workerData, eval: true })
}
