import { describe, expect, test } from 'vitest'
import { addedIds, applyCommand, tryCommand } from '#core/graph/apply'
import type { Command } from '#core/graph/commands'
import { connectionProblem } from '#core/graph/edits/edges'
import { expandBlocks } from '#core/graph/blocks'
import type { Project } from '#core/graph/project'
import { checkStructure } from '#core/graph/structure'
import { chain, edgeList, freezeDeeply, graphOf, ports, projectOf, residual } from './projects'

const project = freezeDeeply(projectOf(chain))
const grouped = freezeDeeply(applyCommand(project, { type: 'block.group', ids: ['conv1', 'relu1'], id: 'stem' }, ports))

function apply(before: Project, ...commands: Command[]): Project {
  return commands.reduce((document, command) => freezeDeeply(applyCommand(document, command, ports)), before)
}

function refusal(before: Project, command: Command) {
  const outcome = tryCommand(before, command, ports)
  return 'problems' in outcome ? outcome.problems[0]! : undefined
}

const ids = (document: Project): string[] => document.graph.nodes.map(({ id }) => id)
const node = (document: Project, id: string) => document.graph.nodes.find((other) => other.id === id)!

describe('adding layers', () => {
  test('a new layer gets the next free name of its kind', () => {
    const after = apply(project, { type: 'node.add', kind: 'conv2d', position: [8, 16], params: { channels: 4 } })
    expect(after.graph.nodes.at(-1)).toEqual({
      id: 'conv2',
      kind: 'conv2d',
      params: { channels: 4 },
      trainable: true,
      initializers: {},
      position: [8, 16],
    })
    expect(addedIds(project, after)).toEqual(['conv2'])
  })

  test('what the edit does not affect is shared with the previous document', () => {
    const after = apply(project, { type: 'node.setParam', id: 'conv1', name: 'channels', value: 8 })
    expect(after.data).toBe(project.data)
    expect(after.graph.edges).toBe(project.graph.edges)
    expect(after.graph.nodes[2]).toBe(project.graph.nodes[2])
    expect(project.graph.nodes[1]!.params).toEqual({})
  })

  test('a layer dropped on an edge is inserted there, at its first port', () => {
    const on = { from: 'relu1', to: 'pool1', port: 'x' }
    const dropout = apply(project, { type: 'node.add', kind: 'dropout', position: [0, 0], on })
    expect(checkStructure(dropout.graph, ports)).toEqual([])
    expect(edgeList(dropout.graph)).toContain('relu1 → dropout1.x')
    expect(edgeList(dropout.graph)).toContain('dropout1 → pool1.x')
    const add = apply(project, { type: 'node.add', kind: 'add', position: [0, 0], on })
    expect(edgeList(add.graph)).toContain('relu1 → add1.a')
  })

  test('a nonexistent edge cannot receive a layer', () => {
    const on = { from: 'conv1', to: 'pool1', port: 'x' }
    expect(refusal(project, { type: 'node.add', kind: 'relu', position: [0, 0], on })).toMatchObject({
      code: 'graph-edge-unknown',
      place: { edge: 'conv1 → pool1.x' },
    })
  })

  test.each(['conv1', 'two words', 'a.b', '1st', ''])('the name %j is rejected', (id) => {
    expect(refusal(project, { type: 'node.add', kind: 'relu', position: [0, 0], id })).toMatchObject({
      code: 'node-id',
    })
  })

  test('Input belongs outside of blocks and block inputs inside', () => {
    const inside: Command = { type: 'node.add', kind: 'input', position: [0, 0], scope: ['stem'] }
    expect(refusal(grouped, inside)).toMatchObject({ code: 'block-form' })
    expect(refusal(project, { type: 'node.add', kind: 'block-input', position: [0, 0] })?.code).toBe('block-form')
    expect(refusal(grouped, { ...inside, kind: 'block-output' })?.code).toBe('block-form')
    const after = apply(grouped, { ...inside, kind: 'block-input' })
    expect(addedIds(grouped, after, ['stem'])).toEqual(['x1'])
  })

  test('a new block passes its input through', () => {
    const on = { from: 'relu1', to: 'pool1', port: 'x' }
    const after = apply(project, { type: 'node.add', kind: 'block', position: [0, 0], on })
    expect(checkStructure(after.graph, ports)).toEqual([])
    expect(edgeList(expandBlocks(after.graph))).toEqual(edgeList(project.graph))
  })

  test('positions and parameters that a file cannot hold are rejected with their place', () => {
    expect(refusal(project, { type: 'node.add', kind: 'relu', position: [NaN, 0] })).toMatchObject({
      code: 'project-format',
      place: { node: 'relu2', param: 'position[0]' },
      received: 'NaN',
    })
    expect(refusal(project, { type: 'node.setParam', id: 'conv1', name: 'channels', value: Infinity })).toMatchObject({
      place: { node: 'conv1', param: 'channels' },
    })
  })
})

describe('removing, renaming, moving', () => {
  test('a removed layer takes its edges with it', () => {
    const after = apply(project, { type: 'node.remove', ids: ['relu1', 'pool1'] })
    expect(ids(after)).toEqual(['input', 'conv1', 'flatten1', 'linear1', 'output'])
    expect(edgeList(after.graph)).toEqual(['flatten1 → linear1.x', 'input → conv1.x', 'linear1 → output.x'])
  })

  test('with reconnect, its source is connected to its readers', () => {
    const after = apply(project, { type: 'node.remove', ids: ['relu1', 'pool1'], reconnect: true })
    expect(checkStructure(after.graph, ports)).toEqual([])
    expect(edgeList(after.graph)).toContain('conv1 → flatten1.x')
    const both = apply(projectOf(residual), { type: 'node.remove', ids: ['conv1'], reconnect: true })
    expect(edgeList(both.graph)).toEqual([
      'add1 → output.x',
      'conv2 → add1.a',
      'input → add1.b',
      'input → relu1.x',
      'relu1 → conv2.x',
    ])
  })

  test('a layer with two inputs is never bridged', () => {
    const after = apply(projectOf(residual), { type: 'node.remove', ids: ['add1'], reconnect: true })
    expect(edgeList(after.graph).filter((edge) => edge.includes('output'))).toEqual([])
  })

  test('a new name is applied to all edges', () => {
    const after = apply(project, { type: 'node.rename', id: 'conv1', to: 'stem' })
    expect(ids(after)[1]).toBe('stem')
    expect(edgeList(after.graph)).toContain('input → stem.x')
    expect(edgeList(after.graph)).toContain('stem → relu1.x')
    expect(refusal(project, { type: 'node.rename', id: 'conv1', to: 'relu1' })?.code).toBe('node-id')
    expect(applyCommand(project, { type: 'node.rename', id: 'conv1', to: 'conv1' })).toBe(project)
  })

  test('many layers move together, and a move to the same place is not an edit', () => {
    const after = apply(project, { type: 'node.move', positions: { conv1: [8, 8], relu1: [16, 16] } })
    expect(node(after, 'conv1').position).toEqual([8, 8])
    expect(node(after, 'relu1').position).toEqual([16, 16])
    expect(applyCommand(project, { type: 'graph.layout', positions: { conv1: [0, 88] } })).toBe(project)
  })

  test.each<Command>([
    { type: 'node.remove', ids: ['ghost'] },
    { type: 'node.rename', id: 'ghost', to: 'a' },
    { type: 'node.move', positions: { ghost: [0, 0] } },
    { type: 'node.setParam', id: 'ghost', name: 'a', value: 1 },
    { type: 'edge.connect', from: 'conv1', to: 'ghost' },
    { type: 'block.group', ids: ['ghost'] },
    { type: 'block.ungroup', id: 'conv1' },
    { type: 'node.move', positions: {}, scope: ['conv1'] },
    { type: 'nodes.duplicate', ids: ['ghost'] },
  ])('%j is refused because the layer is not there', (command) => {
    expect(refusal(project, command)).toMatchObject({ code: 'node-missing' })
  })
})

describe('parameters', () => {
  test('a parameter can be set, and without a value it is the default again', () => {
    const set = apply(project, { type: 'node.setParam', id: 'conv1', name: 'kernel', value: [3, 3] })
    expect(node(set, 'conv1').params).toEqual({ kernel: [3, 3] })
    const reset = apply(set, { type: 'node.setParam', id: 'conv1', name: 'kernel' })
    expect(reset).toEqual(project)
    expect(applyCommand(set, { type: 'node.setParam', id: 'conv1', name: 'kernel', value: [3, 3] })).toBe(set)
  })

  test('layers are frozen together, and initializers set by weight', () => {
    const after = apply(
      project,
      { type: 'node.setTrainable', ids: ['conv1', 'linear1'], trainable: false },
      { type: 'node.setInitializer', id: 'conv1', weight: 'weight', initializer: { kind: 'he-normal' } },
      { type: 'node.setInitializer', id: 'conv1', weight: 'bias', initializer: { kind: 'zeros' } },
      { type: 'node.setInitializer', id: 'conv1', weight: 'weight' },
    )
    expect([node(after, 'conv1').trainable, node(after, 'linear1').trainable]).toEqual([false, false])
    expect(node(after, 'conv1').initializers).toEqual({ bias: { kind: 'zeros' } })
  })
})

describe('connecting', () => {
  test('a connection takes the first free input, otherwise it replaces the first', () => {
    const start = projectOf(graphOf('input', 'relu1 < input', 'add1', 'output'))
    const first = apply(start, { type: 'edge.connect', from: 'input', to: 'add1' })
    const second = apply(first, { type: 'edge.connect', from: 'relu1', to: 'add1' })
    const third = apply(second, { type: 'edge.connect', from: 'input', to: 'add1' })
    expect(edgeList(third.graph)).toEqual(['input → add1.a', 'input → add1.c', 'input → relu1.x', 'relu1 → add1.b'])
    const single = apply(project, { type: 'edge.connect', from: 'input', to: 'relu1' })
    expect(single.graph.edges[1]).toEqual({ from: 'input', to: 'relu1', port: 'x' })
    expect(single.graph.edges).toHaveLength(project.graph.edges.length)
  })

  test('connecting an existing connection changes nothing', () => {
    expect(applyCommand(project, { type: 'edge.connect', from: 'input', to: 'conv1', port: 'x' })).toBe(project)
  })

  test.each([
    [{ from: 'relu1', to: 'conv1', port: 'x' }, 'graph-cycle', 'The layers conv1, relu1 would form a cycle.'],
    [{ from: 'relu1', to: 'relu1', port: 'x' }, 'graph-cycle', 'relu1 would read its own output.'],
    [{ from: 'output', to: 'relu1', port: 'x' }, 'graph-edge-refused', 'output has no output.'],
    [{ from: 'relu1', to: 'input', port: 'x' }, 'graph-edge-refused', 'input has no inputs.'],
    [{ from: 'input', to: 'relu1', port: 'b' }, 'graph-edge-refused', 'relu1 has no input b.'],
    [{ from: 'ghost', to: 'relu1', port: 'x' }, 'graph-edge-refused', 'There is no layer ghost.'],
  ])('%j is rejected with a reason', (edge, code, message) => {
    const problem = connectionProblem(project.graph, edge, ports)
    expect(problem).toMatchObject({ code, message })
    expect(refusal(project, { type: 'edge.connect', ...edge })).toEqual(problem)
  })

  test('an edge about to be replaced does not count for a cycle', () => {
    const swapped = graphOf('input', 'relu1 < relu2', 'relu2 < relu1', 'output < relu1')
    expect(connectionProblem(swapped, { from: 'input', to: 'relu2', port: 'x' }, ports)).toBeUndefined()
    expect(connectionProblem(swapped, { from: 'relu2', to: 'relu1', port: 'x' }, ports)).toMatchObject({
      code: 'graph-cycle',
    })
  })

  test('edges are removed by their two ends', () => {
    const edge = { from: 'conv1', to: 'relu1', port: 'x' }
    const after = apply(project, { type: 'edge.disconnect', edges: [edge] })
    expect(after.graph.edges).toHaveLength(5)
    expect(refusal(after, { type: 'edge.disconnect', edges: [edge] })).toMatchObject({ code: 'graph-edge-unknown' })
  })
})

describe('inside blocks', () => {
  test('a scoped edit changes only the block it names', () => {
    const after = apply(grouped, { type: 'node.setParam', scope: ['stem'], id: 'conv1', name: 'channels', value: 2 })
    expect(node(after, 'stem').graph!.nodes[1]!.params).toEqual({ channels: 2 })
    expect(node(after, 'pool1')).toBe(node(grouped, 'pool1'))
  })

  test('renaming or removing an input of a block renames or removes the outer port', () => {
    const renamed = apply(grouped, { type: 'node.rename', scope: ['stem'], id: 'x', to: 'image' })
    expect(edgeList(renamed.graph)).toContain('input → stem.image')
    expect(checkStructure(renamed.graph, ports)).toEqual([])
    const removed = apply(renamed, { type: 'node.remove', scope: ['stem'], ids: ['image'] })
    expect(edgeList(removed.graph).filter((edge) => edge.includes('→ stem'))).toEqual([])
  })

  test('the output of a block cannot be removed', () => {
    expect(refusal(grouped, { type: 'node.remove', scope: ['stem'], ids: ['out'] })?.code).toBe('block-form')
  })
})

describe('settings', () => {
  test('the given settings are replaced, the others are kept', () => {
    const after = apply(
      project,
      { type: 'training.set', settings: { epochs: 9, optimizer: { kind: 'sgd', momentum: 0.9 } } },
      { type: 'data.set', settings: { source: { kind: 'builtin', name: 'penguins' } } },
      { type: 'project.rename', name: 'Birds' },
      { type: 'project.setTask', task: 'regression' },
    )
    expect(after.training).toEqual({ ...project.training, epochs: 9, optimizer: { kind: 'sgd', momentum: 0.9 } })
    expect(after.data).toEqual({ ...project.data, source: { kind: 'builtin', name: 'penguins' } })
    expect([after.name, after.task]).toEqual(['Birds', 'regression'])
    expect(applyCommand(after, { type: 'training.set', settings: { epochs: 9 } })).toBe(after)
  })

  test('a setting of the wrong form is rejected with path, expected and received', () => {
    expect(refusal(project, { type: 'training.set', settings: { epochs: 0 } })).toMatchObject({
      code: 'project-format',
      place: { param: 'training.epochs' },
      expected: 'a number of at least 1',
      received: '0',
    })
  })
})

describe('batches', () => {
  const replacePool: Command = {
    type: 'batch',
    label: 'fix.replace-pool',
    commands: [
      { type: 'node.add', kind: 'dropout', position: [0, 0], on: { from: 'relu1', to: 'pool1', port: 'x' } },
      { type: 'node.remove', ids: ['pool1'], reconnect: true },
    ],
  }

  test('all commands are applied as one edit', () => {
    const after = apply(project, replacePool)
    expect(checkStructure(after.graph, ports)).toEqual([])
    expect(edgeList(after.graph)).toContain('dropout1 → flatten1.x')
  })

  test('one invalid command leaves everything unchanged', () => {
    const batch: Command = {
      ...replacePool,
      commands: [...replacePool.commands, { type: 'node.remove', ids: ['ghost'] }],
    }
    expect(refusal(project, batch)).toMatchObject({ code: 'node-missing', place: { node: 'ghost' } })
  })
})
