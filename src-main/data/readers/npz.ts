/**
 * Reader for NumPy's .npz files: ZIP archives of .npy members, stored or deflated, each read by slice without
 * unpacking.
 */
import { promisify } from 'node:util'
import { open, type Entry, type ZipFile } from 'yauzl'
import { fail, type Place } from '#core/problems/problem'
import { fileSource, inflatedSource } from './byteSource'
import { fileSize } from './file'
import { openNpySource, type NpyFile } from './npy'

export interface NpzMember {
  /** Name without `.npy`. */
  readonly name: string
  /** Bytes of the .npy file inside. */
  readonly size: number
  readonly begin: number
  readonly compressedSize: number
  readonly deflated: boolean
  readonly checksum: number
}

export interface NpzFile {
  readonly path: string
  readonly members: readonly NpzMember[]
}

const MEMBER_LIMIT = 10_000
/** Deflate cannot compress data by more than this factor (RFC 1951: 258 bytes per code of at least 2 bits). */
const DEFLATE_FACTOR = 1032
/** From this size, a member compressed by more than that is not data. */
const BOMB_SIZE = 2 ** 30
const BOMB_FACTOR = 200
/** Maximum bytes of a deflated Fortran-order array, which needs random access. */
const SCATTERED_LIMIT = 256 * 2 ** 20

/** Lists the arrays; fails if the archive is damaged or a name or size in it is implausible. */
export async function openNpz(path: string): Promise<NpzFile> {
  const size = await fileSize(path)
  const zip = await openZip(path)
  try {
    const members = new Map<string, NpzMember>()
    for (let entry = await nextEntry(path, zip); entry; entry = await nextEntry(path, zip)) {
      if (!entry.fileName.endsWith('.npy')) continue
      const name = entry.fileName.slice(0, -'.npy'.length)
      if (members.has(name)) fail('data-format', 'npz-names', {}, placeOf(path, name))
      if (members.size >= MEMBER_LIMIT) fail('data-format', 'npz-members', { most: MEMBER_LIMIT }, placeOf(path, name))
      members.set(name, await readMember(path, zip, entry, name, size))
    }
    if (members.size === 0) fail('data-empty', 'npz-empty', {}, { file: path })
    return { path, members: [...members.values()] }
  } finally {
    zip.close()
  }
}

/** Opens one array by its name. */
export async function openNpzArray({ path, members }: NpzFile, name: string): Promise<NpyFile> {
  const member = members.find((candidate) => candidate.name === name)
  if (!member) {
    return fail(
      'data-missing',
      'npz-array',
      {
        name: JSON.stringify(name),
        expected: members
          .map((each) => each.name)
          .slice(0, 20)
          .join(', '),
        received: name,
      },
      { file: path, column: name },
    )
  }
  const { size, begin, compressedSize, checksum } = member
  const label = `${path}#${name}`
  const array = await openNpySource(
    member.deflated
      ? inflatedSource({ path, name: label, begin, compressedSize, size, checksum })
      : fileSource(path, size, begin, label),
  )
  return array.header.fortran && member.deflated ? inMemory(array) : array
}

async function openZip(path: string): Promise<ZipFile> {
  const opening = promisify<string, { lazyEntries: boolean; autoClose: boolean; strictFileNames: boolean }, ZipFile>(
    open,
  )
  return opening(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch((error: unknown) =>
    failArchive(path, error),
  )
}

function nextEntry(path: string, zip: ZipFile): Promise<Entry | undefined> {
  return new Promise<Entry | undefined>((resolve, reject) => {
    const settle = (action: () => void) => {
      zip.removeAllListeners()
      // A late error must not crash the process.
      zip.on('error', () => {})
      action()
    }
    zip.removeAllListeners('error')
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)))
    zip.once('end', () => settle(() => resolve(undefined)))
    zip.once('error', (error) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))))
    zip.readEntry()
  }).catch((error: unknown) => failArchive(path, error))
}

async function readMember(path: string, zip: ZipFile, entry: Entry, name: string, size: number): Promise<NpzMember> {
  const { compressionMethod, compressedSize, uncompressedSize } = entry
  const place = placeOf(path, name)
  if (entry.isEncrypted()) fail('data-format', 'npz-encrypted', {}, place)
  if (compressionMethod !== 0 && compressionMethod !== 8)
    fail('data-format', 'npz-method', { method: compressionMethod }, place)
  const deflated = compressionMethod === 8
  const lying = deflated
    ? uncompressedSize > (compressedSize + 64) * DEFLATE_FACTOR
    : uncompressedSize !== compressedSize
  const sizes = { compressed: compressedSize, plain: uncompressedSize }
  if (lying || compressedSize > size) fail('data-format', 'npz-sizes', { ...sizes, size }, place)
  if (uncompressedSize > BOMB_SIZE && uncompressedSize > compressedSize * BOMB_FACTOR)
    fail('data-format', 'npz-bomb', { ...sizes, factor: BOMB_FACTOR }, place)
  const header = await new Promise<{ fileDataStart: number }>((resolve, reject) =>
    zip.readLocalFileHeader(entry, { minimal: true }, (error, found) => (error ? reject(error) : resolve(found))),
  ).catch((error: unknown) => failArchive(path, error))
  const begin = header.fileDataStart
  const end = begin + compressedSize
  if (end > size) fail('data-format', 'npz-place', { begin, end, size }, place)
  return { name, size: uncompressedSize, begin, compressedSize, deflated, checksum: entry.crc32 }
}

/** Random access to a deflated array would inflate it again and again. */
async function inMemory(array: NpyFile): Promise<NpyFile> {
  const { source } = array
  if (source.size > SCATTERED_LIMIT) {
    fail('data-too-large', 'scattered', { bytes: source.size, most: SCATTERED_LIMIT }, { file: source.name })
  }
  const bytes = new Uint8Array(source.size)
  await source.read([{ at: 0, target: bytes }])
  await source.close()
  return {
    ...array,
    source: {
      name: source.name,
      size: source.size,
      random: true,
      read: async (runs) => {
        for (const { at, target } of runs) target.set(bytes.subarray(at, at + target.length))
      },
      close: () => Promise.resolve(),
    },
  }
}

function failArchive(path: string, error: unknown): never {
  const message = (error as Error).message
  const escapes = /invalid relative path|absolute path|invalid characters in fileName/.test(message)
  const short = /truncated|EOF|not found|overflows/i.test(message)
  const values = { received: message.slice(0, 200) }
  if (escapes) return fail('data-format', 'npz-escape', values, { file: path })
  return fail(short ? 'data-truncated' : 'data-format', 'npz-damaged', values, { file: path })
}

function placeOf(file: string, name: string): Place {
  return { file, column: name.slice(0, 100) }
}
