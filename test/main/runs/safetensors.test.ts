/** The safetensors format: files round-trip, and untrusted files are checked before use. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { allocate, type DType, type Tensor } from '#core/tensor/dtype'
import { encodeSafetensors, readSafetensors } from '../../../src-main/runs/safetensors'
import { parseSafetensors } from '../../support/safetensors'
import { problemsOf, temporaryFolder } from '../data/temporaryFolder'

const sample = new Map<string, Tensor>([
  ['fc1.weight', { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, -2, 3.5, NaN, Infinity, -0) }],
  ['层.bias', { dtype: 'float32', shape: [1], data: Float32Array.of(1e-40) }],
  ['scalar', { dtype: 'int64', shape: [], data: BigInt64Array.of(-5n) }],
  ['empty', { dtype: 'uint8', shape: [0, 7], data: new Uint8Array(0) }],
])

async function written(bytes: Uint8Array): Promise<string> {
  const folder = await temporaryFolder()
  return folder.write('x.safetensors', bytes)
}

/** A file with any header. */
function withHeader(header: unknown, data = 0, length?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = Buffer.alloc(8 + text.length + data)
  bytes.writeBigUInt64LE(length ?? BigInt(text.length))
  text.copy(bytes, 8)
  return bytes
}

describe('safetensors', () => {
  it('round-trips bit for bit', async () => {
    const path = await written(encodeSafetensors(sample, { epoch: '3', note: '“é”' }))
    const { tensors, metadata } = await readSafetensors(path)
    expect([...tensors]).toEqual([...sample])
    expect(metadata).toEqual({ epoch: '3', note: '“é”' })
    expect([...parseSafetensors(await readFile(path)).tensors]).toEqual([...sample])
  })

  it('round-trips tensors of any type and shape', async () => {
    const dtypes: DType[] = ['float32', 'float64', 'int32', 'int64', 'uint8', 'bool']
    const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...dtypes), shape, fc.string()), { maxLength: 6 }), async (list) => {
        const tensors = new Map<string, Tensor>(
          list
            .filter(([, , name]) => name !== '__metadata__' && name !== '__proto__')
            .map(([dtype, sizes, name]) => {
              const data = allocate(dtype, sizes.reduce((a, b) => a * b, 1))
              return [name, { dtype, shape: sizes, data }]
            }),
        )
        const read = await readSafetensors(await written(encodeSafetensors(tensors)))
        expect(read.tensors.size).toBe(tensors.size)
        for (const [name, tensor] of tensors) expect(read.tensors.get(name)).toEqual(tensor)
      }),
      { numRuns: 30 },
    )
  })

  const python = '/usr/bin/python3'
  const hasReader = existsSync(python) && isImportable('safetensors')
  it('is read by the reference implementation', async ({ skip }) => {
    skip(!hasReader, 'Python has no safetensors (pip install safetensors)')
    const path = await written(encodeSafetensors(sample))
    const script = `from safetensors.numpy import load_file as l; print(sorted((k, v.shape) for k, v in l(${JSON.stringify(path)}).items()))`
    expect(execFileSync(python, ['-c', script], { encoding: 'utf8' })).toContain("('fc1.weight', (2, 3))")
  })

  const entry = (begin: number, end: number, shape: unknown = [1], dtype: unknown = 'F32') => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  })
  const hostile: [string, Uint8Array, string][] = [
    ['an empty file', new Uint8Array(0), 'cannot be a checkpoint'],
    ['a header length beyond the file', withHeader({}, 0, 1000n), 'length of the header'],
    ['a header length of 2⁶⁴ − 1', withHeader({}, 0, 2n ** 64n - 1n), 'length of the header'],
    ['a header that is not JSON', withHeader('{"a":', 0), 'not JSON'],
    ['a header that is not UTF-8', new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe]), 'not JSON'],
    ['a header that is a list', withHeader([]), 'not a JSON object'],
    ['an entry that is a number', withHeader({ a: 1 }), 'The entry of a'],
    ['an unknown type', withHeader({ a: entry(0, 4, [1], 'PICKLE') }, 4), 'unknown type'],
    ['a negative size', withHeader({ a: entry(0, 4, [-1]) }, 4), 'shape of a'],
    ['a size that is a text', withHeader({ a: entry(0, 4, ['1']) }, 4), 'shape of a'],
    ['a shape of 2⁵⁰ floats', withHeader({ a: entry(0, 4, [2 ** 25, 2 ** 25]) }, 4), 'does not hold what its shape says'],
    ['a shape whose product overflows', withHeader({ a: entry(0, 4, new Array(32).fill(2 ** 52)) }, 4), 'does not hold'],
    ['offsets outside the file', withHeader({ a: entry(0, 400, [100]) }, 4), 'lies outside the file'],
    ['offsets that run backwards', withHeader({ a: entry(4, 0) }, 4), 'lies outside the file'],
    ['negative offsets', withHeader({ a: entry(-4, 0) }, 4), 'place of a'],
    ['tensors that overlap', withHeader({ a: entry(0, 8, [2]), b: entry(4, 12, [2]) }, 12), 'overlaps'],
    ['a gap between tensors', withHeader({ a: entry(0, 4), b: entry(8, 12) }, 12), 'leaves a gap'],
    ['bytes behind the tensors', withHeader({ a: entry(0, 4) }, 8), 'more than its tensors'],
    ['metadata that is not text', withHeader({ __metadata__: { a: 1 } }), 'metadata'],
  ]
  it.each(hostile)('rejects %s', async (_what, bytes, message) => {
    const [problem] = await problemsOf(readSafetensors(await written(bytes)))
    expect(problem).toMatchObject({ code: 'run-damaged' })
    expect(problem!.message).toContain(message)
  })

  it('detects every flipped bit of weights, names and metadata', async () => {
    const whole = encodeSafetensors(sample, { epoch: '3' })
    const flipped = async (at: number, bit: number) => {
      const bytes = Uint8Array.from(whole)
      bytes[at]! ^= 1 << bit
      return problemsOf(readSafetensors(await written(bytes)))
    }
    const data = whole.length - 36
    for (let at = data; at < whole.length; at++)
      expect(await flipped(at, at % 8)).toMatchObject([
        { code: 'run-damaged', message: 'The file does not hold what was written: its checksum differs.' },
      ])
    const header = Buffer.from(whole).toString('latin1')
    for (const place of [header.indexOf('"3"') + 1, header.indexOf('fc1'), header.indexOf('sha256":"') + 9])
      expect(await flipped(place, 0)).toMatchObject([{ code: 'run-damaged' }])
  })

  it('reads files without a checksum, from other programs and earlier versions, as is', async () => {
    const bytes = withHeader({ __metadata__: { epoch: '3' }, a: entry(0, 4) }, 4)
    const { tensors, metadata } = await readSafetensors(await written(bytes))
    expect(tensors.get('a')!.data).toEqual(new Float32Array(1))
    expect(metadata).toEqual({ epoch: '3' })
  })

  it('rejects every truncated file', async () => {
    const whole = encodeSafetensors(sample)
    for (let length = 0; length < whole.length; length += 7) {
      const path = await written(whole.subarray(0, length))
      expect((await problemsOf(readSafetensors(path)))[0]!.code).toBe('run-damaged')
    }
  })

  it('reports a missing file', async () => {
    const { path } = await temporaryFolder()
    expect(await problemsOf(readSafetensors(`${path}/none`))).toMatchObject([{ code: 'run-missing' }])
  })
})

function isImportable(module: string): boolean {
  try {
    execFileSync('/usr/bin/python3', ['-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
