// @vitest-environment happy-dom
/** Which projects without a file are unsaved work. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { Client } from '#core/rpc/client'
import { hostState } from '../../../src-renderer/host/hostConnection'
import { createFromTemplate, openRunAsProject } from '../../../src-renderer/project/projectFiles'
import { useProject } from '../../../src-renderer/stores/projectStore'

const file = resolve(import.meta.dirname, '../../../resources/projects/mnist-mlp.loom')
const digits = { ...parseProject(readFileSync(file, 'utf8')).project!, id: 'the-digits' }
const startedAt = '2026-03-01T10:00:00Z'

beforeEach(() => {
  setActivePinia(createPinia())
  const client = {
    project: { fromTemplate: async () => ({ project: digits, problems: [], readOnly: false }) },
    run: { project: async () => ({ project: digits, document: digits.id, startedAt }) },
  } as unknown as Client
  hostState.value = { phase: 'connected', client }
})

it('a run opened as a project is one, with that run as its history; an unmodified template is not', async () => {
  const project = useProject()
  expect(await createFromTemplate('mnist-mlp')).toBe(true)
  expect(project.dirty).toBe(false)
  expect(await openRunAsProject('first')).toBe(true)
  expect(project.dirty).toBe(true)
  expect(project.project?.id).not.toBe(digits.id)
  expect(project.project?.origin).toEqual({ id: digits.id, at: startedAt })
})
