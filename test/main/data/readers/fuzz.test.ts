/**
 * Runs every reader on thousands of damaged files: it returns their content, or problems that name the file; never a
 * crash, a hang,
 * or unbounded memory. The damage is seeded, so every failure is reproducible.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { ProblemError } from '#core/problems/problem'
import { mutate } from './fuzz/mutate'
import { subjects, type Subject } from './fuzz/subjects'

const MUTATIONS = Number(process.env['FUZZ'] ?? 2000)
/** Bytes that one reader may add to the peak memory. */
const LARGEST = 512 * 2 ** 20

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerloom-壊れた-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const peak = () => process.resourceUsage().maxRSS * 1024

/** The outcome of a file: `read`, `refused`, or why the response is invalid. */
async function outcome({ read }: Subject, path: string, bytes: Buffer): Promise<string> {
  try {
    await read(path, bytes)
    return 'read'
  } catch (error) {
    return error instanceof ProblemError ? answerOf(error, path) : `threw ${String((error as Error).stack)}`
  }
}

function answerOf({ problems }: ProblemError, path: string): string {
  const [problem] = problems
  if (!problem) return 'no problem'
  const { message, expected, received, fix, place } = problem
  const texts = [message, expected ?? '-', received ?? '-', fix]
  if (place.file?.split('#')[0] !== path) return `a problem of ${place.file}`
  if (texts.some((text) => !/\S/.test(text) || /undefined|NaN|\[object|internal/.test(text) || text.length > 500))
    return `an unclear problem: ${texts.join(' | ')}`
  return 'refused'
}

describe('damaged files', () => {
  it.each(subjects.map((subject) => [subject.name, subject] as const))(
    `${MUTATIONS} of %s are read or refused`,
    async (name, subject) => {
      const { files, repair } = subject
      const path = join(folder, 'damaged')
      const start = peak()
      const counts: Record<string, number> = {}
      const wrong: string[] = []
      for (let i = 0; i < MUTATIONS && wrong.length < 5; i++) {
        const mutated = mutate(name, i, files[i % files.length]!)
        const bytes = repair && i % 4 > 0 ? repair(mutated) : mutated
        if (subject.onDisk) writeFileSync(path, bytes)
        const before = peak()
        const result = await outcome(subject, path, bytes)
        counts[result] = (counts[result] ?? 0) + 1
        if (result !== 'read' && result !== 'refused') wrong.push(`mutation ${i}: ${result}`)
        if (peak() - before > LARGEST / 2) wrong.push(`mutation ${i}: ${peak() - before} bytes more`)
      }
      expect(wrong).toEqual([])
      expect(peak() - start).toBeLessThan(LARGEST)
      expect(counts['refused']).toBeGreaterThan(MUTATIONS / 20)
      expect(counts['read']).toBeGreaterThan(0)
    },
    // Only a reader that hangs takes this long on any machine.
    300 * MUTATIONS,
  )
})
