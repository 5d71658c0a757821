/**
 * The safetensors format: an 8-byte header length, a JSON header, then the tensors in sequence. Chosen for checkpoints
 * because it contains only numbers: reading one cannot run code. Files may be untrusted, so every length is checked
 * before any allocation. Our metadata has a checksum: a flipped bit in a weight would otherwise change results
 * silently.
 */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { fail } from '#core/problems/problem'
import { allocate, bytesPerElement, type DType, type Tensor } from '#core/tensor/dtype'

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly metadata: Readonly<Record<string, string>>
}

const codes = { float32: 'F32', float64: 'F64', int32: 'I32', int64: 'I64', uint8: 'U8', bool: 'BOOL' } as const
const dtypeOf = new Map<unknown, DType>(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]))

/** The format's own limit. */
const HEADER_LIMIT = 100_000_000
/** Maximum array size in Node 20. */
const FILE_LIMIT = 4 * 2 ** 30 - 1
const PREFIX = 8
/** Metadata key; absent in files from elsewhere and in older ones of ours. */
const CHECKSUM = 'sha256'

/** SHA-256 in hexadecimal over metadata, names, types, shapes and bytes, independent of their order. */
function checksumOf(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): string {
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)
  const sorted = [...tensors].sort(byName)
  const heads = sorted.map(([name, { dtype, shape }]) => [name, dtype, shape])
  const hash = createHash('sha256').update(JSON.stringify([Object.entries(metadata).sort(byName), heads]))
  for (const [, { data }] of sorted) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}

/** The bytes of a file; tensors are stored in map order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let end = 0
  const entries: [string, unknown][] = [
    ['__metadata__', { ...metadata, [CHECKSUM]: checksumOf(tensors, metadata) }],
  ]
  for (const [name, { dtype, shape, data }] of tensors) {
    entries.push([name, { dtype: codes[dtype], shape, data_offsets: [end, end + data.byteLength] }])
    end += data.byteLength
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  // Padding with spaces to a multiple of eight keeps every tensor aligned.
  const headerLength = Math.ceil(header.length / 8) * 8
  const bytes = new Uint8Array(PREFIX + headerLength + end)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.fill(0x20, PREFIX, PREFIX + headerLength)
  bytes.set(header, PREFIX)
  let at = PREFIX + headerLength
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

interface Entry {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/**
 * Reads a file. The header is checked against the file size before the tensors are read, and the content against the
 * checksum, if there is one.
 * @throws ProblemError `run-missing` where there is no file, `run-damaged` where it has another format or has changed
 * since it was written
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  return reading(path, async ({ file, begin, entries, metadata, checksum }) => {
    const tensors = new Map<string, Tensor>()
    for (const entry of entries) {
      const data = allocate(entry.dtype, elements(entry.shape))
      if (data.byteLength > 0) {
        const { bytesRead } = await file.read(data, 0, data.byteLength, begin + entry.begin)
        if (bytesRead < data.byteLength)
          fail('run-damaged', 'tensor-end', { name: entry.name, bytes: data.byteLength, received: bytesRead }, { file: path })
      }
      tensors.set(entry.name, { dtype: entry.dtype, shape: entry.shape, data })
    }
    if (checksum !== undefined) checkSum(path, checksum, checksumOf(tensors, metadata))
    return { tensors, metadata }
  })
}

/** Reads only the metadata, of a file whose header fits its size. @throws like `readSafetensors` */
export function readSafetensorsMetadata(path: string): Promise<Readonly<Record<string, string>>> {
  return reading(path, ({ metadata }) => Promise.resolve(metadata))
}

interface OpenedSafetensors {
  readonly file: FileHandle
  /** Offset of the first tensor. */
  readonly begin: number
  readonly entries: readonly Entry[]
  readonly metadata: Readonly<Record<string, string>>
  readonly checksum: string | undefined
}

async function reading<T>(path: string, use: (opened: OpenedSafetensors) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => failMissing(path, error))
  try {
    const info = await file.stat()
    if (!info.isFile()) fail('run-damaged', 'not-file', {}, { file: path })
    if (info.size < PREFIX || info.size > FILE_LIMIT)
      fail('run-damaged', 'size', { least: PREFIX, most: FILE_LIMIT, found: info.size }, { file: path })
    const take = async (begin: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await file.read(bytes, 0, length, begin)
      if (bytesRead < length) fail('run-damaged', 'end', { bytes: length, at: begin, received: bytesRead }, { file: path })
      return bytes
    }
    const headerLength = checkedLength(path, await take(0, PREFIX), info.size)
    const begin = PREFIX + headerLength
    return await use({ file, begin, ...parseHeader(path, await take(PREFIX, headerLength), info.size - begin) })
  } finally {
    await file.close()
  }
}

function checkedLength(path: string, prefix: Buffer, size: number): number {
  const length = prefix.readBigUInt64LE(0)
  const most = Math.min(HEADER_LIMIT, size - PREFIX)
  if (length < 2n || length > BigInt(most))
    fail('run-damaged', 'header-length', { least: 2, most, found: String(length) }, { file: path })
  return Number(length)
}

function parseHeader(path: string, bytes: Buffer, dataLength: number) {
  const json = parseJson(path, bytes)
  const { __metadata__: metadata = {}, ...rest } = json
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    fail('run-damaged', 'metadata', { received: typeof metadata }, { file: path })
  const entries = Object.entries(rest).map(([name, entry]) => checkEntry(path, name, entry, dataLength))
  checkCoverage(path, entries, dataLength)
  const { [CHECKSUM]: checksum, ...own } = metadata as Record<string, string>
  return { entries, metadata: own, checksum }
}

function checkSum(path: string, expected: string, received: string): void {
  if (received === expected) return
  fail('run-damaged', 'checksum', { expected: `SHA-256 ${expected.slice(0, 64)}`, received: `SHA-256 ${received}` }, { file: path })
}

function parseJson(path: string, bytes: Buffer): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return fail('run-damaged', 'header-json', { received: (error as Error).message }, { file: path })
  }
  return isObject(json) ? json : fail('run-damaged', 'header-form', { received: typeof json }, { file: path })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const elements = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

function checkEntry(path: string, name: string, entry: unknown, dataLength: number): Entry {
  const place = { file: path }
  if (!isObject(entry)) return fail('run-damaged', 'entry', { name, received: typeof entry }, place)
  const { shape, data_offsets: offsets } = entry
  const dtype = dtypeOf.get(entry.dtype)
  if (!dtype)
    return fail(
      'run-damaged',
      'dtype',
      { name, known: [...dtypeOf.keys()].join(', '), received: String(JSON.stringify(entry.dtype)) },
      place,
    )
  if (!Array.isArray(shape) || shape.length > 32 || !shape.every(isCount))
    return fail('run-damaged', 'shape', { name, received: JSON.stringify(shape)?.slice(0, 200) ?? '' }, place)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return fail('run-damaged', 'offsets', { name, received: JSON.stringify(offsets)?.slice(0, 200) ?? '' }, place)
  const [begin, end] = offsets as [number, number]
  if (begin > end || end > dataLength)
    return fail('run-damaged', 'outside', { name, most: dataLength, begin, end }, place)
  const bytes = elements(shape) * bytesPerElement[dtype]
  if (bytes !== end - begin)
    return fail('run-damaged', 'tensor-size', { name, bytes, found: end - begin }, place)
  return { name, dtype, shape, begin, end }
}

/** The tensors are contiguous, without overlap or gap, up to the end of the file. */
function checkCoverage(path: string, entries: readonly Entry[], dataLength: number): void {
  let at = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) fail('run-damaged', 'overlap', { name, at, received: begin }, { file: path })
    at = end
  }
  if (at !== dataLength)
    fail('run-damaged', 'rest', { bytes: at, found: dataLength }, { file: path })
}

function failMissing(file: string, error: NodeJS.ErrnoException): never {
  return fail(
    'run-missing',
    'checkpoint',
    { received: error.code === 'ENOENT' ? 'no such file' : error.message },
    { file },
  )
}
