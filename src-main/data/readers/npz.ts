/** Reader of NumPy's .npz files: ZIP archives of .npy members, stored or deflated, each read by slice without unpacking. */
import { promisify } from 'node:util'
import { open, type Entry, type ZipFile } from 'yauzl'
import { fail } from '#core/problems/problem'
import { fileSource, inflatedSource } from './byteSource'
import { failTooLarge, fileSize } from './file'
import { openNpySource, type NpyFile } from './npy'

export interface NpzMember {
  /** Name without `.npy`. */
  readonly name: string
  /** Bytes of the .npy file that it holds. */
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
/** Deflate cannot shrink data by more than this factor (RFC 1951: 258 bytes a code of at least 2 bits). */
const DEFLATE_FACTOR = 1032
/** From that size on a member that shrank by more than this is no data. */
const BOMB_SIZE = 2 ** 30
const BOMB_FACTOR = 200
/** Bytes of a deflated array in Fortran order, which is read from everywhere. */
const SCATTERED_LIMIT = 256 * 2 ** 20

/** Lists the arrays; fails where the archive is damaged or a name or size in it cannot be honest. */
export async function openNpz(path: string): Promise<NpzFile> {
  const size = await fileSize(path)
  const zip = await openZip(path)
  try {
    const members = new Map<string, NpzMember>()
    for (let entry = await nextEntry(path, zip); entry; entry = await nextEntry(path, zip)) {
      if (!entry.fileName.endsWith('.npy')) continue
      const name = entry.fileName.slice(0, -'.npy'.length)
      if (members.has(name)) failMember(path, name, 'members of different names', 'two members of this name')
      if (members.size >= MEMBER_LIMIT) failMember(path, name, `at most ${MEMBER_LIMIT} members`, 'more')
      members.set(name, await readMember(path, zip, entry, name, size))
    }
    if (members.size === 0) failEmpty(path)
    return { path, members: [...members.values()] }
  } finally {
    zip.close()
  }
}

/** Opens one array by its name. */
export async function openNpzArray({ path, members }: NpzFile, name: string): Promise<NpyFile> {
  const member = members.find((candidate) => candidate.name === name)
  if (!member) {
    return fail({
      code: 'data-missing',
      place: { file: path, column: name },
      message: `There is no array ${JSON.stringify(name)} in the file.`,
      expected: members
        .map((each) => each.name)
        .slice(0, 20)
        .join(', '),
      received: name,
      fix: 'Correct the name behind #; upper and lower case count.',
    })
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
      // An error that comes late must not end the process.
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
  if (entry.isEncrypted()) failMember(path, name, 'members without a password', 'an encrypted member')
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    failMember(path, name, 'stored or deflated members', `compression method ${compressionMethod}`)
  }
  const deflated = compressionMethod === 8
  const lying = deflated
    ? uncompressedSize > (compressedSize + 64) * DEFLATE_FACTOR
    : uncompressedSize !== compressedSize
  if (lying || compressedSize > size) {
    failMember(
      path,
      name,
      'sizes that can be true',
      `${compressedSize} bytes for ${uncompressedSize} in a file of ${size}`,
    )
  }
  if (uncompressedSize > BOMB_SIZE && uncompressedSize > compressedSize * BOMB_FACTOR) {
    failMember(
      path,
      name,
      `at most ${BOMB_FACTOR} times the bytes in the archive`,
      `${uncompressedSize} of ${compressedSize}`,
    )
  }
  const header = await new Promise<{ fileDataStart: number }>((resolve, reject) =>
    zip.readLocalFileHeader(entry, { minimal: true }, (error, found) => (error ? reject(error) : resolve(found))),
  ).catch((error: unknown) => failArchive(path, error))
  const begin = header.fileDataStart
  if (begin + compressedSize > size) {
    failMember(path, name, `bytes ${begin} to ${begin + compressedSize}`, `a file of ${size} bytes`)
  }
  return { name, size: uncompressedSize, begin, compressedSize, deflated, checksum: entry.crc32 }
}

/** Reading a deflated array from everywhere would inflate it again and again. */
async function inMemory(array: NpyFile): Promise<NpyFile> {
  const { source } = array
  if (source.size > SCATTERED_LIMIT) {
    failTooLarge(source.name, `${source.size} bytes in Fortran order, compressed`, `at most ${SCATTERED_LIMIT} bytes`)
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
  return fail({
    code: short && !escapes ? 'data-truncated' : 'data-format',
    place: { file: path },
    message: escapes ? 'A name in the archive leads out of it.' : 'The .npz file is damaged, or not a ZIP archive.',
    expected: escapes ? 'plain names of arrays' : 'a complete archive as numpy.savez writes it',
    received: message.slice(0, 200),
    fix: escapes ? 'Do not trust this file; get it from somewhere else.' : 'Copy, download or save the file again.',
  })
}

function failMember(path: string, name: string, expected: string, received: string): never {
  return fail({
    code: 'data-format',
    place: { file: path, column: name.slice(0, 100) },
    message: 'A member of the archive cannot be read.',
    expected,
    received,
    fix: 'Save the arrays again with numpy.savez.',
  })
}

function failEmpty(path: string): never {
  return fail({
    code: 'data-empty',
    place: { file: path },
    message: 'The archive holds no arrays.',
    expected: 'members that end in .npy',
    received: 'an empty archive',
    fix: 'Save the arrays again with numpy.savez.',
  })
}
