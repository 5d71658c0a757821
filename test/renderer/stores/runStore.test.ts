/** The effect of training on the open project. */
// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseProject } from '../../../src-core/graph/parse'
import { ProblemError } from '../../../src-core/problems/problem'
import type { Client } from '../../../src-core/rpc/client'
import type { FileReference } from '../../../src-core/rpc/contract/file'
import { useProject } from '../../../src-renderer/stores/projectStore'
import { useRuns } from '../../../src-renderer/stores/runStore'

const file = resolve(import.meta.dirname, '../../../resources/projects/mnist-mlp.loom')
const digits = parseProject(readFileSync(file, 'utf8')).project!

let project: ReturnType<typeof useProject>

beforeEach(() => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  project = useProject(pinia)
})

/**
 * Opens the project, trains it with a host that responds this way, and returns whether it was unsaved before and after.
 */
async function unsavedAround(from: FileReference | null, start: () => Promise<unknown>): Promise<readonly boolean[]> {
  const runs = useRuns()
  runs.client = { run: { list: async () => ({ runs: [] }), start } } as unknown as Client
  project.open(digits, from)
  const before = project.dirty
  await runs.start()
  return [before, project.dirty]
}

describe('a project without edits', () => {
  it('counts as unsaved work once it is trained, if it has no file', async () => {
    expect(await unsavedAround(null, async () => ({ run: 'first' }))).toEqual([false, true])
  })

  it('is not unsaved after a training if it has a file, or if the host refused to train it', async () => {
    const kept = { id: 'file-of-the-digits-1', name: 'digits.loom', folder: '~' } as FileReference
    expect(await unsavedAround(kept, async () => ({ run: 'first' }))).toEqual([false, false])
    expect(await unsavedAround(null, () => Promise.reject(new ProblemError([])))).toEqual([false, false])
  })
})
