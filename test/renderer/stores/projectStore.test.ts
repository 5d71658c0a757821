/** When the open project is reanalyzed, and when the last report is still valid. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { portsOf } from '../../../src-core/compiler/analyze'
import type { DataFacts } from '../../../src-core/data/facts'
import { applyCommand } from '../../../src-core/graph/apply'
import type { Command } from '../../../src-core/graph/commands'
import { parseProject } from '../../../src-core/graph/parse'
import type { Problem } from '../../../src-core/problems/problem'
import { useProject } from '../../../src-renderer/stores/projectStore'

const file = resolve(import.meta.dirname, '../../../resources/projects/resnet-tiny.loom')
const residual = parseProject(readFileSync(file, 'utf8')).project!
const ids = ['block1_conv1', 'block1_norm1', 'block1_relu1']
/** With a block that can be repeated. */
const project = applyCommand(residual, { type: 'block.group', ids, id: 'block1' }, portsOf)

const digits: DataFacts = {
  sample: { dtype: 'uint8', shape: [1, 28, 28] },
  target: { kind: 'classes', classes: Array.from({ length: 10 }, (_, digit) => String(digit)) },
}

let store: ReturnType<typeof useProject>

beforeEach(() => {
  const pinia = createPinia()
  createApp({}).use(pinia)
  store = useProject(pinia)
  store.open(project, null)
})

/** Makes an edit and returns whether it led to a new report. */
function isAnalysed(command: Command): boolean {
  const before = store.report
  expect(store.apply(command).problems).toEqual([])
  return store.report !== before
}

describe('the report of the open project', () => {
  it('stays valid while layers are moved, including inside blocks, and while the project is renamed', () => {
    const { layerReports, nodeProblems } = store
    expect(isAnalysed({ type: 'node.move', positions: { stem_conv: [800, 40] } })).toBe(false)
    expect(isAnalysed({ type: 'node.move', positions: { block1_conv1: [0, 0] }, scope: ['block1'] })).toBe(false)
    expect(isAnalysed({ type: 'project.rename', name: 'Another' })).toBe(false)
    expect(store.layerReports).toBe(layerReports)
    expect(store.nodeProblems).toBe(nodeProblems)
    expect(store.graph.nodes.find(({ id }) => id === 'stem_conv')!.position).toEqual([800, 40])
    store.undo()
    store.undo()
    store.undo()
    expect(store.layerReports).toBe(layerReports)
  })

  it.each<[string, Command]>([
    ['a parameter', { type: 'node.setParam', id: 'stem_conv', name: 'padding', value: 0 }],
    [
      'a parameter inside a block',
      { type: 'node.setParam', id: 'block1_conv1', name: 'bias', value: true, scope: ['block1'] },
    ],
    ['whether a layer learns', { type: 'node.setTrainable', ids: ['stem_conv'], trainable: false }],
    [
      'an initializer',
      { type: 'node.setInitializer', id: 'stem_conv', weight: 'weight', initializer: { kind: 'zeros' } },
    ],
    ['the number of copies of a block', { type: 'block.setRepeat', id: 'block1', repeat: 3 }],
    ['an edge', { type: 'edge.disconnect', edges: [project.graph.edges[0]!] }],
    ['the name of a layer', { type: 'node.rename', id: 'stem_conv', to: 'stem' }],
    ['the loss', { type: 'training.set', settings: { loss: { kind: 'mse' } } }],
    ['the batch size', { type: 'training.set', settings: { batchSize: 7 } }],
  ])('is worked out anew after a change of %s', (_, command) => {
    expect(isAnalysed(command)).toBe(true)
  })

  it('follows the change, not the content of the last report', () => {
    const { parameters } = store.report.totals
    store.apply({ type: 'node.move', positions: { stem_conv: [800, 40] } })
    store.apply({ type: 'block.setRepeat', id: 'block1', repeat: 3 })
    expect(store.report.totals.parameters).toBeGreaterThan(parameters)
    store.undo()
    expect(store.report.totals.parameters).toBe(parameters)
  })

  it('is recomputed when the data becomes known', () => {
    const before = store.report
    store.facts = digits
    expect(store.report).not.toBe(before)
    const known = store.report
    store.sample = [1, 32, 32]
    expect(store.report).not.toBe(known)
    expect(store.layerReports.get('input')!.shape).toEqual(['N', 1, 32, 32])
  })

  it('keeps the redo steps if the first layout arrives late', () => {
    const arranged = applyCommand(store.project!, { type: 'graph.layout', positions: { stem_conv: [800, 40] } })
    store.apply({ type: 'node.rename', id: 'stem_conv', to: 'stem' })
    store.undo()
    store.replace(arranged)
    store.redo()
    expect(store.project!.graph.nodes.map(({ id }) => id)).toContain('stem')
  })

  it('has no error for samples that are still being read', () => {
    const isUnknown = ({ code, data }: Problem) => code === 'shape-input' && data?.['case'] === 'unknown'
    const penguins = resolve(import.meta.dirname, '../../../resources/projects/penguins.loom')
    store.open(parseProject(readFileSync(penguins, 'utf8')).project!, null)
    expect(store.problems.some(isUnknown)).toBe(true)
    store.awaitsData = true
    expect(store.problems.some(isUnknown)).toBe(false)
    store.awaitsData = false
    expect(store.problems.some(isUnknown)).toBe(true)
  })

  it('belongs to the project that is open', () => {
    store.apply({ type: 'node.move', positions: { stem_conv: [800, 40] } })
    const other = { ...project, graph: { ...project.graph, nodes: project.graph.nodes.slice(1) } }
    const before = store.report
    store.open(other, null)
    expect(store.report).not.toBe(before)
    expect(store.report.problems.length).toBeGreaterThan(0)
  })
})
