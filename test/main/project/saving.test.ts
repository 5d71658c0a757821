/** Concurrent saves of the same file: one wins, the others get a problem. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '#core/problems/problem'
import { openProject, saveProject } from '../../../src-main/project/projectFiles'
import { temporaryFolder } from '../data/temporaryFolder'
import { sampleProject } from '../engine/training/trainHere'

const named = (name: string) => ({ ...sampleProject('penguins'), name })

/** Saves under several names concurrently; the names of the saved ones, and the codes of the others. */
async function saveAtOnce(path: string, revision: string | null, count = 8) {
  const saving = Array.from({ length: count }, (_, i) =>
    saveProject({ path, from: null, revision, project: named(`window ${i}`) }),
  )
  const results = await Promise.allSettled(saving)
  return {
    saved: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.project.name] : [])),
    told: results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as ProblemError).problems[0]!.code] : [],
    ),
  }
}

const nameIn = (path: string) => (JSON.parse(readFileSync(path, 'utf8')) as { name: string }).name

describe('a project saved concurrently', () => {
  it('has the content of one save, which succeeds, and the others fail', async () => {
    const { path: folder } = await temporaryFolder()
    const path = join(folder, 'a.loom')
    const { revision } = await saveProject({ path, from: null, revision: null, project: named('first') })
    const { saved, told } = await saveAtOnce(path, revision)
    expect(saved).toHaveLength(1)
    expect(told).toEqual(Array.from({ length: 7 }, () => 'file-changed'))
    expect(nameIn(path)).toBe(saved[0])
    expect(readdirSync(folder)).toEqual(['a.loom'])
  })

  it('behaves the same for a new file', async () => {
    const { path: folder } = await temporaryFolder()
    const path = join(folder, 'a.loom')
    const { saved, told } = await saveAtOnce(path, null)
    expect([saved.length, told.length]).toEqual([1, 7])
    expect(nameIn(path)).toBe(saved[0])
  })

  it('can be saved again after being reread, and if a killed process left its lock', async () => {
    const { path: folder } = await temporaryFolder()
    const path = join(folder, 'a.loom')
    await saveProject({ path, from: null, revision: null, project: named('first') })
    const { revision } = await openProject(path)
    writeFileSync(join(folder, '.a.loom.lock'), JSON.stringify({ id: 2 ** 22 - 7, host: hostname() }))
    await saveProject({ path, from: null, revision, project: named('second') })
    expect(nameIn(path)).toBe('second')
    expect(readdirSync(folder)).toEqual(['a.loom'])
  })

  it('reports the problem if the folder no longer exists', async () => {
    const { path } = await temporaryFolder()
    const saving = saveProject({ path: join(path, 'gone', 'a.loom'), from: null, revision: null, project: named('x') })
    await expect(saving).rejects.toMatchObject({ problems: [{ code: 'file-write' }] })
  })
})
