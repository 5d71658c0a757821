/**
 * The image library, restricted before anything is decoded. Its loader settings apply to the whole process, not to the
 * calling thread: while a second thread blocked and unblocked loaders, images being decoded elsewhere failed. So they
 * are set once per process, by the first thread that gets here, and the threads it starts are informed. The library is
 * loaded with the first image: loading takes 80 ms, a third of the command line's startup time.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import type sharp from 'sharp'

const RESTRICTED = 'layerloom.imageLoadersRestricted'
const loaders = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'TiffBuffer', 'NsgifBuffer']

let library: Promise<typeof sharp> | undefined

/** Call before starting a worker thread that decodes images. */
export function imageLibrary(): Promise<typeof sharp> {
  return (library ??= import('sharp').then(({ default: loaded }) => {
    restrict(loaded)
    return loaded
  }))
}

/**
 * Enables only these five loaders, on bytes in memory only: no SVG, no PDF, no file names, nothing that would follow a
 * link.
 */
function restrict(loaded: typeof sharp): void {
  if (getEnvironmentData(RESTRICTED) === true) return
  loaded.block({ operation: ['VipsForeignLoad'] })
  loaded.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) })
  // Images are read once, in sequence in each worker.
  loaded.cache(false)
  loaded.concurrency(1)
  setEnvironmentData(RESTRICTED, true)
}
