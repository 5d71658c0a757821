/** Text folders with one subfolder per class, and reading one text in any encoding. */
import { extname } from 'node:path'
import type { Problem } from '#core/problems/problem'
import { scanClassFolder, type ClassFolder, type Wanted } from './classFolder'
import { decodeBytes } from './decodeFile'
import { detectBytes, encodingNote, type Encoding } from './encoding'
import { readBounded } from './file'
import { imageExtensions } from './imageFormat'

export interface TextFile {
  readonly text: string
  readonly encoding: Encoding
  /** Warnings about a guessed encoding. */
  readonly notes: readonly Problem[]
}

const TEXT_LIMIT = 10 * 2 ** 20
/** Extensions that are not text; emails and other texts often have no extension, or anything after a dot. */
const binary = new Set(
  ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'zip', 'gz', 'bz2', 'xz', '7z', 'tar', 'rar']
    .concat([
      'exe',
      'dll',
      'so',
      'bin',
      'npy',
      'npz',
      'parquet',
      'mp3',
      'mp4',
      'wav',
      'avi',
      'mov',
      'pyc',
      'db',
      'sqlite',
    ])
    .map((extension) => `.${extension}`)
    .concat(Object.keys(imageExtensions)),
)

/** The texts of a folder by class, in natural order; only those of the first folders if `enough` stops the scan. */
export async function scanTextFolder(
  path: string,
  options: Pick<Wanted, 'enough' | 'folders'> = {},
): Promise<ClassFolder> {
  return scanClassFolder(path, {
    what: 'texts',
    ...options,
    refuse: (name) => {
      const extension = extname(name).toLowerCase()
      return binary.has(extension) ? `not a text: ${extension}` : undefined
    },
  })
}

/** One text of up to 10 MiB; fails if it is not text in the chosen or detected encoding. */
export async function readTextFile(path: string, encoding?: Encoding): Promise<TextFile> {
  const bytes = await readBounded(path, TEXT_LIMIT)
  const found = detectBytes(bytes, encoding)
  return { text: decodeBytes(path, bytes, found), encoding: found.encoding, notes: encodingNote(path, found) }
}
