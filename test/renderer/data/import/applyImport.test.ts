// @vitest-environment happy-dom
/**
 * Imported data in an open project: one edit, undone in one step, with a network that fits; and as a separate project.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { parseProject } from '#core/graph/parse'
import type { InspectedData } from '#core/rpc/contract/data'
import type { FileReference } from '#core/rpc/contract/file'
import { importAsProject, importOverProject } from '../../../../src-renderer/data/import/applyImport'
import { knownSettings } from '../../../../src-renderer/data/import/knownSets'
import { useProject } from '../../../../src-renderer/stores/projectStore'
import { graphOf } from '../../../core/graph/projects'

const file = resolve(import.meta.dirname, '../../../../resources/projects/mnist-cnn.loom')
const digits = parseProject(readFileSync(file, 'utf8')).project!

/** The host's facts on the penguins, as far as the network depends on them. */
const penguins = {
  facts: {
    sample: { dtype: 'float32', shape: [2], columns: ['mass', 'length'].map((name) => ({ name, type: 'numeric' })) },
    target: { kind: 'classes', classes: ['Adelie', 'Chinstrap', 'Gentoo'] },
  },
  shape: [2],
  counts: { train: 240, validation: 52, test: 52 },
} as unknown as InspectedData

beforeEach(() => setActivePinia(createPinia()))

it('changes data, task, transforms and network together, and undo restores all of them', () => {
  const project = useProject()
  project.open(digits, null)
  const before = project.project
  expect(importOverProject(knownSettings('penguins', 'Palmer penguins'), penguins, 'new')).toBe(true)
  const after = project.project!
  expect(after.data.source).toEqual({ kind: 'builtin', name: 'penguins' })
  expect(after.transforms).toEqual([])
  expect(after.graph.nodes.map(({ kind }) => kind)).toEqual([
    'input',
    'linear',
    'relu',
    'linear',
    'relu',
    'linear',
    'output',
  ])
  expect(project.entries.map(({ label }) => label.name)).toEqual(['opened', 'data.import'])
  expect(after.name).toBe('Palmer penguins')
  project.undo()
  expect(project.project).toBe(before)
})

it('reports when a network that should be kept did not fit', () => {
  const project = useProject()
  project.open({ ...digits, graph: graphOf('input', 'conv:conv2d < input', 'output < conv') }, null)
  expect(importOverProject(knownSettings('penguins', 'Palmer penguins'), penguins, 'keep')).toBe(false)
  expect(project.project?.graph.nodes.at(-2)?.params).toEqual({ outFeatures: 3 })
})

it('creates another project, unsaved and without the file of the open one; undo restores that one with its file', () => {
  const project = useProject()
  const file = { id: 'file-of-the-digits-1', name: 'digits.loom', folder: '~' } as FileReference
  project.open({ ...digits, id: 'the-digits' }, file, { revision: 'a'.repeat(64) })
  const { document } = project
  importOverProject(knownSettings('penguins', 'Palmer penguins'), penguins, 'keep')
  expect(project.project?.id).not.toBe('the-digits')
  expect(project).toMatchObject({ file: null, revision: null, dirty: true })
  expect(project.document).not.toBe(document)
  project.undo()
  expect(project).toMatchObject({ file, document, dirty: false, revision: 'a'.repeat(64) })
  expect(project.project?.id).toBe('the-digits')
})

it('fills a project that has no data yet, which stays the same project', () => {
  const project = useProject()
  project.open({ ...digits, id: 'the-digits', data: { ...digits.data, source: { kind: 'none' } } }, null)
  importOverProject(knownSettings('penguins', 'Palmer penguins'), penguins, 'new')
  expect(project.project).toMatchObject({ id: 'the-digits', name: digits.name })
})

it('creates a separate project if none is open, which counts as unsaved work', async () => {
  const project = useProject()
  expect(await importAsProject(knownSettings('penguins', 'Palmer penguins'), penguins)).toBe(true)
  expect(project).toMatchObject({ file: null, dirty: true })
  expect(project.project?.data.source).toEqual({ kind: 'builtin', name: 'penguins' })
})
