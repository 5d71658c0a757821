/**
 * The image library, restricted before anything is decoded. What it allows counts for the whole process and not for the thread
 * that says so: while a second thread blocked and unblocked loaders, images that others were decoding failed. So it is said
 * once in a process, by the first thread that comes here, and the threads that it starts are told that it was.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import sharp from 'sharp'

const RESTRICTED = 'layerloom.imageLoadersRestricted'
const loaders = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'TiffBuffer', 'NsgifBuffer']

/**
 * Leaves only these five loaders on, only on bytes in memory: no SVG, no PDF, no file names, nothing that would follow a link.
 * Call it before a worker thread that decodes images is started.
 */
export function restrictImageLoaders(): void {
  if (getEnvironmentData(RESTRICTED) === true) return
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) })
  // Images are read once, one after the other in each worker.
  sharp.cache(false)
  sharp.concurrency(1)
  setEnvironmentData(RESTRICTED, true)
}

restrictImageLoaders()

export { sharp }
