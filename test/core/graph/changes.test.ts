/** What of a project has changed since a run. */
import { describe, expect, it } from 'vitest'
import { projectChanges } from '#core/graph/changes'
import { projectSchema, type Project } from '#core/graph/project'

const before: Project = projectSchema.parse({
  format: 'layerloom',
  version: 1,
  name: 'digits',
  task: 'classification',
  data: { source: { kind: 'builtin', name: 'mnist' } },
  graph: {
    nodes: [
      { id: 'input', kind: 'input' },
      { id: 'flat', kind: 'flatten' },
      { id: 'fc1', kind: 'linear', params: { outFeatures: 32 } },
      { id: 'fc2', kind: 'linear', params: { outFeatures: 10 } },
      { id: 'output', kind: 'output' },
    ],
    edges: [
      { from: 'input', to: 'flat' },
      { from: 'flat', to: 'fc1' },
      { from: 'fc1', to: 'fc2' },
      { from: 'fc2', to: 'output' },
    ],
  },
})

const withGraph = (change: (graph: Project['graph']) => Partial<Project['graph']>): Project => ({
  ...before,
  graph: { ...before.graph, ...change(before.graph) },
})

describe('changes since a run', () => {
  it('are none for the same project, regardless of how it was read, named, placed and saved', () => {
    expect(projectChanges(before, structuredClone(before))).toEqual([])
    const other = withGraph(({ nodes }) => ({ nodes: nodes.map((node) => ({ ...node, position: [7, 7] })) }))
    expect(projectChanges(before, { ...other, name: 'other', id: 'another-id' })).toEqual([])
    const { device: _device, ...training } = before.training
    expect(projectChanges(before, { ...before, training: { device: 'cpu', ...training, threads: 1 } })).toEqual([])
  })

  it('include a removed layer, without the edges removed with it', () => {
    const after = withGraph(({ nodes, edges }) => ({
      nodes: nodes.filter(({ id }) => id !== 'fc2'),
      edges: edges
        .filter(({ from, to }) => from !== 'fc2' && to !== 'fc2')
        .concat({ from: 'fc1', to: 'output', port: 'x' }),
    }))
    expect(projectChanges(before, after)).toEqual([{ part: 'network', what: 'removed', id: 'fc2' }])
    expect(projectChanges(after, before)).toEqual([{ part: 'network', what: 'added', id: 'fc2' }])
  })

  it('include a changed parameter, where an omitted one has its default', () => {
    const set = (params: Project['graph']['nodes'][number]['params']) =>
      withGraph(({ nodes }) => ({ nodes: nodes.map((node) => (node.id === 'fc1' ? { ...node, params } : node)) }))
    expect(projectChanges(before, set({ outFeatures: 64 }))).toEqual([
      { part: 'network', what: 'changed', id: 'fc1', values: [{ name: 'outFeatures', before: 32, after: 64 }] },
    ])
    expect(projectChanges(before, set({ outFeatures: 32, bias: true }))).toEqual([])
  })

  it('include a different order of the same layers', () => {
    const after = withGraph(({ edges }) => ({
      edges: edges.map((edge) => (edge.to === 'output' ? { ...edge, from: 'fc1' } : edge)),
    }))
    expect(projectChanges(before, after)).toEqual([{ part: 'network', what: 'connected', id: 'output' }])
  })

  it('include the content of blocks', () => {
    const block = (rate: number): Project =>
      withGraph(({ nodes }) => ({
        nodes: [
          ...nodes,
          {
            ...nodes[1]!,
            id: 'block1',
            kind: 'block',
            graph: { nodes: [{ ...nodes[1]!, id: 'drop', kind: 'dropout', params: { p: rate } }], edges: [] },
          },
        ],
      }))
    expect(projectChanges(block(0.5), block(0.1))).toMatchObject([
      { part: 'network', what: 'changed', id: 'block1.drop' },
    ])
  })

  it('include data, transforms and training settings', () => {
    const after: Project = {
      ...before,
      data: { ...before.data, split: { ...before.data.split, seed: 9 } },
      transforms: [{ kind: 'normalize', enabled: true }],
      training: { ...before.training, learningRate: 0.01 },
    }
    expect(projectChanges(before, after).map(({ part }) => part)).toEqual(['data', 'transforms', 'training'])
    expect(projectChanges(before, after).at(-1)).toEqual({
      part: 'training',
      what: 'changed',
      values: [{ name: 'learningRate', before: 0.001, after: 0.01 }],
    })
  })
})
