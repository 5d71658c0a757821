import { describe, expect, it } from 'vitest'
import { translateProblem } from '#core/problems/translate'
import { problemsOf, temporaryFolder } from '../temporaryFolder'
import { hostileArchives } from './hostile/archives'
import { hostileArrays } from './hostile/arrays'
import { hostileFolders } from './hostile/folders'
import { hostileImages } from './hostile/images'
import { hostileParquet } from './hostile/parquet'
import { hostileTables } from './hostile/tables'

const inputs = [
  ...hostileArrays,
  ...hostileImages,
  ...hostileTables,
  ...hostileParquet,
  ...hostileArchives,
  ...hostileFolders,
]
const MiB = 2 ** 20
/** What one input, and all of them together, may add to the peak memory of the process. */
const PEAK_LIMIT = 256 * MiB
const TOTAL_LIMIT = 512 * MiB

const peak = () => process.resourceUsage().maxRSS * 1024
const start = peak()

describe('hostile inputs', () => {
  it('are at least 60 distinct ones', () => {
    expect(new Set(inputs.map(({ what }) => what)).size).toBe(inputs.length)
    expect(inputs.length).toBeGreaterThanOrEqual(60)
  })

  it.each(inputs)('are rejected: $what', async ({ write, read, code, place }) => {
    const path = await write(await temporaryFolder())
    const before = peak()
    const [problem] = await problemsOf(read(path))
    expect(problem).toMatchObject({ code, severity: 'error', place })
    // After # comes the member of an archive.
    expect(problem!.place.file?.split('#')[0]).toBe(path)
    for (const text of [problem!.message, problem!.expected, problem!.received, problem!.fix]) {
      expect(text).toMatch(/\S/)
      expect(text).not.toMatch(/undefined|NaN|\[object|internal/)
      expect(text!.length).toBeLessThan(500)
    }
    const { message, expected, received, fix } = translateProblem(problem!, 'zh-CN')
    expect(message).toMatch(/\p{Script=Han}/u)
    // Names of formats and files stay; English sentences do not.
    for (const text of [message, expected, received, fix]) expect(text).not.toMatch(/[a-z]{3,} [a-z]{2,}/)
    expect(peak() - before).toBeLessThan(PEAK_LIMIT)
  })

  it('together use no more memory than a few buffers', () => {
    expect(peak() - start).toBeLessThan(TOTAL_LIMIT)
  })
})
