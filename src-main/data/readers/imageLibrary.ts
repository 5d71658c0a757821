/**
 * The image library, restricted before anything is decoded. What it allows counts for the whole process and not for the thread
 * that says so: while a second thread blocked and unblocked loaders, images that others were decoding failed. So it is said
 * once in a process, by the first thread that comes here, and the threads that it starts are told that it was. It is loaded with
 * the first image: loading takes 80 ms, a third of the time in which the command line starts.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import type sharp from 'sharp'

const RESTRICTED = 'layerloom.imageLoadersRestricted'
const loaders = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'TiffBuffer', 'NsgifBuffer']

let library: Promise<typeof sharp> | undefined

/** Call it before a worker thread that decodes images is started. */
export function imageLibrary(): Promise<typeof sharp> {
  return (library ??= import('sharp').then(({ default: loaded }) => {
    restrict(loaded)
    return loaded
  }))
}

/** Leaves only these five loaders on, only on bytes in memory: no SVG, no PDF, no file names, nothing that would follow a link. */
function restrict(loaded: typeof sharp): void {
  if (getEnvironmentData(RESTRICTED) === true) return
  loaded.block({ operation: ['VipsForeignLoad'] })
  loaded.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) })
  // Images are read once, one after the other in each worker.
  loaded.cache(false)
  loaded.concurrency(1)
  setEnvironmentData(RESTRICTED, true)
}
