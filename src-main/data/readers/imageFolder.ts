/** Image folders with one subfolder per class; images are found by extension and read later. */
import { extname } from 'node:path'
import { scanClassFolder, type ClassFolder, type Wanted } from './classFolder'
import { imageExtensions } from './imageFormat'

/** The images of a folder by class, in natural order; only those of the first folders if `enough` stops the scan. */
export async function scanImageFolder(
  path: string,
  options: Pick<Wanted, 'enough' | 'folders'> = {},
): Promise<ClassFolder> {
  return scanClassFolder(path, {
    what: 'images',
    ...options,
    refuse: (name) => {
      const extension = extname(name).toLowerCase()
      if (imageExtensions[extension] !== undefined) return undefined
      return extension === '' ? 'not an image: no extension' : `not an image: ${extension}`
    },
  })
}
